import { deepEqual, equal } from 'node:assert/strict'
import { startConversation } from '../direct-line.mjs'

const appId = 'order-of-old'
/** @type {import('@parley/service').Service} */
let service

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function environment({ urls, startService }) {
  service = await startService({ port: 0, bots: [{ appId, secret: 's3cret', endpoint: urls[0] ?? '', name: 'Shop' }] })
  return { MICROSOFT_APP_ID: appId, MICROSOFT_APP_PASSWORD: 's3cret', ChannelService: service.url }
}

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play(stage) {
  const user = await startConversation(service, { id: 'dl_bob', name: 'Bob' })
  const talk = async (/** @type {string} */ text, count = 1) => {
    await user.say(text)
    return user.hears(count)
  }
  const [welcome, question] = await talk('hi', 2)
  equal(welcome.text, 'Welcome to the shop.')
  equal(welcome.inputHint, 'ignoringInput')
  equal(question.inputHint, 'expectingInput')
  deepEqual(question.attachments, [
    {
      contentType: 'application/vnd.microsoft.card.hero',
      content: {
        buttons: [
          { type: 'imBack', title: 'Pizza', value: 'Pizza' },
          { type: 'imBack', title: 'Pasta', value: 'Pasta' },
        ],
      },
    },
  ])
  equal((await talk('the pasta please'))[0].text, 'How many?')
  // In the middle of a dialog, and of a process.
  await stage.killAndStart()
  equal(
    (await talk('12'))[0].text,
    'The number you entered was above the maximum allowed value of 9. Please enter a valid number.',
  )
  equal((await talk('help', 2))[0].text, 'Just answer the question.')
  equal((await talk('two'))[0].text, 'Shall I order?')
  const [done] = await talk('yes')
  const { title, buttons } = done.attachments[0].content
  equal(title, '2 × Pasta')
  equal((await talk(buttons[0].value))[0].text, 'Order 42 is on its way.')

  await talk('hi', 2)
  const [canceled, end] = await talk('cancel', 2)
  equal(canceled.text, 'Canceled.')
  equal(end.type, 'endOfConversation')

  const authorization = `Bearer ${service.identity.mintChannelToken(appId)}`
  const { serviceUrl } = service
  const invoke = { type: 'invoke', name: 'x', value: 1, serviceUrl, channelId: 'directline' }
  deepEqual(await stage.channel.post(invoke, { authorization }), { status: 200, body: { asked: 1 } })
}
