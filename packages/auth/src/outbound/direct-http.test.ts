import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { inspect } from 'node:util'
import { getDirectly } from './direct-http.ts'

let server: Server
let bytes: string

beforeEach(async () => {
  server = createServer((socket) => socket.on('error', () => {}).once('data', () => socket.end(bytes)))
  await once(server.listen(0, '127.0.0.1'), 'listening')
})

afterEach(() => server.close())

const ask = (signal = AbortSignal.timeout(1_000)): ReturnType<typeof getDirectly> =>
  getDirectly(
    new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/token?x=S3cret`),
    { 'x-identity-header': 'S3cret' },
    { signal, maxBytes: 1_000 },
  )

const HEAD = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'

test('an answer in pieces is put together', async () => {
  bytes = `${HEAD.replace('\r\n', '\r\nretry-after: 5\r\n')}3\r\n{"a\r\n4\r\n":1}\r\n0\r\n\r\n`
  expect(await ask()).toEqual({ status: 200, body: { a: 1 }, retryAfter: '5' })
})

test.each([
  ['is not HTTP', 'SSH-2.0-OpenSSH_9.6\r\n'],
  ['breaks right after its head', `${HEAD}ZZZ\r\n`],
  ['breaks in its body', `${HEAD}3\r\n{"aZZZZ`],
  ['ends in its body', `${HEAD}40\r\n{"a`],
  ['is empty', ''],
])('an answer that %s is an endpoint that cannot be reached, and shows nothing of the question', async (_, sent) => {
  bytes = sent
  const error: unknown = await ask().catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'AUTH_IDENTITY_UNREACHABLE', reason: expect.any(String) as string })
  expect(inspect(error, { depth: null, showHidden: true })).not.toContain('S3cret')
})

test('a question whose time is up before it is asked is not asked', async () => {
  await expect(ask(AbortSignal.abort())).rejects.toMatchObject({ reason: 'ETIMEDOUT' })
})
