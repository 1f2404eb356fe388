import { ACTIVITY_RULES } from './activity-rules.ts'
import { CALL_RULES } from './call-rules.ts'
import type { BotCall } from './call-rules.ts'
import { CARD_RULES } from './card-rules.ts'
import { lint } from './lint-rule.ts'
import type { Json } from './lint-rule.ts'
import { POST_RULES } from './post-rules.ts'
import type { BotAnswer } from './post-rules.ts'

/** Where in an activity a rule finds something: paths by rule. */
function found(activity: Json): string[] {
  return lint([...ACTIVITY_RULES, ...CARD_RULES], activity).map(({ rule, path }) => `${rule} ${path}`)
}

const message = (fields: Json): Json => ({ type: 'message', ...fields })
const hero = (content: Json): Json =>
  message({ attachments: [{ contentType: 'application/vnd.microsoft.card.hero', content }] })
const button = (fields: Json): Json => hero({ buttons: [{ type: 'imBack', title: 'a', value: 'a', ...fields }] })

const CARD = '/attachments/0/content'

test.each<[finding: string, odd: Json, right: Json]>([
  ['A3011 /textFormat', message({ textFormat: 'plain' }), message({ textFormat: 'markdown' })],
  ['A6103 /recipient', { type: 'suggestion' }, { type: 'suggestion', recipient: { id: 'a' } }],
  [
    'A9246 /entities',
    { type: 'typing', entities: [{ type: 'streaminfo' }, { type: 'streaminfo' }] },
    { type: 'typing', entities: [{ type: 'streaminfo' }, { type: 'mention' }] },
  ],
  ['P3001 /type', { type: 'messages' }, { type: 'message' }],
  ['P3002 /type', { type: 'invokeResponse' }, { type: 'invoke' }],
  ['P3003 /name', { type: 'event' }, { type: 'event', name: 'a' }],
  ['P3004 /code', { type: 'endOfConversation' }, { type: 'endOfConversation', code: 'completedSuccessfully' }],
  ['P3005 /expiration', message({ expiration: 'tomorrow' }), message({ expiration: '2020-01-01T00:00:00.1234567Z' })],
  ['P3006 /inputHint', message({ inputHint: 'accepting' }), message({ inputHint: 'acceptingInput' })],
  ['P3007 /deliveryMode', message({ deliveryMode: 'notification' }), message({ deliveryMode: 'normal' })],
  [
    'P3008 /suggestedActions',
    message({ suggestedActions: { actions: [{ type: 'imBack', title: 'a', value: 'a' }] } }),
    message({ suggestedActions: { to: [], actions: [{ type: 'imBack', title: 'a', value: 'a' }] } }),
  ],
  ['P3009 /speak', message({ speak: 'a < b' }), message({ speak: 'a & b' })],
  ['P3009 /speak', message({ speak: '<speak>a & b</speak>' }), message({ speak: '<speak>a &amp; b</speak>' })],
  ['P4001 /attachments/0/contentType', message({ attachments: [{ content: {} }] }), hero({})],
  [
    'P4002 /attachments/0/contentUrl',
    message({ attachments: [{ contentType: 'image/png', contentUrl: 'http://example.com/a.png' }] }),
    message({ attachments: [{ contentType: 'image/png', contentUrl: 'http://localhost:3978/a.png' }] }),
  ],
  [
    `P4002 ${CARD}/images/0`,
    hero({ images: [{ url: 'http://example.com/a.png' }] }),
    hero({ images: [{ url: 'https://example.com/a.png' }] }),
  ],
  [
    'P4003 /attachments/0/contentType',
    message({ attachments: [{ contentType: 'application/vnd.microsoft.card.flex' }] }),
    message({ attachments: [{ contentType: 'application/vnd.microsoft.card.hero' }] }),
  ],
  [`P4004 ${CARD}/buttons/0`, button({ type: 'opneUrl' }), button({ type: 'openUrl' })],
  [`P4005 ${CARD}/buttons/0`, button({ type: 'payment' }), button({ type: 'postBack' })],
  [`P4006 ${CARD}/buttons/0`, button({ type: 'call', value: '112' }), button({ type: 'call', value: 'tel:112' })],
  [
    `P4007 ${CARD}/tap`,
    hero({ tap: { type: 'openUrl', value: 'data:,a' } }),
    hero({ tap: { type: 'openUrl', value: 'https://a' } }),
  ],
  [
    'P4008 /suggestedActions/actions/0',
    message({ suggestedActions: { to: [], actions: [{ type: 'imBack', title: 'a', value: 'b' }] } }),
    message({ suggestedActions: { to: [], actions: [{ type: 'postBack', title: 'a', value: 'b' }] } }),
  ],
])('%s is found where it is, and not where it is not', (finding, odd, right) => {
  expect(found(odd)).toEqual([finding])
  expect(found(right)).toEqual([])
})

const CALL: BotCall = {
  method: 'POST',
  activity: { type: 'message', text: 'a' },
  bytes: 100,
  channelId: 'directline',
  isReply: true,
  turn: 'running',
}

test.each<[rule: string, odd: Partial<BotCall>, right: Partial<BotCall>]>([
  ['A2002', { activity: { type: 'message', Text: 'a', replyToID: 'b' } }, { activity: { type: 'message', own: 'a' } }],
  ['A2004', { activity: { type: 'message', text: null, entities: [] } }, { activity: { type: 'message', own: null } }],
  [
    'A2031',
    { activity: { type: 'message', id: 'a' } },
    { method: 'PUT', channelId: 'msteams', activity: { type: 'message', id: 'a' } },
  ],
  ['A2251', { activity: { type: 'message', callerId: 'a' } }, {}],
  ['A2302', { activity: { type: 'message', serviceUrl: 'a' } }, {}],
  ['P1001', { activity: undefined, bytes: 300_000 }, { bytes: 150_000 }],
  ['P1002', { bytes: 200_000 }, { bytes: 150_000 }],
  ['P1003', { isReply: false }, { isReply: false, activity: { type: 'message', replyToId: 'a' } }],
  ['P1003', { isReply: false }, { isReply: false, turn: 'none' }],
  ['P1004', { turn: 'over' }, { turn: 'over', isReply: false }],
  ['P1005', { method: 'PUT' }, { method: 'PUT', channelId: 'msteams' }],
  [
    'P1005',
    { method: 'DELETE', activity: undefined, channelId: 'webchat' },
    { method: 'DELETE', channelId: 'emulator' },
  ],
])('%s is found in a call with %j, and not in one with %j', (rule, odd, right) => {
  expect(new Set(lint(CALL_RULES, { ...CALL, ...odd }).map((one) => one.rule))).toEqual(new Set([rule]))
  expect(lint(CALL_RULES, { ...CALL, ...right })).toEqual([])
})

const ANSWER: BotAnswer = { type: 'message', ms: 10, status: 200, bodyBytes: 0 }

test.each<[rule: string, odd: Partial<BotAnswer>, right: Partial<BotAnswer>]>([
  ['P2001', { ms: 15_001 }, { ms: 15_000 }],
  ['P2002', { type: 'invoke' }, { type: 'invoke', status: 501 }],
  ['P2002', { type: 'invoke' }, { type: 'invoke', bodyBytes: 2 }],
])('%s is found in an answer with %j, and not in one with %j', (rule, odd, right) => {
  expect(lint(POST_RULES, { ...ANSWER, ...odd }).map((one) => one.rule)).toEqual([rule])
  expect(lint(POST_RULES, { ...ANSWER, ...right })).toEqual([])
})

test('no two rules have one id', () => {
  const all = [...ACTIVITY_RULES, ...CARD_RULES, ...CALL_RULES, ...POST_RULES].map(({ rule }) => rule)
  expect(new Set(all).size).toBe(all.length)
})

test('of one kind no more are told than anybody reads', () => {
  const attachments = Array.from({ length: 50 }, () => ({}))
  expect(found(message({ attachments }))).toHaveLength(10)
})

test.each([
  null,
  7,
  'text',
  [1],
  [[]],
  { buttons: 7 },
  [{ contentType: 'application/vnd.microsoft.card.hero', content: 7 }],
])('attachments that are %j do not trip the rules', (attachments) => {
  expect(() => found(message({ attachments, suggestedActions: attachments, entities: attachments }))).not.toThrow()
})
