import { ABSENT_ETAG } from '@parley/state'
import { bag, refusal, startFakeService } from '../test/fake-service.ts'
import type { Answer, FakeService } from '../test/fake-service.ts'
import type { BotStateBag } from './bot-state-bag.ts'
import { BotStateClient } from './bot-state-client.ts'

const open: { close(): unknown }[] = []

afterEach(async () => {
  for (const each of open.splice(0).toReversed()) await each.close()
})

/** A clock on which waiting takes no time. */
function createFakeClock(): { now(): number; sleep(ms: number): Promise<void> } {
  let time = 0
  return {
    now: () => time,
    sleep: async (ms) => {
      time += ms
    },
  }
}

async function setUp(...script: Answer[]): Promise<{ client: BotStateClient; service: FakeService }> {
  const service = await startFakeService(...script)
  let forgotten = 0
  const tokens = {
    getToken: async (audience: string) => `token-${forgotten}-for-${audience}`,
    forget: () => {
      forgotten += 1
    },
  }
  const { serviceUrl } = service
  const client = new BotStateClient({ serviceUrl, tokens, allowLoopback: true, clock: createFakeClock() })
  open.push(service, client)
  return { client, service }
}

const user: BotStateBag = { scope: 'user', channelId: 'test', userId: 'u1' }

test.each<[BotStateBag, string]>([
  [{ scope: 'user', channelId: 'a/b', userId: '29:1|x' }, '/v3/botstate/a%2Fb/users/29%3A1%7Cx'],
  [
    { scope: 'conversation', channelId: 'c', conversationId: 'a/users/b' },
    '/v3/botstate/c/conversations/a%2Fusers%2Fb',
  ],
  [
    { scope: 'private', channelId: 'c', conversationId: 'a!', userId: 'é' },
    '/v3/botstate/c/conversations/a!/users/%C3%A9',
  ],
])('the bag %j is read at %s', async (which, path) => {
  const { client, service } = await setUp(bag({ a: 1 }, '7'))
  expect(await client.read(which)).toEqual({ data: { a: 1 }, eTag: '7' })
  expect(service.received).toMatchObject([
    { method: 'GET', path, headers: { authorization: 'Bearer token-0-for-https://api.botframework.com' } },
  ])
})

test.each<[what: string, data: unknown, eTag: string | undefined, body: object, header: string | undefined]>([
  ['without an eTag', { a: 1 }, undefined, { data: { a: 1 }, eTag: '*' }, undefined],
  ['of a version', 0, '7', { data: 0, eTag: '7' }, undefined],
  ['that fills an empty bag', '', ABSENT_ETAG, { data: '' }, '*'],
  ['of undefined', undefined, undefined, { data: null, eTag: '*' }, undefined],
])('a write %s says so', async (_, data, eTag, body, header) => {
  const { client, service } = await setUp(bag({ a: 1 }, '8'))
  expect(await client.write(user, data, eTag)).toEqual({ data: { a: 1 }, eTag: '8' })
  expect(JSON.parse(service.received[0]?.body ?? '')).toEqual(body)
  expect(service.received[0]?.headers['if-none-match']).toBe(header)
})

test('a user is deleted with DELETE, and what the service says to it does not matter', async () => {
  const { client, service } = await setUp({ status: 200, body: '[]' }, { status: 200 })
  await client.deleteUser('test', 'u1')
  await client.deleteUser('test', 'u1')
  expect(service.received).toMatchObject([{ method: 'DELETE', path: '/v3/botstate/test/users/u1' }, {}])
})

test.each<[Answer, string, object]>([
  [refusal(412, 'PreconditionFailed'), 'BOTSTATE_CONFLICT', { statusCode: 412, serviceCode: 'PreconditionFailed' }],
  [refusal(400, 'MessageSizeTooBig'), 'BOTSTATE_TOO_LARGE', { bytes: 8 }],
  [refusal(413, 'Other'), 'BOTSTATE_TOO_LARGE', { bytes: 8 }],
  [refusal(401, 'Unauthorized'), 'BOTSTATE_REFUSED', { statusCode: 401 }],
  [refusal(403, 'Forbidden'), 'BOTSTATE_REFUSED', { statusCode: 403 }],
  [refusal(404, 'eyJ.not.a-code'), 'BOTSTATE_REJECTED', { statusCode: 404, serviceCode: undefined }],
  [{ status: 302, headers: { location: 'https://elsewhere.test' } }, 'BOTSTATE_REJECTED', { statusCode: 302 }],
  [refusal(429, 'Throttled', { 'retry-after': '60' }), 'BOTSTATE_FAILED', { retryAfterMs: 60_000 }],
  [refusal(500, 'ServiceError'), 'BOTSTATE_FAILED', { retryAfterMs: undefined }],
  [undefined, 'BOTSTATE_UNREACHABLE', { maybeWritten: true, statusCode: undefined }],
  [{ status: 200, body: 'hello' }, 'BOTSTATE_ANSWER_INVALID', { statusCode: 200 }],
  [{ status: 200, body: '[]' }, 'BOTSTATE_ANSWER_INVALID', {}],
])('a write answered with %j fails with %s', async (answer, code, facts) => {
  const { client } = await setUp(answer)
  const { host } = new URL(client.serviceUrl)
  const refused = await client.write(user, '€€').catch((error: unknown) => error)
  expect(refused).toMatchObject({ code, operation: 'write', host, ...facts })
  expect(String(refused)).not.toMatch(/u1|€|token-|must not travel/)
})

test('a conflict is final, and a busy service is asked again', async () => {
  const { client, service } = await setUp(refusal(429, 'Throttled'), refusal(412, 'PreconditionFailed'), bag(1, '2'))
  await expect(client.write(user, 1, '1')).rejects.toMatchObject({ code: 'BOTSTATE_CONFLICT' })
  expect(service.received).toHaveLength(2)
})

test.each([
  [502, '*', 2],
  [502, '7', 1],
  [500, ABSENT_ETAG, 1],
  [503, '7', 2],
])('an answer %i to a write of the version %j is the end after %i tries', async (status, eTag, tries) => {
  const { client, service } = await setUp(refusal(status, 'ServiceError'), bag(1, '2'))
  await client.write(user, 1, eTag).catch(() => {})
  expect(service.received).toHaveLength(tries)
})

test.each([
  ['a function', () => {}],
  ['a symbol', Symbol('a')],
  ['a bigint', 1n],
])('%s cannot be written, and deletes nothing', async (_, data) => {
  const { client, service } = await setUp(bag(1, '2'))
  await expect(client.write(user, data)).rejects.toThrow(TypeError)
  expect(service.received).toEqual([])
})

test('a lost answer to a read is asked for again, but not one to a write', async () => {
  const { client, service } = await setUp(undefined, bag(1, '2'), undefined)
  expect(await client.read(user)).toEqual({ data: 1, eTag: '2' })
  await expect(client.write(user, 1)).rejects.toMatchObject({ code: 'BOTSTATE_UNREACHABLE' })
  expect(service.received).toHaveLength(3)
})

test('a token that is not accepted is replaced once', async () => {
  const { client, service } = await setUp(refusal(401, 'Unauthorized'), bag(1, '2'))
  expect(await client.read(user)).toEqual({ data: 1, eTag: '2' })
  expect(service.received.map(({ headers }) => headers.authorization?.slice(0, 14))).toEqual([
    'Bearer token-0',
    'Bearer token-1',
  ])
})

test('an empty answer to a deletion means that nothing is stored', async () => {
  const { client } = await setUp({ status: 200 })
  expect(await client.write(user, null)).toEqual({ data: null, eTag: '*' })
})

test.each(['http://state.test', 'https://10.0.0.1', 'http://127.0.0.1:3979'])('%s is not called', (serviceUrl) => {
  const tokens = { getToken: async () => undefined, forget: () => {} }
  expect(() => new BotStateClient({ serviceUrl, tokens })).toThrow(
    expect.objectContaining({ code: expect.stringMatching(/^URL_/) }),
  )
})

test.each(['', '.', '..'])('the id %j is refused before anything is sent', async (userId) => {
  const { client, service } = await setUp(bag(1, '2'))
  await expect(client.read({ ...user, userId })).rejects.toMatchObject({ code: 'CONNECTOR_ID_INVALID' })
  expect(service.received).toEqual([])
})
