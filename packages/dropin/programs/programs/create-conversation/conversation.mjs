import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, output }) {
  channel.channelId = 'msteams'
  channel.answers.set('POST /v3/conversations', { id: 'c-thread', activityId: 'x-1' })
  await channel.post({
    type: 'message',
    text: 'thread',
    channelData: { channel: { id: '19:abc@thread.tacv2' }, team: { id: '19:team' } },
  })
  const [created] = channel.callsTo('POST', '/v3/conversations')
  equal(created?.body.isGroup, true)
  deepEqual(created?.body.channelData, { channel: { id: '19:abc@thread.tacv2' } })
  equal(created?.body.activity.text, 'This will start a new thread in a channel')
  equal(created?.body.activity.inputHint, 'acceptingInput')
  const [response] = channel.replies()
  equal(response.text, 'This will be the first response to the new thread')
  deepEqual(response.conversation, { id: 'c-thread', isGroup: true })
  equal(output(), '')

  channel.answers.set('POST /v3/conversations', { id: 'c-private', activityId: 'x-2' })
  const replies = await channel.say({
    type: 'message',
    text: 'private',
    conversation: { id: channel.conversationId, tenantId: 't-1', isGroup: true },
  })
  const [, private_] = channel.callsTo('POST', '/v3/conversations')
  deepEqual(private_?.body.members, [channel.user])
  deepEqual(private_?.body.bot, channel.bot)
  equal(private_?.body.tenantId, 't-1')
  deepEqual(
    replies.map(({ text, conversation }) => [text, conversation.id]),
    [
      ['Just between us, User: event CreateConversation', 'c-private'],
      ['Still here, c-private', 'c-private'],
      ['I wrote to you.', channel.conversationId],
    ],
  )
  deepEqual(replies[0].from, channel.bot)
}
