import * as assertions from './assertions.ts'
import { ShapeError } from './shape-error.ts'

const exported: Record<string, unknown> = { ...assertions }

const account = { id: '', name: '' }
const conversation = { isGroup: false, conversationType: '', id: '', name: '' }
const action = { type: '', title: '' }
const activity = {
  type: 'message',
  localTimezone: '',
  callerId: '',
  serviceUrl: '',
  channelId: '',
  from: account,
  conversation,
  recipient: account,
  text: '',
  label: '',
  valueType: '',
}
const reference = { bot: account, conversation, channelId: '', serviceUrl: '' }

/** Name, the least that is right, and what of it is wrong. */
const models = [
  ['AttachmentView', { viewId: '', size: 1 }, [{ size: '1' }, { size: NaN }]],
  ['AttachmentInfo', { name: '', type: '', views: [] }, [{ views: [{}] }, { views: {} }]],
  ['ChannelAccount', account, [{ role: 3 }, { id: 1 }, { aadObjectId: null }]],
  ['ConversationAccount', conversation, [{ isGroup: 'no' }, { tenantId: 3 }]],
  ['MessageReaction', { type: '' }, [{ type: 1 }]],
  ['CardAction', action, [{ image: null }, { title: 1 }]],
  ['SuggestedActions', { to: [], actions: [action] }, [{ to: [1] }, { actions: [{}] }]],
  ['Attachment', { contentType: '' }, [{ name: 1 }, { thumbnailUrl: null }]],
  ['Entity', { type: '' }, [{ type: 1 }]],
  ['ConversationReference', reference, [{ channelId: 4 }, { bot: {} }, { user: null }]],
  [
    'SemanticAction',
    { id: '', state: '', entities: { a: { type: 'x' } } },
    [{ entities: { a: {} } }, { entities: new Map() }],
  ],
  [
    'Activity',
    activity,
    [
      { timestamp: '2020-01-01' },
      { localTimestamp: 5 },
      { replyToId: null },
      { entities: [{}] },
      { listenFor: [1] },
      { semanticAction: {} },
      { textHighlights: [{}] },
      { relatesTo: {} },
      { membersAdded: [{}] },
      { reactionsRemoved: [{}] },
      { suggestedActions: { actions: [] } },
      { attachments: [{}] },
      { importance: 3 },
      { historyDisclosed: 'x' },
    ],
  ],
] as const

const nothings = [undefined, null, 'x', 5, [], {}]

describe.each(models)('%s', (name, right, faults) => {
  const is = exported[`is${name}`] as (value: unknown) => boolean
  const assert = exported[`assert${name}`] as (value: unknown, ...rest: unknown[]) => void

  test('the least that is right passes, with whatever fields nobody knows', () => {
    expect(is(right)).toBe(true)
    expect(is({ ...right, unheardOf: 1 })).toBe(true)
    expect(assert(right, 0, [right])).toBeUndefined()
  })

  test.each([...nothings, ...faults.map((fault) => ({ ...right, ...fault }))])('%j does not pass', (value) => {
    expect(is(value)).toBe(false)
    expect(() => assert(value)).toThrow(ShapeError)
  })
})

test.each([
  { localTimestamp: new Date(0) },
  { channelData: null },
  { value: null },
  { expiration: 'soon' },
  { entities: [{ type: 'mine', anything: [1] }] },
])('an activity may have %j', (fields) => {
  expect(assertions.isActivity({ ...activity, ...fields })).toBe(true)
})

test('a stored reference may have null for the activity', () => {
  expect(assertions.isConversationReference({ ...reference, activityId: null })).toBe(true)
})

test('the error says where what is wrong, and never the value', () => {
  const value = { ...activity, from: { id: 'secret-id' }, text: 5 }
  const error = catchError(() => assertions.assertActivity(value))
  expect(error).toMatchObject({
    code: 'DROPIN_SHAPE_INVALID',
    message:
      'The value has another shape than expected; correct these fields: from.name must be string, not undefined; text must be string, not number.',
    issues: [
      { code: 'invalid_type', expected: 'string', received: 'undefined', path: ['from', 'name'], message: 'Required' },
      { path: ['text'], message: 'Expected string, received number' },
    ],
  })
  expect(error.errors).toBe(error.issues)
})

test('a value that is no object is called so', () => {
  expect(catchError(() => assertions.assertChannelAccount(null)).message).toBe(
    'The value has another shape than expected; correct these fields: the value itself must be object, not null.',
  )
})

function catchError(run: () => void): ShapeError {
  try {
    run()
  } catch (error) {
    return error as ShapeError
  }
  throw new Error('nothing was thrown')
}
