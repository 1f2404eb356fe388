import { deepEqual, equal } from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

export const repairs = 'a message sent after the turn ends the process'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  const texts = (/** @type {any[]} */ replies) => replies.map(({ text }) => text)
  deepEqual(texts(await channel.say('timer')), ['Set: timer'])
  const [late] = await channel.waitForReplies(1)
  equal(late.text, 'The time is up.')
  equal(late.conversation.id, channel.conversationId)
  equal(late.recipient.id, 'user1')

  deepEqual(texts(await channel.say('request')), ['Set: request'])
  deepEqual(texts(await channel.waitForReplies(1)), ['An answer.'])

  await channel.say('edit')
  for (let waited = 0; waited < 3000 && !channel.calls.some(({ method }) => method === 'PUT'); waited += 20)
    await sleep(20)
  equal(channel.calls.find(({ method }) => method === 'PUT')?.body.text, 'now')
  deepEqual(texts(await channel.say('still there?')), ['Set: still there?'])
}
