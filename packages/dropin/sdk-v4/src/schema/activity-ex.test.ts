import { ActivityTypes } from '@parley/core'
import type { Activity, ConversationReference } from '@parley/core'
import { ActivityEx } from './activity-ex.ts'

const source = {
  type: 'message',
  id: 'activity-1',
  channelId: 'test',
  serviceUrl: 'https://channel.test/',
  from: { id: 'user', name: 'User', role: 'user', aadObjectId: 'object' },
  recipient: { id: 'bot', name: 'Bot' },
  conversation: { id: 'conversation', name: 'Talk', isGroup: true, conversationType: 'x', tenantId: 'tenant' },
  locale: 'it-IT',
  text: 'hi',
} as Activity

test.each([
  ['createMessageActivity', 'message'],
  ['createContactRelationUpdateActivity', 'contactRelationUpdate'],
  ['createConversationUpdateActivity', 'conversationUpdate'],
  ['createTypingActivity', 'typing'],
  ['createHandoffActivity', 'handoff'],
  ['createEndOfConversationActivity', 'endOfConversation'],
  ['createEventActivity', 'event'],
  ['createInvokeActivity', 'invoke'],
] as const)('%s makes an activity with nothing but the type %s', (name, type) => {
  expect(ActivityEx[name]()).toEqual({ type })
})

test.each([
  [['n'], { valueType: 'undefined' }],
  [['n', undefined, { a: 1 }], { valueType: 'object', value: { a: 1 } }],
  [['n', '', 'text'], { valueType: 'string', value: 'text' }],
  [['n', 'v', 1, 'l'], { valueType: 'v', value: 1, label: 'l' }],
])('createTraceActivity(...%j) names the type of the value unless told', (args, expected) => {
  const trace = ActivityEx.createTraceActivity(...(args as [string]))
  expect(trace).toEqual({ type: 'trace', name: 'n', ...expected })
})

test('a reply goes back, with ids and names only', () => {
  const { timestamp, ...reply } = ActivityEx.createReply(source)
  expect(timestamp).toBeInstanceOf(Date)
  expect(reply).toEqual({
    type: 'message',
    from: { id: 'bot', name: 'Bot' },
    recipient: { id: 'user', name: 'User' },
    replyToId: 'activity-1',
    serviceUrl: 'https://channel.test/',
    channelId: 'test',
    conversation: { id: 'conversation', name: 'Talk', isGroup: true },
    text: '',
    locale: 'it-IT',
  })
  expect(ActivityEx.createReply(source, 'ciao', 'fr')).toMatchObject({ text: 'ciao', locale: 'fr' })
})

test('a reply keeps what v4 keeps of the activity', () => {
  const kept = {
    label: 'l',
    callerId: 'caller',
    valueType: 'v',
    localTimezone: 'Europe/Rome',
    listenFor: ['a'],
    semanticAction: { id: 's', state: 'start', entities: {} },
  }
  const given = { ...source, ...kept, name: 'n', value: 1, entities: [], channelData: {} } as Activity
  expect(ActivityEx.createReply(given)).toMatchObject(kept)
  expect(Object.keys(ActivityEx.createReply(given))).toEqual(Object.keys(ActivityEx.createReply(source)))
})

test.each([
  ['conversationUpdate', 'directline', undefined],
  ['conversationUpdate', 'webchat', undefined],
  ['conversationUpdate', 'msteams', 'activity-1'],
  ['message', 'directline', 'activity-1'],
])('what answers a %s on %s has replyToId %s', (type, channelId, replyToId) => {
  const activity = { ...source, type, channelId }
  expect(ActivityEx.createReply(activity).replyToId).toBe(replyToId)
  expect(ActivityEx.createTrace(activity, 'n').replyToId).toBe(replyToId)
  expect(ActivityEx.getConversationReference(activity).activityId).toBe(replyToId)
})

test('a reply to an activity without accounts and conversation is made all the same', () => {
  const nobody = { id: null, name: null }
  const reply = ActivityEx.createReply({ type: 'message' } as Activity)
  expect(reply).toMatchObject({ type: 'message', text: '', from: nobody, recipient: nobody })
})

test('a trace goes back in the same conversation', () => {
  const trace = ActivityEx.createTrace(source, 'n', { a: 1 }, 'v', 'l')
  expect(trace).toMatchObject({ type: 'trace', name: 'n', value: { a: 1 }, valueType: 'v', label: 'l' })
  expect(trace).toMatchObject({ from: { id: 'bot', name: 'Bot' }, recipient: { id: 'user', name: 'User' } })
  expect(trace.conversation).toBe(source.conversation)
})

test.each([
  ['asMessageActivity', 'message'],
  ['asContactRelationUpdateActivity', 'contactRelationUpdate'],
  ['asInstallationUpdateActivity', 'installationUpdate'],
  ['asConversationUpdateActivity', 'conversationUpdate'],
  ['asTypingActivity', 'typing'],
  ['asEndOfConversationActivity', 'endOfConversation'],
  ['asEventActivity', 'event'],
  ['asInvokeActivity', 'invoke'],
  ['asMessageUpdateActivity', 'messageUpdate'],
  ['asMessageDeleteActivity', 'messageDelete'],
  ['asMessageReactionActivity', 'messageReaction'],
  ['asSuggestionActivity', 'suggestion'],
  ['asTraceActivity', 'trace'],
  ['asHandoffActivity', 'handoff'],
  ['asCommandActivity', 'command'],
  ['asCommandResultActivity', 'commandResult'],
] as const)('%s gives the activity itself when its type is %s, else null', (name, type) => {
  const matching = Object.values(ActivityTypes).filter((each) => {
    const activity: Partial<Activity> = { type: each }
    const result: unknown = ActivityEx[name](activity)
    expect([activity, null]).toContain(result)
    return result === activity
  })
  expect(matching).toEqual([type])
})

test.each([
  ['message', true],
  ['Message', true],
  ['message/x', true],
  ['messages', false],
  ['messag', false],
  ['zzzzzzz/x', false],
  ['', false],
  [undefined, false],
  [5, false],
])('the type %j is a message: %s', (type, expected) => {
  expect(ActivityEx.isActivity({ type } as Partial<Activity>, 'message')).toBe(expected)
})

test.each([
  [{}, false],
  [{ text: ' ' }, false],
  [{ text: 'a' }, true],
  [{ summary: ' ' }, false],
  [{ summary: 'a' }, true],
  [{ attachments: [] }, false],
  [{ attachments: [{ contentType: 'x' }] }, true],
  [{ channelData: null }, true],
  [{ channelData: undefined }, false],
  [{ value: 1 }, false],
])('%j has content: %s', (activity, expected) => {
  expect(ActivityEx.hasContent(activity)).toBe(expected)
})

test('mentions are found whatever the case of their type, and none is no fault', () => {
  const [upper, lower] = [{ type: 'Mention' }, { type: 'mention' }]
  expect(ActivityEx.getMentions({ entities: [upper, { type: 'other' }, lower] })).toEqual([upper, lower])
  expect(ActivityEx.getMentions({})).toEqual([])
})

test('a conversation reference holds the accounts and the conversation, not copies', () => {
  const reference = ActivityEx.getConversationReference(source)
  expect(reference.user).toBe(source.from)
  expect(reference.bot).toBe(source.recipient)
  expect(reference.conversation).toBe(source.conversation)
  expect(Object.keys(reference).sort()).toEqual([
    'activityId',
    'bot',
    'channelId',
    'conversation',
    'locale',
    'serviceUrl',
    'user',
  ])
})

test('a continuation is an event with a fresh id about the reference', () => {
  const reference: ConversationReference = ActivityEx.getConversationReference(source)
  const [first, second] = [1, 2].map(() => ActivityEx.getContinuationActivity(reference))
  expect(first).toMatchObject({
    type: 'event',
    name: 'ContinueConversation',
    channelId: 'test',
    locale: 'it-IT',
    serviceUrl: 'https://channel.test/',
    conversation: source.conversation,
    recipient: source.recipient,
    from: source.from,
  })
  expect(first?.relatesTo).toBe(reference)
  expect(first?.id).toMatch(/^[0-9a-f-]{36}$/)
  expect(second?.id).not.toBe(first?.id)
})

test.each([
  ['https://x', false],
  ['HTTP://x', false],
  ['urn:botframework:websocket:x', true],
  ['wss://x', true],
  [undefined, false],
])('an activity from %s came over a streaming connection: %s', (serviceUrl, expected) => {
  expect(ActivityEx.isFromStreamingConnection({ serviceUrl } as Partial<Activity>)).toBe(expected)
})

test('a replaced function is the one that the others call', () => {
  const original = ActivityEx.isActivity
  try {
    ActivityEx.isActivity = () => true
    expect(ActivityEx.asEventActivity(source)).toBe(source)
  } finally {
    ActivityEx.isActivity = original
  }
})
