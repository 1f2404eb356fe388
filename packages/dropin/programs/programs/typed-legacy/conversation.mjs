import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, urls, waitForOutput }) {
  const texts = async (/** @type {any} */ what) => (await channel.say(what)).map(({ text }) => text)
  equal(await (await fetch(new URL('/self-test', urls[0]))).json(), 'all passed')
  const [one] = await channel.say('a')
  equal(one.text, 'a in turn 1')
  equal(one.label, 'own')
  deepEqual(await texts('b'), ['a,b in turn 2'])
  deepEqual(await texts('history'), ['a / a in turn 1 / b / a,b in turn 2'])

  channel.answers.set('POST /skill', { said: 'yes' })
  deepEqual(await texts('skill'), ['200 yes'])
  const [asked] = channel.callsTo('POST', '/skill')
  equal(asked?.body.serviceUrl, `${channel.url}callback`)
  equal(asked?.body.recipient.role, 'skill')
  equal(asked?.body.relatesTo.conversation.id, channel.conversationId)
  equal(asked?.headers['x-ms-conversation-id'], asked?.body.conversation.id)

  const headers = { 'content-type': 'application/json' }
  const malformed = await fetch(urls[0] ?? '', { method: 'POST', headers, body: 'no json' })
  equal(malformed.status, 400)
  await waitForOutput(/BotFrameworkAdapter\.processActivity\(\): 400 ERROR/)
}
