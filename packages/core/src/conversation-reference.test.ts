import type { ConversationReference } from './accounts.ts'
import type { Activity } from './activity.ts'
import {
  applyConversationReference,
  getContinuationActivity,
  getConversationReference,
  getMentions,
  getReplyConversationReference,
  removeMentionText,
  removeRecipientMention,
} from './conversation-reference.ts'

const incoming: Partial<Activity> = {
  type: 'message',
  id: 'a1',
  channelId: 'test',
  serviceUrl: 'https://connector.test/',
  locale: 'de-DE',
  from: { id: 'user', name: 'User' },
  recipient: { id: 'bot', name: 'Bot' },
  conversation: { id: 'c1', name: '', isGroup: false, conversationType: 'personal' },
}

const reference: ConversationReference = {
  activityId: 'a1',
  channelId: 'test',
  serviceUrl: 'https://connector.test/',
  locale: 'de-DE',
  user: { id: 'user', name: 'User' },
  bot: { id: 'bot', name: 'Bot' },
  conversation: { id: 'c1', name: '', isGroup: false, conversationType: 'personal' },
}

describe('getConversationReference', () => {
  test('names the activity, both accounts, the conversation and where it is', () => {
    expect(getConversationReference(incoming)).toStrictEqual(reference)
  })

  test('copies the accounts and the conversation', () => {
    const taken = getConversationReference(incoming)
    expect(taken.user).not.toBe(incoming.from)
    expect(taken.bot).not.toBe(incoming.recipient)
    expect(taken.conversation).not.toBe(incoming.conversation)
  })

  test('knows as undefined what the activity does not have, which JSON leaves out', () => {
    const taken = getConversationReference({ type: 'event', channelId: 'test' })
    expect(Object.keys(taken)).toEqual(Object.keys(getConversationReference(incoming)))
    expect(JSON.stringify(taken)).toBe('{"channelId":"test"}')
  })

  test.each([
    ['directline', 'conversationUpdate', undefined],
    ['webchat', 'conversationUpdate', undefined],
    ['msteams', 'conversationUpdate', 'a1'],
    ['directline', 'message', 'a1'],
  ])('on %s a reply to a %s answers activity %s', (channelId, type, activityId) => {
    expect(getConversationReference({ ...incoming, channelId, type }).activityId).toBe(activityId)
  })
})

describe('applyConversationReference', () => {
  test('makes the bot speak to the user, below the activity', () => {
    const reply: Partial<Activity> = { type: 'message', text: 'hello' }
    expect(applyConversationReference(reply, reference)).toBe(reply)
    expect(reply).toStrictEqual({
      type: 'message',
      text: 'hello',
      channelId: 'test',
      serviceUrl: 'https://connector.test/',
      locale: 'de-DE',
      conversation: reference.conversation,
      from: reference.bot,
      recipient: reference.user,
      replyToId: 'a1',
    })
  })

  test('makes the user speak to the bot when the activity is incoming', () => {
    const activity = applyConversationReference({ type: 'message' }, reference, true)
    expect(activity).toMatchObject({ id: 'a1', from: reference.user, recipient: reference.bot })
    expect(activity).not.toHaveProperty('replyToId')
  })

  test('replaces the address the activity had, but keeps its locale', () => {
    const activity = applyConversationReference(
      { channelId: 'other', serviceUrl: 'https://evil.test/', locale: 'fr-FR', replyToId: 'old' },
      reference,
    )
    expect(activity).toMatchObject({
      channelId: 'test',
      serviceUrl: 'https://connector.test/',
      locale: 'fr-FR',
      replyToId: 'a1',
    })
  })

  test('takes the address away when the reference has none', () => {
    const activity = applyConversationReference({ text: 'hi', channelId: 'other', locale: 'fr-FR' }, {})
    expect(JSON.stringify(activity)).toBe('{"text":"hi","locale":"fr-FR"}')
  })

  test('answers nothing when the reference names no activity', () => {
    const { activityId: _, ...unanswerable } = reference
    expect(applyConversationReference({ type: 'message' }, unanswerable)).not.toHaveProperty('replyToId')
  })
})

test('a reply reference names the reply, not the activity it answers', () => {
  expect(getReplyConversationReference(incoming, { id: 'r1' })).toStrictEqual({ ...reference, activityId: 'r1' })
})

test('a continuation is an event from the user with an id of its own, related to the reference', () => {
  const first = getContinuationActivity(reference)
  const second = getContinuationActivity(reference)
  expect(first).toMatchObject({
    type: 'event',
    name: 'ContinueConversation',
    from: reference.user,
    recipient: reference.bot,
    conversation: reference.conversation,
    relatesTo: reference,
  })
  expect(first.id).toMatch(/^[0-9a-f-]{36}$/)
  expect(second.id).not.toBe(first.id)
})

describe('mentions', () => {
  const mention = (id: string, text: string): { type: string; mentioned: { id: string }; text: string } => {
    return { type: 'mention', mentioned: { id }, text }
  }

  test('are found among the entities in any case of their type', () => {
    const entities = [{ type: 'clientInfo' }, mention('bot', '@Bot'), { ...mention('user', '@User'), type: 'Mention' }]
    expect(getMentions({ entities }).map(({ text }) => text)).toEqual(['@Bot', '@User'])
  })

  test.each([
    ['none', {}],
    ['null', { entities: null as never }],
    ['without a type', { entities: [{}] as never }],
  ])('are none when the entities are %s', (_, activity) => {
    expect(getMentions(activity)).toEqual([])
  })

  test.each([
    ['once', '<at>Bot</at> help', [mention('bot', '<at>Bot</at>')], 'help'],
    ['twice', '@Bot help @Bot', [mention('bot', '@Bot'), mention('bot', '@Bot')], 'help'],
    ['with a $ in the name', '@$& help', [mention('bot', '@$&')], 'help'],
    ['but not the text of others', '@Bot ask @User', [mention('bot', '@Bot'), mention('user', '@User')], 'ask @User'],
  ])('of the bot are removed from the text: %s', (_, text, entities, left) => {
    const activity: Partial<Activity> = { ...incoming, text, entities }
    expect(removeRecipientMention(activity)).toBe(left)
    expect(activity.text).toBe(left)
  })

  test('leave the text as it is when nobody is mentioned', () => {
    const activity: Partial<Activity> = { ...incoming, text: ' help ' }
    expect(removeMentionText(activity, 'bot')).toBe(' help ')
  })

  test.each([
    ['no text', { ...incoming, entities: [mention('bot', '@Bot')] }, ''],
    ['no recipient', { text: '@Bot help', entities: [mention('bot', '@Bot')] }, '@Bot help'],
    ['a mention of nobody', { ...incoming, text: 'help', entities: [{ type: 'mention' }] }, 'help'],
    [
      'a mention without text',
      { ...incoming, text: 'undefined', entities: [mention('bot', undefined as never)] },
      'undefined',
    ],
  ])('can be removed from an activity with %s', (_, activity: Partial<Activity>, left) => {
    expect(removeRecipientMention(activity)).toBe(left)
  })
})
