import { deepEqual } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, waitForOutput }) {
  const texts = async (/** @type {any} */ what) => (await channel.say(what)).map(({ text }) => text)
  deepEqual(await texts('hi'), ['echo: hi'])
  deepEqual(await texts({ type: 'messageReaction', replyToId: 'r-1', reactionsAdded: [{ type: 'like' }] }), [
    "You added 'like' regarding 'echo: hi'",
  ])
  await waitForOutput(/any reaction/)
  deepEqual(
    await texts({
      type: 'messageReaction',
      replyToId: 'r-1',
      reactionsAdded: [{ type: 'heart' }, { type: 'laugh' }],
      reactionsRemoved: [{ type: 'like' }],
    }),
    [
      "You added 'heart' regarding 'echo: hi'",
      "You added 'laugh' regarding 'echo: hi'",
      "You removed 'like' regarding 'echo: hi'",
    ],
  )
  deepEqual(await texts({ type: 'messageReaction', replyToId: 'r-9', reactionsRemoved: [{ type: 'like' }] }), [
    'Activity r-9 not found in the log.',
  ])
}
