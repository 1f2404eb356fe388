import { deepEqual, equal, match } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, urls, waitForOutput }) {
  const replies = await channel.say('hello')
  deepEqual(
    replies.map(({ type, text, speak, inputHint }) => [type, text, speak, inputHint]),
    [
      ['typing', undefined, undefined, undefined],
      ['message', "You said 'hello'", undefined, 'acceptingInput'],
      ['message', 'Anything else?', 'Anything *else*?', 'expectingInput'],
    ],
  )
  for (const reply of replies) {
    equal(reply.replyToId, 'a-1')
    equal(reply.channelId, 'test')
    equal(reply.locale, 'en-US')
    deepEqual(reply.from, channel.bot)
    deepEqual(reply.conversation, { id: channel.conversationId })
  }
  deepEqual(
    channel.calls.map(({ method, path }) => `${method} ${path}`),
    Array(3).fill(`POST /v3/conversations/${channel.conversationId}/activities/a-1`),
  )
  match(channel.calls[0]?.headers['content-type'] ?? '', /^application\/json/)
  deepEqual(await channel.say({ type: 'event', name: 'silence' }), [])
  await waitForOutput(/turn of message done, responded: true/)
  await waitForOutput(/turn of event done, responded: false/)

  const page = await fetch(new URL('/', urls[0]))
  equal(await page.text(), 'The bot is up.')
  const empty = await fetch(urls[0], { method: 'POST' })
  equal(empty.status, 400)
}
