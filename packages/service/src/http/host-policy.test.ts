import { sendRaw } from '../../test/raw-http.ts'
import { startTogether, useTogether } from '../../test/start-together.ts'
import type { Together } from '../../test/start-together.ts'

const together = useTogether()

const port = (): string => new URL(together.service.url).port

/** One address of every kind. */
const ADDRESSES: readonly [string, string][] = [
  ['GET', '/'],
  ['GET', '/v1/.well-known/keys'],
  ['POST', '/botframework.com/oauth2/v2.0/token'],
  ['GET', '/v3/conversations'],
  ['POST', '/v3/directline/conversations'],
  ['OPTIONS', '/v3/directline/conversations'],
  ['GET', '/v3/attachments/x/views/original'],
  ['GET', '/api/usertoken/GetToken'],
  ['GET', '/sign-in'],
  ['GET', '/dev/faults'],
  ['GET', '/nowhere'],
]

const UPGRADE = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
]

async function send(
  method: string,
  path: string,
  lines: readonly string[],
  { service }: Together = together,
): Promise<{ status: number; code: string | undefined }> {
  const head = [`${method} ${path} HTTP/1.1`, ...lines, ...(method === 'POST' ? ['Content-Length: 0'] : [])]
  const { status, body } = await sendRaw(service.url, `${head.join('\r\n')}\r\n\r\n`)
  return { status, code: /^\{"error":\{"code":"(\w+)"/.exec(body)?.[1] }
}

const HOSTS: [string, () => string, number, string][] = [
  ['a name an attacker may point here', () => `evil.example:${port()}`, 403, 'HostNotAllowed'],
  ['one that begins as ours', () => `localhost.evil.example:${port()}`, 403, 'HostNotAllowed'],
  ['one that ends as ours', () => `evil.localhost:${port()}`, 403, 'HostNotAllowed'],
  ['ours with a dot', () => `localhost.:${port()}`, 403, 'HostNotAllowed'],
  ['another address of loopback', () => `127.0.0.2:${port()}`, 403, 'HostNotAllowed'],
  ['ours as a number', () => `2130706433:${port()}`, 403, 'HostNotAllowed'],
  ['ours within IPv6', () => `[::ffff:127.0.0.1]:${port()}`, 403, 'HostNotAllowed'],
  ['ours with a user', () => `localhost:${port()}@evil.example`, 403, 'HostNotAllowed'],
  ['a user at ours', () => `evil@localhost:${port()}`, 403, 'HostNotAllowed'],
  ['a port and no name', () => `:${port()}`, 403, 'HostNotAllowed'],
  ['another port', () => 'localhost:1', 403, 'HostNotAllowed'],
  ['two ports', () => `localhost:${port()}:${port()}`, 403, 'HostNotAllowed'],
  ['nothing', () => '', 403, 'HostNotAllowed'],
]

test.each(HOSTS)('at no address a host is accepted that is %s', async (_, host, status, code) => {
  for (const [method, path] of ADDRESSES) {
    const answer = await send(method, path, [`Host: ${host()}`])
    expect([method, path, answer]).toEqual([method, path, { status, code }])
  }
  const stream = await send('GET', '/v3/directline/conversations/x/stream?t=x', [`Host: ${host()}`, ...UPGRADE])
  expect(stream).toEqual({ status, code })
})

test.each<[string, () => string[]]>([
  ['no host', () => []],
  ['two hosts', () => [`Host: localhost:${port()}`, 'Host: evil.example']],
  ['two hosts, the other way round', () => ['Host: evil.example', `Host: localhost:${port()}`]],
  ['its host twice', () => [`Host: localhost:${port()}`, `Host: localhost:${port()}`]],
])('a request with %s is no HTTP', async (_, lines) => {
  for (const [method, path] of ADDRESSES) {
    expect(await send(method, path, lines())).toEqual({ status: 400, code: 'BadSyntax' })
  }
  expect(await send('GET', '/v3/directline/conversations/x/stream?t=x', [...lines(), ...UPGRADE])).toEqual({
    status: 400,
    code: 'BadSyntax',
  })
})

test.each(['http://evil.example', 'http://localhost.evil.example', 'http://evil@localhost'])(
  'the address of a request cannot be a whole one, of %s or of ours',
  async (origin) => {
    const lines = [`Host: localhost:${port()}`]
    for (const base of [origin, `http://localhost:${port()}`]) {
      expect((await send('GET', `${base}/v1/.well-known/keys`, lines)).status).toBe(404)
    }
  },
)

test.each([
  'https://evil.example',
  'http://localhost.',
  'http://localhost.evil.example',
  'http://evil.localhost',
  'http://localhost@evil.example',
  'http://localhost:80@evil.example',
  'http://127.0.0.2',
  'http://[::ffff:127.0.0.1]',
  'http://localhost/',
  'HTTP://LOCALHOST',
  'file://',
  'null',
  '',
])('no page of %j may change anything, or open a stream', async (origin) => {
  const lines = [`Host: localhost:${port()}`, `Origin: ${origin}`]
  const refused = { status: 403, code: 'OriginNotAllowed' }
  for (const [method, path] of ADDRESSES.filter(([verb]) => verb !== 'GET')) {
    expect([path, await send(method, path, lines)]).toEqual([path, refused])
  }
  expect(await send('GET', '/v3/directline/conversations/x/stream?t=x', [...lines, ...UPGRADE])).toEqual(refused)
  // One that is allowed beside it changes nothing.
  expect(await send('POST', '/v3/directline/conversations', [...lines, 'Origin: http://localhost'])).toEqual(refused)
})

describe('behind a reverse proxy', () => {
  const publicOrigins = ['https://bot.example', 'http://lan.example:8080']

  const streamHost = async (chat: Together, headers: Record<string, string>): Promise<string | undefined> => {
    const lines = Object.entries({
      Authorization: `Bearer ${chat.service.directLineSecret}`,
      'Content-Length': '0',
      ...headers,
    }).map(([name, value]) => `${name}: ${value}`)
    const { status, body } = await sendRaw(
      chat.service.url,
      `POST /v3/directline/conversations HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`,
    )
    return status === 201 ? new URL(JSON.parse(body).streamUrl).origin : String(status)
  }

  const forwarded = { 'X-Forwarded-Host': 'bot.example', 'X-Forwarded-Proto': 'https' }

  test('forwarding headers are ignored unless a public origin is given', async () => {
    const { host } = new URL(together.service.url)
    expect(await streamHost(together, { Host: host, ...forwarded })).toBe(`ws://${host}`)
    expect(await streamHost(together, { Host: 'bot.example' })).toBe('403')
  })

  test('streams are where clients reach them', async () => {
    const chat = await startTogether(undefined, { publicOrigins })
    const { host } = new URL(chat.service.url)
    const cases: [Record<string, string>, string][] = [
      [{ Host: host }, `ws://${host}`],
      [{ Host: host, ...forwarded }, 'wss://bot.example'],
      [{ Host: host, 'X-Forwarded-Host': 'BOT.example, inner.example' }, 'wss://bot.example'],
      [{ Host: 'bot.example' }, 'wss://bot.example'],
      [{ Host: 'lan.example:8080' }, 'ws://lan.example:8080'],
      // Not as it is listed, so not believed.
      [{ Host: host, 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https' }, `ws://${host}`],
      [{ Host: host, 'X-Forwarded-Host': 'bot.example', 'X-Forwarded-Proto': 'http' }, `ws://${host}`],
      [{ Host: 'lan.example' }, '403'],
      [{ Host: 'evil.example', ...forwarded }, '403'],
      [{ Host: host, ...forwarded, Origin: 'https://bot.example' }, 'wss://bot.example'],
      [{ Host: host, ...forwarded, Origin: 'https://evil.example' }, '403'],
    ]
    for (const [headers, expected] of cases) {
      expect([headers, await streamHost(chat, headers)]).toEqual([headers, expected])
    }
  })
})
