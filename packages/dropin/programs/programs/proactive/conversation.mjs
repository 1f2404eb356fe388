import { deepEqual, equal, match } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, urls }) {
  const notify = async (query = '') => (await fetch(new URL(`/api/notify${query}`, urls[0]))).json()
  deepEqual(await notify(), [])

  await channel.join()
  const first = channel.conversationId
  const [turn, ...others] = await notify()
  deepEqual(others, [])
  equal(turn.type, 'event')
  equal(turn.name, 'ContinueConversation')
  equal(turn.channelId, 'test')
  deepEqual(turn.conversation, { id: first })
  deepEqual(turn.from, channel.user)
  deepEqual(turn.recipient, channel.bot)

  const [welcome, hello] = channel.sent
  equal(welcome.replyToId, 'a-1')
  equal(hello.text, 'proactive hello')
  equal(hello.inputHint, 'acceptingInput')
  deepEqual(hello.from, channel.bot)
  deepEqual(hello.recipient, channel.user)
  // The turn is an event of its own, and what it sends replies to that.
  match(hello.replyToId, /^[\da-f]{8}-[\da-f-]{27}$/)
  equal(channel.calls.at(-1)?.path, `/v3/conversations/${first}/activities/${hello.replyToId}`)
  channel.replies()

  channel.conversationId = 'c-second'
  const [echo] = await channel.say('hi')
  equal(echo.text, "You sent 'hi'")
  await notify('?text=Lunch')
  deepEqual(
    channel.replies().map(({ text, conversation }) => [text, conversation.id]),
    [
      ['Lunch', first],
      ['Lunch', 'c-second'],
    ],
  )
}
