import { deepEqual, equal } from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

export const repairs = 'messages that come at once overwrite the state of one another'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  const posts = []
  for (const text of ['1', '2', '3', '4', '5']) {
    posts.push(channel.post({ type: 'message', text }))
    // Far less than a turn takes, and enough that they arrive in this order.
    await sleep(15)
  }
  for (const { status } of await Promise.all(posts)) equal(status, 200)
  deepEqual(
    channel.replies().map(({ text }) => text),
    ['1', '1 2', '1 2 3', '1 2 3 4', '1 2 3 4 5'],
  )
}
