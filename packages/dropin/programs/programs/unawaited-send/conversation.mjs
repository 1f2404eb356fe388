import { deepEqual } from 'node:assert/strict'

export const repairs = 'what is not awaited fails with the turn, and ends the process'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  const texts = async (/** @type {number} */ count) => (await channel.waitForReplies(count)).map(({ text }) => text)
  await channel.post({ type: 'message', text: 'go' })
  deepEqual((await texts(3)).sort(), ['one', 'three', 'two'])
  await channel.post({ type: 'conversationUpdate', membersAdded: [channel.user] })
  deepEqual(await texts(2), ['Hello, User', 'How can I help?'])
  await channel.post({ type: 'message', text: 'fail' })
  deepEqual(await texts(1), ['before the end'])
  await channel.post({ type: 'message', text: 'go on' })
  deepEqual((await texts(3)).sort(), ['one', 'three', 'two'])
}
