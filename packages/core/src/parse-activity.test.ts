import { BODY_REFUSALS } from './body-refusals.ts'
import { InboundRefusedError } from './errors.ts'
import { activityFromJson, parseActivity, type ParseActivityOptions } from './parse-activity.ts'

const message = {
  type: 'message',
  id: 'a1',
  timestamp: '2026-11-20T06:19:11.1234567Z',
  serviceUrl: 'https://connector.test/',
  channelId: 'test',
  from: { id: 'user', name: 'User' },
  conversation: { id: 'c1' },
  recipient: { id: 'bot', name: 'Bot' },
  text: 'hello',
}

const json = (changes: object = {}): string => JSON.stringify({ ...message, ...changes })
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
/** The text of a message with one more member, written as given. */
const withMember = (member: string): string => `${json().slice(0, -1)},${member}}`

function refusal(input: Uint8Array | string, options?: ParseActivityOptions): string {
  try {
    parseActivity(input, options)
  } catch (error) {
    if (error instanceof InboundRefusedError) return `${error.status} ${error.code}`
    throw error
  }
  return 'accepted'
}

describe('what is refused', () => {
  test.each([
    ['B01', 'a body that is not JSON', 'hello', '400 BODY_JSON'],
    ['B01', 'an empty body', '', '400 BODY_JSON'],
    ['B01', 'two objects', `${json()}${json()}`, '400 BODY_JSON'],
    ['B01', 'a NUL after the object', `${json()}\0`, '400 BODY_JSON'],
    ['B04', '{}', '{}', '400 BODY_TYPE'],
    ['B07', '[]', '[]', '400 BODY_SHAPE'],
    ['B07', 'a list of activities', `[${json()}]`, '400 BODY_SHAPE'],
    ['B08', 'null', 'null', '400 BODY_SHAPE'],
    ['B10', '42', '42', '400 BODY_SHAPE'],
    ['B10', 'a string', '"hello"', '400 BODY_SHAPE'],
    [
      'B11',
      'arrays 10 000 deep',
      withMember(`"channelData":${'['.repeat(10_000)}${']'.repeat(10_000)}`),
      '400 BODY_DEPTH',
    ],
    ['B11', 'objects 10 000 deep', withMember(`"x":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`), '400 BODY_DEPTH'],
    ['B13', '10 MB of text', json({ text: 'x'.repeat(10_000_000) }), '413 BODY_SIZE'],
    ['B16', 'a key __proto__', withMember('"__proto__":{"admin":true}'), '400 BODY_PROTO'],
    ['B16', 'a key __proto__ with a null', withMember('"__proto__":null'), '400 BODY_PROTO'],
    [
      'B16',
      'a key __proto__ in an escape',
      withMember(String.raw`"\u005f_proto_\u005F":{"admin":true}`),
      '400 BODY_PROTO',
    ],
    ['B16', 'a key __proto__ in letters escaped', withMember(String.raw`"__\u0070roto__":1`), '400 BODY_PROTO'],
    ['B16', 'a key __proto__ deep inside', withMember('"channelData":[{"a":[{"__proto__":[]}]}]'), '400 BODY_PROTO'],
    ['B25', 'an empty type', json({ type: '' }), '400 BODY_TYPE'],
    ['B26', 'a type that is a number', json({ type: 5 }), '400 BODY_TYPE'],
    ['B26', 'a type that is null', json({ type: null }), '400 BODY_TYPE'],
    ['B28', 'no conversation', json({ conversation: undefined }), '400 BODY_CONVERSATION'],
    ['B28', 'a conversation without id', json({ conversation: { name: 'x' } }), '400 BODY_CONVERSATION'],
    ['B28', 'a conversation with an empty id', json({ conversation: { id: '' } }), '400 BODY_CONVERSATION'],
    ['B29', 'a conversation that is a string', json({ conversation: 'str' }), '400 BODY_CONVERSATION'],
    ['B29', 'a conversation that is a list', json({ conversation: [] }), '400 BODY_CONVERSATION'],
    ['B29', 'a conversation whose id is a number', json({ conversation: { id: 1 } }), '400 BODY_CONVERSATION'],
    ['B32', 'no from', json({ from: undefined }), '400 BODY_SCHEMA'],
    ['B32', 'from null', json({ from: null }), '400 BODY_SCHEMA'],
    ['B34', 'from: 7', json({ from: 7 }), '400 BODY_SCHEMA'],
    ['B40', 'a timestamp that is no date', json({ timestamp: 'not a date' }), '400 BODY_DATE'],
    ['B40', 'a local timestamp that is no date', json({ localTimestamp: '2026-02-31T00:00:00Z' }), '400 BODY_DATE'],
    ['B40', 'an expiration that is no date', json({ expiration: '' }), '400 BODY_DATE'],
    ['B41', 'a timestamp that is a number', json({ timestamp: 1_700_000_000_000 }), '400 BODY_DATE'],
    ['B41', 'a timestamp beyond all numbers', withMember('"expiration":1e400'), '400 BODY_DATE'],
    ['B44', 'a channelId that is a number', json({ channelId: 5 }), '400 BODY_CHANNEL'],
    ['J54', 'no channelId', json({ channelId: undefined }), '400 BODY_CHANNEL'],
    ['J55', 'a blank channelId', json({ channelId: ' ' }), '400 BODY_CHANNEL'],
    ['J49', 'no serviceUrl', json({ serviceUrl: undefined }), '400 BODY_SERVICEURL'],
    ['B46', 'a serviceUrl that is a number', json({ serviceUrl: 5 }), '400 BODY_SERVICEURL'],
    ['B47', 'a serviceUrl that is no URL', json({ serviceUrl: 'not a url' }), '400 BODY_SERVICEURL'],
    ['B52', 'an invokeResponse from outside', json({ type: 'invokeResponse' }), '400 BODY_TYPE_RESERVED'],
  ])('%s %s', (_, _title, body, expected) => {
    expect(refusal(body)).toBe(expected)
    expect(refusal(bytes(body))).toBe(expected)
  })

  test.each([
    ['B19 a byte that never occurs', [0xff]],
    ['B19 half a character', [0xc3]],
    ['B19 an overlong slash', [0xc0, 0xaf]],
    ['B19 a surrogate written in bytes', [0xed, 0xa0, 0x80]],
  ])('invalid UTF-8: %s', (_, invalid) => {
    const [head = '', tail = ''] = json({ text: '@' }).split('@')
    expect(refusal(new Uint8Array([...bytes(head), ...invalid, ...bytes(tail)]))).toBe('400 BODY_UTF8')
  })

  test('UTF-16', () => {
    expect(refusal(new Uint8Array(Buffer.from(`\uFEFF${json()}`, 'utf16le')))).toBe('400 BODY_UTF8')
  })

  test.each(
    Object.entries({
      'B35 text': { text: { a: 1 } },
      'B37 attachments': { attachments: 'x' },
      'B38 entities': { entities: {} },
      id: { id: 5 },
      'text as a list': { text: [] },
      historyDisclosed: { historyDisclosed: 'yes' },
      recipient: { recipient: 'bot' },
      'account id': { from: { id: 5 } },
      'account name': { recipient: { id: 'bot', name: {} } },
      isGroup: { conversation: { id: 'c1', isGroup: 'true' } },
      'conversation name': { conversation: { id: 'c1', name: 5 } },
      'a member': { membersAdded: ['user'] },
      'a member that is null': { membersAdded: [null] },
      'removed members': { membersRemoved: { id: 'user' } },
      'a reaction': { reactionsAdded: ['like'] },
      'a reaction type': { reactionsRemoved: [{ type: 5 }] },
      'an attachment': { attachments: ['x'] },
      'an attachment type': { attachments: [{ contentType: 5 }] },
      'an entity': { entities: [[]] },
      'an entity type': { entities: [{ type: {} }] },
      suggestedActions: { suggestedActions: [] },
      'suggestedActions.to': { suggestedActions: { to: 'user' } },
      'suggestedActions.actions': { suggestedActions: { actions: {} } },
      'an action': { suggestedActions: { actions: ['yes'] } },
      'an action title': { suggestedActions: { actions: [{ title: 5 }] } },
      relatesTo: { relatesTo: 'c1' },
      listenFor: { listenFor: [5] },
      textHighlights: { textHighlights: [{ text: 'a', occurrence: '1' }] },
      semanticAction: { semanticAction: { id: 5 } },
      'semantic entities': { semanticAction: { id: 'a', entities: [] } },
      valueType: { valueType: 5 },
      deliveryMode: { deliveryMode: true },
      rawTimestamp: { rawTimestamp: {} },
    }),
  )('a known field of the wrong kind: %s', (_, changes) => {
    expect(refusal(json(changes))).toBe('400 BODY_SCHEMA')
  })

  test('with a message that names the field and never its value', () => {
    expect(() => parseActivity(json({ from: { id: { secret: 'hunter2' } } }))).toThrow(/^The activity's "from" is not/)
    for (const body of [
      '{"hunter2',
      json({ timestamp: 'hunter2' }),
      json({ attachments: [{ contentType: ['hunter2'] }] }),
    ]) {
      const error = fails(() => parseActivity(body))
      expect(error.cause).toBeUndefined()
      expect(String(error)).not.toContain('hunter2')
    }
  })
})

function fails(run: () => unknown): Error {
  try {
    run()
  } catch (error) {
    return error as Error
  }
  throw new Error('It did not throw.')
}

describe('what is accepted', () => {
  test.each([
    ['B17 a constructor', withMember('"constructor":{"prototype":{"admin":true}}')],
    ['B20 a lone surrogate', withMember(String.raw`"summary":"\ud800"`)],
    ['B31 no id', json({ id: undefined })],
    ['B43 a key twice', withMember('"type":"event"')],
    ['B49 a byte order mark', `\uFEFF${json()}`],
    ['B50 expectReplies', json({ deliveryMode: 'expectReplies' })],
    ['B53 a forged callerId', json({ callerId: 'urn:botframework:azure' })],
    ['B55 __proto__ as a value', json({ relatesTo: { bot: '__proto__', user: { id: '__proto__', constructor: {} } } })],
    ['an unknown type', json({ type: 'sneeze' })],
    ['unknown values of known sets', json({ importance: 'urgent', inputHint: 'accepting', deliveryMode: 'stream' })],
    [
      'suggested actions for everybody',
      json({ suggestedActions: { actions: [{ type: 'imBack', title: 'Yes', value: 1 }] } }),
    ],
    ['an event without a name', json({ type: 'event', name: null })],
    ['an entity without a type', json({ entities: [{ a: 1 }] })],
    ['an attachment without a type', json({ attachments: [{}] })],
    ['an account without an id', json({ from: {} })],
    ['nulls inside', json({ from: { id: 'user', name: null }, conversation: { id: 'c1', isGroup: null, name: null } })],
    ['no recipient', json({ recipient: undefined })],
  ])('%s', (_, body) => {
    expect(refusal(body)).toBe('accepted')
    expect(refusal(bytes(body))).toBe('accepted')
  })

  test('nesting as deep as the limit, the activity being the first level', () => {
    const nested = (levels: number): string => withMember(`"channelData":${'['.repeat(levels)}${']'.repeat(levels)}`)
    expect(refusal(nested(63))).toBe('accepted')
    expect(refusal(nested(64))).toBe('400 BODY_DEPTH')
    expect(refusal(nested(3), { maxDepth: 4 })).toBe('accepted')
    expect(refusal(nested(4), { maxDepth: 4 })).toBe('400 BODY_DEPTH')
  })

  test('a body as large as the limit, counted in bytes of UTF-8', () => {
    for (const body of [json(), json({ text: '€'.repeat(400) })]) {
      const maxBytes = bytes(body).byteLength
      expect(refusal(body, { maxBytes })).toBe('accepted')
      expect(refusal(bytes(body), { maxBytes })).toBe('accepted')
      expect(refusal(body, { maxBytes: maxBytes - 1 })).toBe('413 BODY_SIZE')
      expect(refusal(bytes(body), { maxBytes: maxBytes - 1 })).toBe('413 BODY_SIZE')
    }
  })

  test('an activity of a client, which has no address, when nothing is required', () => {
    expect(refusal('{"type":"message","text":"hello"}', { required: 'none' })).toBe('accepted')
    expect(refusal('{"text":"hello"}', { required: 'none' })).toBe('accepted')
    expect(refusal('{"serviceUrl":"","channelId":"","conversation":{}}', { required: 'none' })).toBe('accepted')
  })

  test.each([
    ['{"type":5}', '400 BODY_TYPE'],
    ['{"type":""}', '400 BODY_TYPE'],
    ['{"type":"invokeResponse"}', '400 BODY_TYPE_RESERVED'],
    ['{"channelId":5}', '400 BODY_CHANNEL'],
    ['{"serviceUrl":5}', '400 BODY_SERVICEURL'],
    ['{"conversation":5}', '400 BODY_CONVERSATION'],
    ['{"from":5}', '400 BODY_SCHEMA'],
    ['[]', '400 BODY_SHAPE'],
  ])('but not %s, even then', (body, expected) => {
    expect(refusal(body, { required: 'none' })).toBe(expected)
  })
})

describe('what comes out', () => {
  test('dates, with their text beside them', () => {
    const activity = parseActivity(
      json({ localTimestamp: '2026-11-20T07:19:11.123+01:00', expiration: '2026-11-21T00:00:00' }),
    )
    expect(activity.timestamp).toEqual(new Date('2026-11-20T06:19:11.123Z'))
    expect(activity.rawTimestamp).toBe('2026-11-20T06:19:11.1234567Z')
    expect(activity.localTimestamp).toEqual(new Date('2026-11-20T06:19:11.123Z'))
    expect(activity.rawLocalTimestamp).toBe('2026-11-20T07:19:11.123+01:00')
    expect(activity.expiration).toEqual(new Date('2026-11-21T00:00:00Z'))
    expect(activity.rawExpiration).toBe('2026-11-21T00:00:00')
  })

  test('the raw text of a date comes from the date, not from the body', () => {
    expect(parseActivity(json({ rawTimestamp: '1999-01-01' })).rawTimestamp).toBe(message.timestamp)
  })

  test('no callerId, whatever the sender claims', () => {
    expect(parseActivity(json({ callerId: 'urn:botframework:azure' }))).not.toHaveProperty('callerId')
    expect(parseActivity(json({ callerId: null }))).not.toHaveProperty('callerId')
  })

  test('a known field that is null is missing, so that a default applies', () => {
    const nulls = { attachments: null, entities: null, text: null, timestamp: null, membersAdded: null, id: null }
    const activity = parseActivity(json(nulls))
    for (const field of Object.keys(nulls)) expect(activity).not.toHaveProperty(field)
    const { attachments = [] } = activity
    expect(attachments).toEqual([])
  })

  test('a null in value, in channelData or in an unknown field is kept', () => {
    expect(parseActivity(json({ value: null, channelData: null, x: null }))).toMatchObject({
      value: null,
      channelData: null,
      x: null,
    })
  })

  test('the last of two keys', () => {
    expect(parseActivity(withMember('"text":"second"')).text).toBe('second')
  })

  test('a lone surrogate as it was', () => {
    expect(parseActivity(withMember(String.raw`"text":"\ud800"`)).text).toBe('\uD800')
  })

  test('every key in the order of the body', () => {
    const body = json({ zebra: 1, entities: [{ zebra: 1, type: 'x', apple: { z: 1, a: 2 } }], apple: 2 })
    const { rawTimestamp: _, ...activity } = parseActivity(body)
    expect(JSON.stringify({ ...activity, timestamp: message.timestamp })).toBe(body)
  })
})

describe('a body that was parsed already', () => {
  test('becomes the same activity', () => {
    expect(activityFromJson(JSON.parse(json()))).toStrictEqual(parseActivity(json()))
  })

  test('is not changed', () => {
    const body = JSON.parse(json({ callerId: 'x', text: null })) as object
    const before = JSON.stringify(body)
    activityFromJson(body)
    expect(JSON.stringify(body)).toBe(before)
  })

  test.each([
    [undefined, 'BODY_SHAPE'],
    [null, 'BODY_SHAPE'],
    ['text', 'BODY_SHAPE'],
    [[], 'BODY_SHAPE'],
    [{}, 'BODY_TYPE'],
    [JSON.parse(withMember('"__proto__":{"admin":true}')), 'BODY_PROTO'],
    [cyclic(), 'BODY_DEPTH'],
  ])('is refused for the same reasons: %#', (value, code) => {
    expect(() => activityFromJson(value)).toThrow(expect.objectContaining({ code }))
  })
})

function cyclic(): object {
  const value: Record<string, unknown> = { ...message }
  value['self'] = value
  return value
}

test('every refusal has its own code and a status of its kind', () => {
  for (const [code, refused] of Object.entries(BODY_REFUSALS)) {
    expect(refused).toEqual({ code, status: code === 'BODY_SIZE' ? 413 : 400 })
  }
})
