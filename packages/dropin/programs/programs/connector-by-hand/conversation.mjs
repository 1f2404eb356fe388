import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  const base = `/v3/conversations/${channel.conversationId}`
  channel.answers.set(`GET ${base}/members`, [channel.user, channel.bot])
  channel.statuses.set(`GET ${base}/members/nobody`, 404)
  channel.answers.set(`GET ${base}/members/nobody`, { error: { code: 'NotFound', message: 'Who?' } })
  const { status } = await channel.post({ type: 'message', text: 'hi' })
  equal(status, 200)
  const replies = await channel.waitForReplies(4)
  deepEqual(
    replies.map(({ text }) => text),
    [
      'auth true, skill false, handler function, a long..., {"a":1}, hi, msteams bot',
      '2 members, 200',
      'reply with 0',
      '404 NotFound: Who?',
    ],
  )
  deepEqual(channel.calls.map(({ method, path }) => `${method} ${path.replace(base, '')}`).slice(0, 6), [
    'POST /activities/a-1',
    'PUT /activities/r-1',
    'GET /members',
    'POST /activities',
    'POST /activities/a-1',
    'GET /members/nobody',
  ])
  deepEqual(replies[0].from, channel.bot)
}
