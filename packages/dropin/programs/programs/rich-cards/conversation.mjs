import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  /** @param {string} name */
  const card = async (name) => {
    const [reply] = await channel.say(name)
    equal(reply.type, 'message')
    equal(reply.attachments.length, 1)
    const [{ contentType, content }] = reply.attachments
    return { contentType: contentType.replace(/^application\/vnd\.microsoft\./, ''), content }
  }

  deepEqual(await card('animation'), {
    contentType: 'card.animation',
    content: {
      title: 'A moving picture',
      subtitle: 'It moves',
      media: [{ url: 'https://example.com/moving.gif' }],
      buttons: [{ type: 'imBack', title: 'https://example.com/still.png', value: 'https://example.com/still.png' }],
    },
  })
  deepEqual(await card('audio'), {
    contentType: 'card.audio',
    content: {
      title: 'A sound',
      subtitle: 'Turn it up',
      text: 'Recorded outside.',
      media: [{ url: 'https://example.com/sound.mp3' }],
      buttons: [{ type: 'imBack', title: 'Louder', value: 'Louder' }],
    },
  })
  deepEqual(await card('hero'), {
    contentType: 'card.hero',
    content: {
      title: 'A hero',
      images: [{ url: 'https://example.com/hero.png' }],
      buttons: [{ type: 'openUrl', title: 'Get started', value: 'https://example.com/start' }],
    },
  })
  deepEqual(await card('signin'), {
    contentType: 'card.signin',
    content: {
      text: 'Who are you?',
      buttons: [{ type: 'signin', title: 'Sign in now', value: 'https://example.com/login' }],
    },
  })
  const oauth = await card('oauth')
  equal(oauth.contentType, 'card.oauth')
  equal(oauth.content.connectionName, 'a-connection')
  equal(oauth.content.text, 'Please sign in.')
  equal(oauth.content.buttons[0].type, 'signin')
  equal(oauth.content.buttons[0].title, 'Sign in')
  deepEqual(await card('o365'), {
    contentType: 'teams.card.o365connector',
    content: {
      title: 'Report',
      sections: [{ title: 'Numbers', facts: [{ name: 'sold', value: '3' }] }],
      potentialAction: [],
    },
  })
  const receipt = await card('receipt')
  equal(receipt.contentType, 'card.receipt')
  deepEqual(receipt.content.items[0].image, { url: 'https://example.com/traffic.png' })
  equal(receipt.content.items[0].quantity, 368)
  equal(receipt.content.total, '$90.95')
  const thumbnail = await card('thumbnail')
  equal(thumbnail.contentType, 'card.thumbnail')
  deepEqual(thumbnail.content.images, [{ url: 'https://example.com/small.png' }])
  deepEqual(
    thumbnail.content.buttons.map(({ value }) => value),
    ['One', 'Two'],
  )
  const video = await card('video')
  equal(video.contentType, 'card.video')
  equal(video.content.autostart, true)
  equal(video.content.image, undefined)

  const adaptive = await card('adaptive')
  equal(adaptive.contentType, 'card.adaptive')
  equal(adaptive.content.body[1].id, 'day')
  deepEqual(adaptive.content.actions[0].data, { action: 'book' })
  const [booked] = await channel.say({ type: 'message', value: { action: 'book', day: '2026-12-01' } })
  equal(booked.text, 'Booked for 2026-12-01.')

  const [all] = await channel.say('everything')
  equal(all.text, 'All of them')
  equal(all.attachmentLayout, 'list')
  equal(all.attachments.length, 10)
}
