import { openConnection, sendRaw } from '../../test/raw-http.ts'
import { useTogether } from '../../test/start-together.ts'

const together = useTogether()

const host = (): string => new URL(together.service.url).host

/** A request with these lines, and everything else in order. */
const request = (start: string, lines: readonly string[] = [], body = ''): string =>
  `${[`${start} HTTP/1.1`, `Host: ${host()}`, ...lines].join('\r\n')}\r\n\r\n${body}`

const GET = 'GET /v1/.well-known/keys'
const POST = 'POST /v3/directline/tokens/generate'

const CASES: [string, () => string, number, string][] = [
  [
    'a length and chunks',
    () => request(POST, ['Content-Length: 4', 'Transfer-Encoding: chunked'], '0\r\n\r\nGET / HTTP/1.1\r\n\r\n'),
    400,
    'BadSyntax',
  ],
  ['two lengths', () => request(POST, ['Content-Length: 4', 'Content-Length: 5'], 'abcd'), 400, 'BadSyntax'],
  ['a length that is none', () => request(POST, ['Content-Length: +4'], 'abcd'), 400, 'BadSyntax'],
  ['another encoding than chunked', () => request(POST, ['Transfer-Encoding: xchunked'], 'abcd'), 400, 'BadSyntax'],
  ['a chunk size that is none', () => request(POST, ['Transfer-Encoding: chunked'], 'zz\r\n'), 400, 'BadSyntax'],
  [
    'a chunk extension of 20 KB',
    () => request(POST, ['Transfer-Encoding: chunked'], `1;${'e'.repeat(20_000)}\r\n{\r\n0\r\n\r\n`),
    413,
    'MessageSizeTooBig',
  ],
  ['a folded header', () => request(GET, ['X-A: 1\r\n folded']), 400, 'BadSyntax'],
  ['a bare carriage return', () => request(GET, ['X-A: a\rb']), 400, 'BadSyntax'],
  ['line feeds alone', () => `${GET} HTTP/1.1\nHost: ${host()}\n\n`, 400, 'BadSyntax'],
  ['a space before the colon', () => request(GET, ['X-A : 1']), 400, 'BadSyntax'],
  ['a zero byte', () => request('GET /\0'), 400, 'BadSyntax'],
  ['the beginning of TLS', () => '\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03', 400, 'BadSyntax'],
  ['headers over 16 KiB', () => request(GET, [`X-A: ${'x'.repeat(17_000)}`]), 431, 'HeadersTooLarge'],
  ['an address over 16 KiB', () => request(`GET /${'x'.repeat(17_000)}`), 431, 'HeadersTooLarge'],
  [
    '201 headers',
    () =>
      request(
        GET,
        Array.from({ length: 201 }, () => 'a:b'),
      ),
    431,
    'HeadersTooLarge',
  ],
  [
    '3000 headers',
    () =>
      request(
        GET,
        Array.from({ length: 3000 }, () => 'a:b'),
      ),
    431,
    'HeadersTooLarge',
  ],
  ['an expectation', () => request(POST, ['Expect: everything', 'Content-Length: 0']), 417, 'ExpectationFailed'],
  ['two tokens', () => request(GET, ['Authorization: Bearer a', 'Authorization: Bearer b']), 400, 'BadSyntax'],
]

test.each(CASES)('a request with %s is answered in the shape of all errors', async (_, text, status, code) => {
  const answer = await sendRaw(together.service.url, text())
  expect([answer.status, JSON.parse(answer.body)]).toEqual([status, { error: { code, message: expect.any(String) } }])
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
  expect((await sendRaw(together.service.url, request(GET))).status).toBe(200)
})

test('a tunnel to elsewhere is not opened', async () => {
  const answer = await sendRaw(together.service.url, 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n')
  expect(answer.status).toBe(0)
})

test('nonsense behind a request is answered behind its answer', async () => {
  const answer = await sendRaw(together.service.url, `${request(GET)}\x16\x03\x01 nonsense\r\n\r\n`)
  expect(answer.status).toBe(200)
  expect(JSON.parse(answer.body.slice(0, Number(answer.headers['content-length'])))).toEqual({
    keys: expect.any(Array),
  })
})

test('a request behind a refused one on the same connection is answered by itself', async () => {
  const socket = await openConnection(together.service.url)
  let text = ''
  socket.on('data', (chunk) => (text += String(chunk)))
  socket.write(request('GET /v3/conversations') + request('GET /v1/.well-known/keys', ['Connection: close']))
  await new Promise<void>((resolve) => socket.once('close', () => resolve()))
  expect([...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(['401', '200'])
})

test.each([
  ['GET', '/v1/.well-known/keys', '', 200],
  ['POST', '/v3/directline/tokens/generate', '{"user":{"id":"dl_ada"}}', 200],
])('an offer of %s %s to speak HTTP/2 is declined by answering', async (method, path, body, status) => {
  const answer = await sendRaw(
    together.service.url,
    request(
      `${method} ${path}`,
      [
        'Connection: Upgrade, HTTP2-Settings',
        'Upgrade: h2c',
        'HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
        `Authorization: Bearer ${together.service.directLineSecret}`,
        'Content-Type: application/json',
        `Content-Length: ${body.length}`,
      ],
      body,
    ),
  )
  expect(answer.status).toBe(status)
})

test('addresses may end in a slash', async () => {
  const { directLine, bot } = together
  const started = await directLine.call('POST', '/conversations/')
  expect(started.status).toBe(201)
  expect((await bot.call('GET', `/${started.body.conversationId}/members/`)).status).toBe(200)
})

test('JSON nested too deeply to be passed on is refused wherever it is', async () => {
  const { bot, directLine } = together
  const deep = '['.repeat(50_000) + ']'.repeat(50_000)
  const answers = [
    await directLine.call('POST', '/tokens/generate', `{"x":${deep}}`),
    await bot.call('POST', '', { members: [{ id: 'a', x: JSON.parse('['.repeat(100) + ']'.repeat(100)) }] }),
  ]
  expect(answers.map(({ status, body }) => [status, body.error.code])).toEqual([
    [400, 'BadSyntax'],
    [400, 'BadSyntax'],
  ])
})
