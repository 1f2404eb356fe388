import { InboundRefusedError } from '@parley/core'
import { MemoryLogger, request, Road } from '../test/road.ts'
import type { LogLine } from '../test/road.ts'
import type { InboundRequest } from './http/inbound-request.ts'
import { RefusalLog } from './refusal-log.ts'

const NASTY = 'a\r\n{"lvl":"error"}\u001b[31m\u0000\u0085\u009b\u2028\u2029z'
const NASTY_PRINTED = 'a{"lvl":"error"}[31mz'

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const bearer = (kid: unknown, iss: unknown): string => `Bearer ${part({ alg: 'RS256', kid })}.${part({ iss })}.c2ln`
const error = new InboundRefusedError({ code: 'AUTH_KID_UNKNOWN', status: 401 }, 'No such key.')

function logged(facts: { authorization?: string; channelId?: string; request?: Partial<InboundRequest> }): unknown {
  const log = new MemoryLogger()
  const refused = request('{}', facts.authorization, facts.request)
  new RefusalLog(log).record(error, { request: refused, id: 'id-1', channelId: facts.channelId, ms: 1.5 })
  return log.lines[0]?.facts
}

test('says all that is known of the request', () => {
  const headers = { authorization: bearer('k1', 'https://issuer.test'), 'content-length': '42' }
  const facts = {
    channelId: 'test',
    request: { remoteAddress: '192.0.2.1', header: (name: string) => headers[name as keyof typeof headers] },
  }
  expect(logged(facts)).toEqual({
    ev: 'inbound.refused',
    code: 'AUTH_KID_UNKNOWN',
    status: 401,
    id: 'id-1',
    ip: '192.0.2.1',
    kid: 'k1',
    iss: 'https://issuer.test',
    channelId: 'test',
    bytes: 42,
    ms: 1.5,
    reason: 'No such key.',
  })
})

test('leaves out what is not known', () => {
  expect(Object.keys(logged({}) as object)).toEqual(['ev', 'code', 'status', 'id', 'ms', 'reason'])
})

test('control characters and line separators of the sender do not get into the log', () => {
  expect(logged({ authorization: bearer(NASTY, NASTY), channelId: NASTY })).toMatchObject({
    kid: NASTY_PRINTED,
    iss: NASTY_PRINTED,
    channelId: NASTY_PRINTED,
  })
})

test('values of the sender are cut at 128 characters', () => {
  const long = 'x'.repeat(500)
  const cut = 'x'.repeat(128)
  expect(logged({ authorization: bearer(long, long), channelId: long })).toMatchObject({
    kid: cut,
    iss: cut,
    channelId: cut,
  })
})

test.each(['-1', '1e3', '12 34', 'x', ''])('a length of %p is not told', (length) => {
  const header = (name: string): string | undefined => (name === 'content-length' ? length : undefined)
  expect(logged({ request: { header } })).not.toHaveProperty('bytes')
})

test('ten lines a second are written per code, and then how many were left out', () => {
  const log = new MemoryLogger()
  let now = 0
  const refusals = new RefusalLog(log, () => now)
  const record = (count: number): void => {
    for (let at = 0; at < count; at += 1) refusals.record(error, { request: request('{}'), id: 'id', ms: 0 })
  }
  record(25)
  expect(log.lines).toHaveLength(10)
  now = 1000
  record(1)
  expect(log.lines.slice(10).map(({ facts }) => facts['dropped'])).toEqual([15, undefined])
})

test('what is not logged is not read either', () => {
  const refusals = new RefusalLog(new MemoryLogger(), () => 0)
  let reads = 0
  const header = (): undefined => void (reads += 1)
  for (let at = 0; at < 100; at += 1)
    refusals.record(error, { request: request('{}', '', { header }), id: 'id', ms: 0 })
  expect(reads).toBe(20)
})

describe('an adapter', () => {
  let road: Road

  beforeEach(async () => {
    road = await Road.open()
  })
  afterEach(() => road.close())

  const refusals = (): LogLine['facts'][] =>
    road.log.lines.map(({ facts }) => facts).filter(({ ev }) => ev === 'inbound.refused')

  test('tells what a refused token claims', async () => {
    await road.adapter.handle(request('{}', bearer('nobody', 'https://evil.test')), async () => {})
    expect(refusals()).toMatchObject([{ code: 'AUTH_KID_UNKNOWN', kid: 'nobody', iss: 'https://evil.test' }])
  })

  test('tells the channel of an activity that its sender may not send', async () => {
    await road.deliver(
      { ...road.channel.message(), serviceUrl: 'https://other.test/', channelId: NASTY },
      async () => {},
    )
    expect(refusals()).toMatchObject([{ code: 'AUTH_SERVICEURL', channelId: NASTY_PRINTED }])
  })
})
