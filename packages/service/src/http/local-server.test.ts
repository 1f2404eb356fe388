import { request } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { useTogether } from '../../test/start-together.ts'
import type { Json } from '../../test/stand-in-bot.ts'

const together = useTogether()

interface RawAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Sends headers a fetch would not let us choose. */
function call(method: string, path: string, headers: Record<string, string> = {}): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const url = new URL(together.service.url)
    const sent = request({ host: url.hostname, port: url.port, method, path, headers, agent: false }, (response) => {
      let body = ''
      response.on('data', (chunk) => (body += String(chunk)))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    sent.on('error', reject)
    sent.end()
  })
}

const portOf = (): string => new URL(together.service.url).port

test.each<[string, () => string, number]>([
  ['127.0.0.1', () => `127.0.0.1:${portOf()}`, 200],
  ['localhost', () => `LOCALHOST:${portOf()}`, 200],
  ['[::1]', () => `[::1]:${portOf()}`, 200],
  ['a name that an attacker may point here', () => `evil.example:${portOf()}`, 403],
  ['a name that only begins like ours', () => `localhost.evil.example:${portOf()}`, 403],
  ['another port', () => 'localhost:1', 403],
  ['no port', () => 'localhost', 403],
  ['user information', () => `localhost:${portOf()}@evil.example`, 403],
  ['a port alone', () => `:${portOf()}`, 403],
])('a request for the host %s is checked', async (_, host, status) => {
  expect((await call('GET', '/v1/.well-known/keys', { Host: host() })).status).toBe(status)
})

test.each([
  ['https://evil.example', 403],
  ['null', 403],
  ['http://localhost.evil.example', 403],
  ['file://', 403],
  ['http://localhost:3000', 401],
  ['http://127.0.0.1:8080', 401],
])('a page of %s that wants to change something is answered %i', async (origin, status) => {
  const answer = await call('POST', '/v3/directline/conversations', { Origin: origin })
  expect(answer.status).toBe(status)
})

test('pages of this machine may read the answers of Direct Line, with credentials, and others may not', async () => {
  const own = await call('OPTIONS', '/v3/directline/conversations', { Origin: 'http://localhost:3000' })
  expect(own.status).toBe(204)
  expect(own.headers).toMatchObject({
    'access-control-allow-origin': 'http://localhost:3000',
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'GET,POST,PUT,DELETE,OPTIONS',
    'access-control-allow-headers': 'authorization,content-type,x-ms-bot-agent,x-requested-with',
    vary: 'Origin',
  })
  const refused = await call('GET', '/v3/directline/session/getsessionid', { Origin: 'http://localhost:3000' })
  expect(refused.status).toBe(401)
  expect(refused.headers['access-control-allow-origin']).toBe('http://localhost:3000')
  const foreign = await call('OPTIONS', '/v3/directline/conversations', { Origin: 'https://evil.example' })
  expect(foreign.status).toBe(403)
  expect(foreign.headers['access-control-allow-origin']).toBeUndefined()
  expect(foreign.headers.vary).toBe('Origin')
})

test('pages named when a token was generated may use that token, and no others', async () => {
  const { directLine } = together
  const { body } = await directLine.call('POST', '/tokens/generate', { trustedOrigins: ['https://example.com'] })
  const headers = (origin: string): Record<string, string> => ({
    Origin: origin,
    Authorization: `Bearer ${body.token}`,
  })
  expect((await call('POST', '/v3/directline/tokens/refresh', headers('https://example.com'))).status).toBe(200)
  expect((await call('POST', '/v3/directline/tokens/refresh', headers('http://localhost:3000'))).status).toBe(403)
})

test('no other door answers pages of other origins', async () => {
  for (const path of ['/', '/v1/.well-known/keys', '/v3/conversations']) {
    const answer = await call('GET', path, { Origin: 'http://localhost:3000' })
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  }
})

test.each([
  ['GET', '/nowhere', 404, 'NotFound'],
  ['GET', '//evil.example/', 404, 'NotFound'],
  ['GET', 'http://evil.example/', 404, 'NotFound'],
  ['GET', '/chat/..%2f..%2fpackage.json', 404, 'NotFound'],
  ['GET', '/chat/%', 404, 'NotFound'],
  ['GET', '/v3/directline/nowhere', 404, 'NotFound'],
  ['DELETE', '/v3/directline/tokens/generate', 405, 'MethodNotAllowed'],
  ['DELETE', '/', 405, 'MethodNotAllowed'],
  ['TRACE', '/', 405, 'MethodNotAllowed'],
  ['HEAD', '/v1/.well-known/keys', 405, undefined],
])('%s %s is answered %i in the error shape', async (method, path, status, code) => {
  const answer = await call(method, path, { Host: `localhost:${portOf()}` })
  expect(answer.status).toBe(status)
  if (code === undefined) return
  expect(JSON.parse(answer.body)).toEqual({ error: { code, message: expect.any(String) } })
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
  expect(answer.headers['x-content-type-options']).toBe('nosniff')
})

test('headers over 16 KiB are answered 431', async () => {
  expect((await call('GET', '/', { 'X-Big': 'x'.repeat(17 * 1024) })).status).toBe(431)
})

test('a client that goes away in the middle of a body does no harm', async () => {
  const url = new URL(together.service.url)
  const socket = connect(Number(url.port), url.hostname)
  await new Promise<void>((resolve) => socket.once('connect', resolve))
  socket.write(
    `POST /v3/directline/tokens/generate HTTP/1.1\r\nHost: ${url.host}\r\nContent-Length: 100\r\n` +
      `Authorization: Bearer ${together.service.directLineSecret}\r\nContent-Type: application/json\r\n\r\n{"user`,
  )
  await new Promise<void>((resolve) => {
    socket.once('close', () => resolve())
    socket.destroySoon()
  })
  expect((await call('GET', '/v1/.well-known/keys')).status).toBe(200)
})

test('a compressed body is refused', async () => {
  const { directLine } = together
  const answer = await directLine.call('POST', '/tokens/generate', {}, { 'Content-Encoding': 'gzip' })
  expect(answer.status).toBe(415)
})

test('a body that is not UTF-8 is refused', async () => {
  const { service } = together
  const response = await fetch(`${service.url}/v3/directline/tokens/generate`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${service.directLineSecret}`, 'Content-Type': 'application/json' },
    body: new Uint8Array([0x22, 0xff, 0x22]),
  })
  expect(response.status).toBe(400)
  const body: Json = await response.json()
  expect(body.error.code).toBe('BadSyntax')
})
