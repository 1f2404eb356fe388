import { deepEqual, equal } from 'node:assert/strict'

export const repairs = 'without an app id nothing proactive works'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, urls }) {
  equal((await channel.say('hi'))[0].text, 'Echo: hi')
  channel.answers.set('POST /v3/conversations', { id: 'c-private', activityId: 'p-1' })
  equal((await fetch(new URL('/api/notify', urls[0]))).status, 200)
  deepEqual(
    channel.replies().map(({ text, conversation }) => [text, conversation.id]),
    [
      ['News', channel.conversationId],
      ['Private news', 'c-private'],
    ],
  )
}
