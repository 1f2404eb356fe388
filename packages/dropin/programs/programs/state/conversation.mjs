import { deepEqual, equal, match } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, urls }) {
  const memory = async () => (await fetch(new URL('/memory', urls[0]))).json()
  const texts = async (/** @type {any} */ what) => (await channel.say(what)).map(({ text }) => text)

  deepEqual(await texts('hi'), ['What is your name?'])
  deepEqual(await texts('Ada'), ['Thanks Ada.'])
  const [sent, at, from] = await texts({ type: 'message', text: 'one', timestamp: '2026-03-01T10:20:30.1234567Z' })
  equal(sent, 'Ada sent: one')
  equal(at, 'Message received at: 01/03/2026, 10:20:30')
  equal(from, 'Message received from: test')
  equal((await texts('two'))[0], 'Ada sent: one, two')

  const conversationKey = `test/conversations/${channel.conversationId}/`
  const stored = await memory()
  deepEqual(Object.keys(stored).sort(), [conversationKey, 'test/users/user1/'])
  deepEqual(stored['test/users/user1/'].userProfile, { name: 'Ada' })
  match(stored['test/users/user1/'].eTag, /^\d+$/)
  deepEqual(stored[conversationKey].conversationData.messages, ['one', 'two'])
  equal(stored[conversationKey].conversationData.promptedForUserName, false)

  const { conversationId } = channel
  channel.conversationId = 'c-other'
  equal((await texts('three'))[0], 'Ada sent: three')
  channel.conversationId = conversationId

  deepEqual(await texts('forget me'), ['Forgotten.'])
  deepEqual(await texts('hi again'), ['What is your name?'])
  deepEqual(await texts('Grace'), ['Thanks Grace.'])
  equal((await texts('four'))[0], 'Grace sent: one, two, four')
  deepEqual(await texts('restart'), ['A new beginning.'])
  equal((await texts('five'))[0], 'Grace sent: five')
}
