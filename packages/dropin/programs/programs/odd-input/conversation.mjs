import { deepEqual, equal, ok } from 'node:assert/strict'

export const repairs = 'fields the schema does not know are lost on the wire'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, urls }) {
  channel.answers.set(`GET /v3/conversations/${channel.conversationId}/members`, [
    { id: 'user1', name: 'User', givenName: 'Ursula', extra: 1 },
  ])
  const entities = [{ type: 'https://example.com/order', number: 7, lines: [{ what: 'tea' }] }]
  const channelData = { deep: { er: [1, { x: null }] } }
  const [reply, members] = await channel.say({ type: 'message', text: 'x', entities, channelData, voice: { pitch: 2 } })
  equal(reply.text, 'heard x')
  deepEqual(reply.entities, entities)
  deepEqual(reply.channelData, channelData)
  deepEqual(reply.voice, { pitch: 2 })
  equal(members.text, 'User Ursula')

  // None of these is an activity; the bot says so, and goes on.
  for (const body of ['{}', '{"text":"no type"}', '[]', '{"type":7}', '{"type":"message"}']) {
    const headers = { 'content-type': 'application/json' }
    const { status } = await fetch(urls[0] ?? '', { method: 'POST', headers, body })
    ok(status >= 400, `${body} is answered ${status}`)
  }
  equal((await channel.say('still there'))[0].text, 'heard still there')
}
