import { deepEqual, equal, ok } from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, output, waitForOutput }) {
  await waitForOutput(/Delay must be greater than or equal to zero/)
  const types = async (/** @type {any} */ what) => (await channel.say(what)).map(({ type }) => type)
  deepEqual(await types('quick'), ['message'])

  const slow = await channel.say('slow')
  equal(slow.at(-1).text, 'Here it is.')
  const typing = slow.slice(0, -1)
  ok(typing.length >= 2, `${typing.length} typing activities`)
  for (const activity of typing) {
    equal(activity.type, 'typing')
    deepEqual(activity.recipient, channel.user)
    deepEqual(activity.from, channel.bot)
    deepEqual(activity.conversation, { id: channel.conversationId })
    equal(activity.replyToId, 'a-2')
  }
  await waitForOutput(/responded before: false/)
  // Past the turn nothing is typed, and none of it went through the hooks.
  await sleep(250)
  deepEqual(channel.replies(), [])
  equal(output().includes('hook: typing\n'), false)

  deepEqual(await types({ type: 'event', name: 'slow' }), [])
  deepEqual(await types('by hand'), ['typing', 'message'])
}
