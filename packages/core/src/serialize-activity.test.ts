import type { Activity } from './activity.ts'
import { parseActivity } from './parse-activity.ts'
import { serializeActivity, toWireActivity } from './serialize-activity.ts'

const body = {
  type: 'message',
  timestamp: '2026-11-20T06:19:11.1234567Z',
  localTimestamp: '2026-11-20T07:19:11.123+01:00',
  expiration: '2026-11-21T00:00:00',
  serviceUrl: 'https://connector.test/',
  channelId: 'test',
  from: { id: 'user', name: 'User', mood: 'good' },
  conversation: { id: 'c1' },
  text: 'hello',
  entities: [{ type: 'x', a: 1, nested: { b: [null] } }],
  zebra: { apple: 1 },
}

test('a parsed activity goes out exactly as it came in', () => {
  expect(serializeActivity(parseActivity(JSON.stringify(body)))).toBe(JSON.stringify(body))
})

test('a date that was changed goes out as the new date', () => {
  const activity = parseActivity(JSON.stringify(body))
  activity.timestamp = new Date('2027-01-01T00:00:00Z')
  expect(JSON.parse(serializeActivity(activity))).toMatchObject({ timestamp: '2027-01-01T00:00:00.000Z' })
})

test('a date that was set without a text goes out as a date', () => {
  expect(serializeActivity({ timestamp: new Date(0) })).toBe('{"timestamp":"1970-01-01T00:00:00.000Z"}')
})

test.each([
  ['is not a date', 'soon'],
  ['has no date beside it', '2026-11-20T06:19:11Z'],
])('a raw text that %s stays here', (_, rawTimestamp) => {
  expect(serializeActivity({ type: 'message', rawTimestamp })).toBe('{"type":"message"}')
})

test('what only concerns this process stays here', () => {
  const activity = { type: 'message', callerId: 'urn:botframework:azure', rawExpiration: 'x', rawLocalTimestamp: 'y' }
  expect(serializeActivity(activity)).toBe('{"type":"message"}')
})

test('undefined fields are left out, nulls are not', () => {
  const activity = {
    type: 'message',
    text: undefined,
    value: null,
    channelData: { a: undefined },
  } as unknown as Activity
  expect(serializeActivity(activity)).toBe('{"type":"message","value":null,"channelData":{}}')
})

test('the activity itself is not changed', () => {
  const activity = parseActivity(JSON.stringify(body))
  const before = { ...activity }
  toWireActivity(activity)
  expect(activity).toStrictEqual(before)
})

test('what cannot be JSON is the caller’s mistake', () => {
  const value: { self?: unknown } = {}
  value.self = value
  expect(() => serializeActivity({ type: 'event', value })).toThrow(TypeError)
})
