import * as fc from 'fast-check'
import type { Arbitrary } from 'fast-check'

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

const text: Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', ' ', '__proto__', '<at>Bot</at>', '\ud800', '\u0000', '(a+)+$', '../..'),
  },
)

/** Names of members; `__proto__` is refused wherever it is, so it comes with the mutations alone. */
const memberName = fc.oneof(
  { weight: 10, arbitrary: fc.string({ maxLength: 12 }) },
  { weight: 1, arbitrary: fc.constantFrom('constructor', 'prototype', 'toString', 'toJSON', 'then', 'id', 'type') },
)

const { json }: { json: Arbitrary<Json> } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(memberName, tie('json'), { maxKeys: 3 }),
  ),
}))

/** Mostly of that kind, sometimes of another. */
const mostly = (arbitrary: Arbitrary<unknown>): Arbitrary<unknown> =>
  fc.oneof({ weight: 300, arbitrary }, { weight: 1, arbitrary: json })

const record = (fields: Record<string, Arbitrary<unknown>>): Arbitrary<unknown> =>
  mostly(fc.record(fields, { requiredKeys: [] }))
const list = (item: Arbitrary<unknown>): Arbitrary<unknown> => mostly(fc.array(item, { maxLength: 3 }))

const id = fc.oneof(fc.uuid(), text)
const account = record({ id: text, name: text, aadObjectId: text, role: text, properties: json })
const action = record({ type: text, title: text, value: json, image: text, text, displayText: text })
const attachment = record({ contentType: text, contentUrl: text, content: json, name: text, thumbnailUrl: text })
const entity = record({ type: fc.oneof(fc.constant('mention'), text), mentioned: account, text, locale: text })
const reaction = record({ type: text })

const TYPES = [
  'message',
  'message',
  'message',
  'conversationUpdate',
  'event',
  'invoke',
  'typing',
  'endOfConversation',
  'messageReaction',
  'messageUpdate',
  'messageDelete',
  'installationUpdate',
  'contactRelationUpdate',
  'trace',
  'handoff',
  'command',
  'commandResult',
  'suggestion',
  'deleteUserData',
  'x-unknown',
] as const

const date = fc.oneof(
  {
    weight: 200,
    arbitrary: fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })
      .map((at) => at.toISOString()),
  },
  { weight: 1, arbitrary: text },
)

/** Activities over the whole schema: mostly well-formed, with strange contents, and unknown fields among the known. */
export function activityArbitrary(serviceUrl: string): Arbitrary<object> {
  const required = {
    type: mostly(fc.constantFrom(...TYPES)),
    id: mostly(id),
    channelId: mostly(fc.constant('msteams')),
    serviceUrl: mostly(fc.constant(serviceUrl)),
    conversation: mostly(fc.record({ id })),
    from: account,
  }
  const optional = {
    timestamp: date,
    localTimestamp: date,
    recipient: account,
    text,
    textFormat: text,
    locale: text,
    speak: text,
    inputHint: text,
    summary: text,
    replyToId: text,
    name: text,
    label: text,
    valueType: text,
    value: json,
    channelData: json,
    code: text,
    importance: text,
    topicName: text,
    historyDisclosed: fc.boolean(),
    deliveryMode: fc.constantFrom('normal', 'expectReplies', 'notification'),
    attachmentLayout: text,
    attachments: list(attachment),
    entities: list(entity),
    suggestedActions: record({ to: list(text), actions: list(action) }),
    membersAdded: list(account),
    membersRemoved: list(account),
    reactionsAdded: list(reaction),
    reactionsRemoved: list(reaction),
    action: text,
    listenFor: list(text),
    textHighlights: list(record({ text, occurrence: fc.integer() })),
    semanticAction: record({ id: text, state: text, entities: record({ x: json }) }),
    relatesTo: record({ bot: json, user: account, conversation: json }),
    callerId: json,
    expiration: date,
  }
  const usual = fc.tuple(fc.record(required), fc.record(optional, { requiredKeys: [] }))
  const unknown = fc.dictionary(memberName, json, { maxKeys: 2 })
  return fc.tuple(unknown, usual).map(([strange, [must, may]]) => ({ ...strange, ...must, ...may }))
}
