import * as fc from 'fast-check'
import type { Activity } from './activity.ts'
import { InboundRefusedError } from './errors.ts'
import { parseActivity } from './parse-activity.ts'

const message = {
  type: 'message',
  timestamp: '2026-11-20T06:19:11.1234567Z',
  serviceUrl: 'https://connector.test/',
  channelId: 'test',
  from: { id: 'user' },
  conversation: { id: 'c1' },
}

/** Returns nothing when the input is refused; any other error is a failed test. */
function parse(input: Uint8Array | string): Activity | undefined {
  try {
    return parseActivity(input)
  } catch (error) {
    if (error instanceof InboundRefusedError) return undefined
    throw error
  }
}

const { value: anything } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
}))

test('unknown fields come through unchanged and in order, at every level', () => {
  // No field of the protocol starts with x.
  const unknown = fc.dictionary(
    fc.string().map((key) => `x${key}`),
    anything,
  )
  fc.assert(
    fc.property(unknown, unknown, unknown, anything, (top, account, entity, channelData) => {
      const from = { ...account, id: 'user' }
      const body = JSON.stringify({ ...message, from, entities: [{ ...entity, type: 'x' }], channelData, ...top })
      const { rawTimestamp, ...activity } = parseActivity(body)
      expect(JSON.stringify({ ...activity, timestamp: rawTimestamp })).toBe(JSON.stringify(JSON.parse(body)))
    }),
  )
})

test('any text is an activity or is refused', () => {
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => void parse(text)))
})

test('any bytes are an activity or are refused', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void parse(bytes)))
})

test('any value in a known field is refused, or has the declared kind in the activity', () => {
  const kinds: Record<string, (value: unknown) => boolean> = {
    type: (value) => typeof value === 'string' && value !== '',
    text: isOptional((value) => typeof value === 'string'),
    timestamp: isOptional((value) => value instanceof Date),
    from: isObject,
    conversation: (value) => isObject(value) && typeof (value as { id?: unknown }).id === 'string',
    recipient: isOptional(isObject),
    attachments: isOptional((value) => Array.isArray(value) && value.every(isObject)),
    entities: isOptional((value) => Array.isArray(value) && value.every(isObject)),
    membersAdded: isOptional((value) => Array.isArray(value) && value.every(isObject)),
    suggestedActions: isOptional(isObject),
    historyDisclosed: isOptional((value) => typeof value === 'boolean'),
    callerId: (value) => value === undefined,
  }
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(kinds)), anything, (field, value) => {
      const activity = parse(JSON.stringify({ ...message, [field]: value }))
      expect(!activity || kinds[field]?.(activity[field as keyof Activity])).toBe(true)
    }),
    { numRuns: 1000 },
  )
})

test('Object.prototype stays as it is', () => {
  const before = Reflect.ownKeys(Object.prototype)
  const hostile = fc.constantFrom('__proto__', String.raw`__pr\u006fto__`, 'constructor', 'prototype', 'toString')
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 1, maxLength: 5 }), (path) => {
      const value = path.reduceRight((inner, name) => `{"${name}":${inner}}`, '{"polluted":true}')
      const activity = parse(`${JSON.stringify(message).slice(0, -1)},${value.slice(1)}`)
      expect(Object.getPrototypeOf(activity ?? {})).toBe(Object.prototype)
      expect({}).not.toHaveProperty('polluted')
      expect(Object).not.toHaveProperty('polluted')
    }),
  )
  expect(Reflect.ownKeys(Object.prototype)).toEqual(before)
})

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isOptional(isKind: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => value === undefined || isKind(value)
}
