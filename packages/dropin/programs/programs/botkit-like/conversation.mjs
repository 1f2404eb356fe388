import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  const texts = async (/** @type {any} */ what) => (await channel.say(what)).map(({ text }) => text)
  const [hello] = await channel.say('Hello bot')
  equal(hello.text, 'Hello, user1 (1)')
  equal(hello.replyToId, 'a-1')
  deepEqual(hello.channelData, { sentBy: 'framework' })
  equal(hello.inputHint, undefined)
  deepEqual(await texts('hello again'), ['Hello, user1 (2)'])
  deepEqual(await texts('what'), ['Did not understand what.'])
  deepEqual(await texts('info'), ['test at 127.0.0.1 {"isConnector":true,"hasTokenClient":true} true true'])
  deepEqual(await texts({ type: 'message', text: 'hm', conversation: { id: channel.conversationId, isGroup: true } }), [
    'In a group I only hear hello.',
  ])
  equal((await channel.join())[0].text, 'Update about 1')

  channel.answers.set('POST /v3/conversations', { id: 'c-private', activityId: 'p-1' })
  const [inPrivate] = await channel.say('private')
  equal(inPrivate.text, 'Hello in private.')
  equal(inPrivate.conversation.id, 'c-private')
}
