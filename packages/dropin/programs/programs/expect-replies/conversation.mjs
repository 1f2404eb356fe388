import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  const deliveryMode = 'expectReplies'
  const { status, body } = await channel.post({ type: 'message', text: 'me', deliveryMode })
  equal(status, 200)
  deepEqual(
    body.activities.map((/** @type {any} */ { type, text }) => [type, text]),
    [
      ['message', 'one for me'],
      ['typing', undefined],
      ['message', 'two'],
      ['message', 'first id: undefined, responded: true'],
    ],
  )
  const [first] = body.activities
  equal(first.replyToId, 'a-1')
  equal(first.inputHint, 'acceptingInput')
  deepEqual(first.recipient, channel.user)
  deepEqual(first.conversation, { id: channel.conversationId })
  deepEqual(channel.calls, [])

  const failed = await channel.post({ type: 'message', text: 'fail', deliveryMode })
  equal(failed.status, 200)
  equal(failed.body.activities.at(-1).text, 'Error: after some replies')

  const switched = await channel.post({ type: 'message', text: 'switch' })
  equal(switched.body.activities.length, 4)
  deepEqual(channel.calls, [])

  const invoked = await channel.post({ type: 'invoke', name: 'x', deliveryMode })
  equal(invoked.status, 200)
  equal(invoked.body.activities[0].text, 'on the side')

  const normal = await channel.say({ type: 'message', text: 'us', deliveryMode: 'normal' })
  equal(normal[0].text, 'one for us')
  equal(normal.length, 4)
}
