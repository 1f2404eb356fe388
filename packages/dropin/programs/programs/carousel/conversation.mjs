import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  const [factory] = await channel.say('factory')
  equal(factory.text, 'Choose:')
  equal(factory.speak, 'Please choose')
  equal(factory.inputHint, 'expectingInput')
  equal(factory.attachmentLayout, 'carousel')
  deepEqual(
    factory.attachments.map(({ content }) => content.title),
    ['rose', 'lily', 'tulip'],
  )

  const [byHand] = await channel.say('by hand')
  equal(byHand.text, undefined)
  equal(byHand.attachmentLayout, 'carousel')
  deepEqual(byHand.attachments, factory.attachments)

  const [one] = await channel.say('one')
  equal(one.text, 'Just one')
  equal(one.inputHint, 'acceptingInput')
  equal(one.attachmentLayout, 'list')
  deepEqual(one.attachments[0].content.images, [{ url: 'https://example.com/daisy.jpg' }])

  const [picture] = await channel.say('picture')
  deepEqual(picture.attachments, [
    { contentType: 'image/jpeg', contentUrl: 'https://example.com/rose.jpg', name: 'Rose' },
  ])
  equal(picture.text, 'A rose')

  const [picked] = await channel.say(factory.attachments[1].content.buttons[0].value)
  equal(picked.text, 'You picked the lily.')
  deepEqual(await channel.say('nonsense'), [])
}
