import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, urls }) {
  channel.conversationId = 'c'
  const text = async (/** @type {string} */ what) => (await channel.say(what)).map((reply) => reply.text).join()
  equal(await text('a'), 'turn 1, 10 points, notes undefined, registered true')
  equal(await text('note milk'), 'turn 2, 20 points, notes ["milk"], registered true')
  equal(await text('fail'), 'Failed: as asked')
  equal(await text('note eggs'), 'turn 3, 30 points, notes ["milk","eggs"], registered true')

  channel.user = { id: 'user2', name: 'Other' }
  equal(await text('b'), 'turn 4, 10 points, notes undefined, registered true')
  channel.user = { id: 'user1', name: 'User' }
  const stored = await (await fetch(new URL('/keys', urls[0]))).json()
  equal(stored['test/conversations/c/ns'].turns, 4)
  deepEqual(stored['test/users/user1/'].points, { total: 30 })
  deepEqual(stored['test/conversations/c/users/user1/'].notes, ['milk', 'eggs'])

  equal(await text('drop notes'), 'turn 5, 40 points, notes undefined, registered true')
}
