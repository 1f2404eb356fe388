import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  const texts = async (/** @type {any} */ what) => (await channel.say(what)).map(({ text }) => text)
  deepEqual(await texts('one'), ['1: one'])
  deepEqual(await texts('two'), ['2: two'])
  const fetched = await channel.invoke('task/fetch', { data: { verb: 'form' } })
  deepEqual(fetched, { status: 200, body: { task: { type: 'message', value: 'count is 2' } } })
  deepEqual(await texts('/reset'), ['Reset.'])
  deepEqual(await texts('three'), ['1: three'])
  const [card, sent] = await channel.say('/later')
  equal(card.attachments[0].content.title, 'Later')
  equal(card.conversation.id, channel.conversationId)
  equal(sent.text, `Sent as r-${channel.calls.length - 1}`)
  equal((await channel.invoke('task/fetch', { data: { verb: 'other' } })).status, 501)
}
