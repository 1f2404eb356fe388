import type { LookupFunction } from 'node:net'
import { closeAfterEach } from '../test/closing.ts'
import { BEARER, createFakeClock, createFakeLogger, createFakeTokens } from '../test/fakes.ts'
import { created, json, raw, refusal, reset, silence, startConnector } from '../test/fake-connector.ts'
import type { Answer, FakeConnector } from '../test/fake-connector.ts'
import { RestClient, operationUrl } from './rest-client.ts'
import type { RestClientOptions, RestRequest } from './rest-client.ts'
import { SendAddressForbiddenError } from './send-errors.ts'

const closing = closeAfterEach()

interface Setup {
  readonly client: RestClient
  readonly service: FakeConnector
  readonly request: RestRequest
}

async function setUp(script: Answer[], options: RestClientOptions = {}): Promise<Setup> {
  const service = closing(await startConnector(...script))
  const parts = { clock: createFakeClock(), logger: createFakeLogger() }
  const client = closing(new RestClient({ allowLoopback: true, ...parts, ...options }))
  const url = new URL('v3/conversations?x=%20', service.serviceUrl)
  return { client, service, request: { operation: 'test', method: 'GET', url, headers: { authorization: 'Bearer t' } } }
}

test.each([200, 204, 302, 401, 404, 418])('%i is an answer, with its headers and its body', async (status) => {
  const { client, service, request } = await setUp([raw(status, status === 204 ? '' : 'text', { 'x-mine': 'y' })])
  const reply = await client.send({ ...request, method: 'PUT', body: '{}' })
  expect(reply).toMatchObject({ status, headers: { 'x-mine': 'y' } })
  expect(reply.body.toString('utf8')).toBe(status === 204 ? '' : 'text')
  expect(service.received).toMatchObject([
    { method: 'PUT', path: '/v3/conversations?x=%20', body: '{}', headers: { authorization: 'Bearer t' } },
  ])
})

test.each([
  ['repeats what is throttled', 'POST', refusal(429), 2, 201],
  ['does not repeat a refusal', 'POST', refusal(403), 1, 403],
] as const)('a client %s', async (_, method, first, tries, status) => {
  const { client, service, request } = await setUp([first, created()])
  expect(await client.send({ ...request, method, body: '{}' })).toMatchObject({ status })
  expect(service.received).toHaveLength(tries)
})

test.each([
  ['an answer', refusal(429)],
  ['a broken connection', reset],
])('with isRepeated: false %s to the first try is final', async (_, first) => {
  const { client, service, request } = await setUp([first, json(200, {})])
  const outcome = await client.send({ ...request, isRepeated: false }).then(
    ({ status }) => status,
    (error: { code: string }) => error.code,
  )
  expect(outcome).toBe(first === reset ? 'SEND_UNREACHABLE' : 429)
  expect(service.received).toHaveLength(1)
})

test.each([
  [[412], 412, 1],
  [[409], 200, 2],
])('with finalStatuses %j an answer 412 ends at %i after %i tries', async (finalStatuses, status, tries) => {
  const { client, service, request } = await setUp([refusal(412), json(200, {})])
  expect(await client.send({ ...request, method: 'POST', body: '{}', finalStatuses })).toMatchObject({ status })
  expect(service.received).toHaveLength(tries)
})

test('a call with an audience is signed, and once more with a fresh token after a 401', async () => {
  const tokens = createFakeTokens()
  const { client, service, request } = await setUp([refusal(401), json(200, {})], { tokens })
  expect(await client.send({ ...request, headers: {}, audience: 'https://audience.test' })).toMatchObject({
    status: 200,
  })
  expect(service.received.map(({ headers }) => headers.authorization)).toEqual([
    `Bearer ${BEARER}-1`,
    `Bearer ${BEARER}-2`,
  ])
  expect(tokens.forgotten).toEqual([`${BEARER}-1`])
})

test('a call without an audience goes out as it is, whatever tokens there are', async () => {
  const { client, service, request } = await setUp([json(200, {})], { tokens: createFakeTokens() })
  await client.send(request)
  expect(service.received).toMatchObject([{ headers: { authorization: 'Bearer t' } }])
})

test('a service that says nothing is a timeout, after the time of the call', async () => {
  const { client, request } = await setUp([silence])
  await expect(client.send({ ...request, timeoutMs: 20, isRepeated: false })).rejects.toMatchObject({
    code: 'SEND_TIMEOUT',
  })
})

test.each([
  ['https://10.0.0.1/', true],
  ['https://169.254.169.254/', true],
  ['http://127.0.0.1:1/', false],
  ['https://[fd00::1]/', true],
])('%s is not called (loopback allowed: %p)', async (url, allowLoopback) => {
  const client = closing(new RestClient({ allowLoopback }))
  const request = { operation: 'test', method: 'GET', url: new URL(url), headers: {} } as const
  await expect(client.send(request)).rejects.toThrow(SendAddressForbiddenError)
})

test('with allowPrivate a service may be at any address', async () => {
  const { client, request } = await setUp([json(200, {})], { allowLoopback: false, allowPrivate: true })
  expect(await client.send(request)).toMatchObject({ status: 200 })
  const { port } = request.url
  const lookup: LookupFunction = (_host, options, callback) => {
    if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }])
    else callback(null, '127.0.0.1', 4)
  }
  const named = closing(new RestClient({ allowPrivate: true, lookup }))
  expect(await named.send({ ...request, url: new URL(`http://private.test:${port}/`) })).toMatchObject({ status: 200 })
})

test.each([
  ['https://service.test', 'https://service.test/v3/x/a%2Fb'],
  ['https://service.test/amer//', 'https://service.test/amer/v3/x/a%2Fb'],
])('the address of an operation of %s is below it', (base, expected) => {
  expect(operationUrl(base, ['v3', 'x', ['id', 'a/b']])).toBe(expected)
})

test('parameters of an operation are encoded, those without a value left out, and an empty id is refused', () => {
  expect(operationUrl('https://s.test', ['x'], { a: 'b c', n: 1, none: undefined, empty: '' })).toBe(
    'https://s.test/x?a=b%20c&n=1',
  )
  expect(() => operationUrl('https://s.test', [['id', '']])).toThrow(
    expect.objectContaining({ code: 'CONNECTOR_ID_INVALID', parameter: 'id' }),
  )
})
