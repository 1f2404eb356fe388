import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  channel.channelId = 'msteams'
  const link = await channel.invoke('composeExtension/queryLink', { url: 'https://example.com/page?x=1' })
  equal(link.status, 200)
  const [card] = link.body.composeExtension.attachments
  equal(card.contentType, 'application/vnd.microsoft.card.thumbnail')
  equal(card.content.text, 'https://example.com/page?x=1')
  deepEqual(card.content.images, [{ url: 'https://example.com/logo.png' }])

  const anonymous = await channel.invoke('composeExtension/anonymousQueryLink', { url: 'https://example.com/page' })
  deepEqual(anonymous.body, {
    composeExtension: { type: 'message', text: 'Install the app to see example.com.' },
    cacheInfo: { cacheType: 'no-cache' },
  })

  const action = await channel.invoke('actionableMessage/executeAction', { actionId: 'a1', body: '{"x":1}' })
  equal(action.status, 200)
  equal(channel.replies()[0].text, 'action a1: {"x":1}')

  // A card's button, as Teams sends it: an invoke without a name.
  deepEqual(await channel.post({ type: 'invoke', value: { pressed: true } }), {
    status: 201,
    body: { got: { pressed: true } },
  })
}
