import { createServer } from 'node:net'
import type { Socket } from 'node:net'
import { createServer as createSecureServer } from 'node:https'
import { createTestIdentity } from 'test-support/certificate'
import { closeAfterEach } from '../test/closing.ts'
import { AUDIENCE, createTestFactory as createFactory } from '../test/factory.ts'
import type { TestFactory } from '../test/factory.ts'
import { BEARER } from '../test/fakes.ts'
import { closed, created, json, listen, raw, refusal, reset, silence, startConnector } from '../test/fake-connector.ts'
import type { Answer, FakeConnector } from '../test/fake-connector.ts'
import type { ConnectorClient } from './connector-client.ts'
import type { ConnectorFactoryOptions } from './connector-factory.ts'

const opened = closeAfterEach()

/** What makes tries go the one way or the other. */
let road: Partial<ConnectorFactoryOptions>

const createTestFactory = (options: Partial<ConnectorFactoryOptions> = {}): TestFactory =>
  createFactory({ ...road, ...options })

interface Scene extends TestFactory {
  readonly connector: FakeConnector
  readonly client: ConnectorClient
  /** Sends one message. */
  readonly send: () => Promise<unknown>
}

async function scene(script: Answer[], options: Partial<ConnectorFactoryOptions> = {}): Promise<Scene> {
  const connector = opened(await startConnector(...script))
  const made = opened(createTestFactory(options))
  const client = made.factory.create(connector.serviceUrl, AUDIENCE)
  return { ...made, connector, client, send: () => client.conversations.sendToConversation('c', { text: 'hi' }) }
}

describe.each<[string, Partial<ConnectorFactoryOptions>]>([
  ['over node:http', {}],
  ['through axios', { onAxios: () => {} }],
])('%s', (_road, options) => {
  beforeEach(() => {
    road = options
  })

  describe('is delivered after', () => {
    test.each<[string, Answer[], number[]]>([
      ['O01 one 429 with Retry-After: 1', [refusal(429, 'Throttled', { 'retry-after': '1' })], [1_000]],
      ['O01 one 503 with Retry-After: 2', [refusal(503, 'ServiceError', { 'retry-after': '2' })], [2_000]],
      ['O02 one 429 without a header', [refusal(429)], [250]],
      ['O02 two 429 without a header', [refusal(429), refusal(429)], [250, 500]],
      ['O05 one 500', [refusal(500)], [250]],
      ['O06 one 502', [raw(502, '<html>bad gateway')], [250]],
      ['O06 one 503', [raw(503)], [250]],
      ['O06 one 504', [raw(504)], [250]],
      ['O16 one 412', [refusal(412, 'PreconditionFailed')], [250]],
      ['Retry-After: 0, but not at once', [refusal(429, 'Throttled', { 'retry-after': '0' })], [250]],
    ])('%s', async (_, faults, waits) => {
      const { send, connector, clock } = await scene([...faults, created('a7')])

      await expect(send()).resolves.toEqual({ id: 'a7' })

      expect(connector.received).toHaveLength(faults.length + 1)
      expect(clock.waits).toEqual(waits)
    })

    test('O01 one 429 with Retry-After as a date', async () => {
      const [date, later] = ['Fri, 20 Nov 2026 10:00:00 GMT', 'Fri, 20 Nov 2026 10:00:03 GMT']
      const { send, clock } = await scene([refusal(429, 'Throttled', { date, 'retry-after': later }), created()])

      await expect(send()).resolves.toEqual({ id: 'a1' })

      expect(clock.waits).toEqual([3_000])
    })

    test('O08 one 401, with another token', async () => {
      const { send, connector, tokens } = await scene([refusal(401, 'Unauthorized'), created()])

      await expect(send()).resolves.toEqual({ id: 'a1' })

      expect(tokens.forgotten).toEqual([`${BEARER}-1`])
      expect(connector.received.map(({ headers }) => headers.authorization)).toEqual([
        `Bearer ${BEARER}-1`,
        `Bearer ${BEARER}-2`,
      ])
    })

    test.each<[string, (socket: Socket) => void]>([
      ['closed', (socket) => socket.destroy()],
      ['reset', (socket) => socket.resetAndDestroy()],
    ])('O09 a connection %s before the request was read', async (_, drop) => {
      let connections = 0
      const server = createServer((socket) => {
        socket.on('error', () => {})
        connections += 1
        if (connections === 1) return drop(socket)
        socket.on('data', () => socket.end('HTTP/1.1 201 Created\r\ncontent-length: 10\r\n\r\n{"id":"1"}'))
      })
      const port = await listen(server)
      opened({ close: () => closed(server) })
      const { factory } = opened(createTestFactory())

      await expect(
        factory.create(`http://127.0.0.1:${port}`, AUDIENCE).conversations.sendToConversation('c', { text: 'hi' }),
      ).resolves.toEqual({ id: '1' })
      expect(connections).toBe(2)
    })

    test('O09 a service that was not listening yet', async () => {
      const server = createServer()
      const port = await listen(server)
      await closed(server)
      const { factory, clock } = opened(createTestFactory())
      const late = createServer((socket) => {
        socket.on('data', () => socket.end('HTTP/1.1 201 Created\r\ncontent-length: 10\r\n\r\n{"id":"1"}'))
      })
      opened({ close: () => closed(late) })
      const wait = clock.sleep
      clock.sleep = async (ms) => {
        await wait(ms)
        if (!late.listening) await new Promise<void>((resolve) => late.listen(port, '127.0.0.1', resolve))
      }

      await expect(
        factory.create(`http://127.0.0.1:${port}`, AUDIENCE).conversations.sendToConversation('c', { text: 'hi' }),
      ).resolves.toEqual({ id: '1' })
    })

    test('O17 a 503 to the second of three, in order', async () => {
      const { client, connector } = await scene([created('1'), refusal(503), created('2'), created('3')])

      const ids = []
      for (const text of ['one', 'two', 'three']) ids.push(await client.conversations.sendToConversation('c', { text }))

      expect(ids).toEqual([{ id: '1' }, { id: '2' }, { id: '3' }])
      expect(connector.received.map(({ body }) => JSON.parse(body).text)).toEqual(['one', 'two', 'two', 'three'])
    })
  })

  describe('ends with a typed error:', () => {
    test.each<[string, Answer, object]>([
      [
        'O03 429 for ever',
        refusal(429, 'Throttled'),
        { code: 'SEND_THROTTLED', statusCode: 429, serviceCode: 'Throttled' },
      ],
      ['O07 503 for ever', refusal(503), { code: 'SEND_FAILED', statusCode: 503, serviceCode: 'ServiceError' }],
      ['O16 412 for ever', refusal(412, 'PreconditionFailed'), { code: 'SEND_REJECTED', statusCode: 412 }],
      ['O05 500 for ever', raw(500, 'oops'), { code: 'SEND_FAILED', statusCode: 500, serviceCode: undefined }],
    ])('%s, within 10 s', async (_, fault, expected) => {
      const { send, clock, connector } = await scene([fault])

      await expect(send()).rejects.toMatchObject({ operation: 'sendToConversation', method: 'POST', ...expected })

      expect(clock.waits).toEqual([250, 500, 1_000, 2_000, 4_000])
      expect(clock.now()).toBeLessThanOrEqual(10_000)
      expect(connector.received).toHaveLength(6)
    })

    test('O03 429 with Retry-After: 4 for ever, within 10 s', async () => {
      const { send, clock } = await scene([refusal(429, 'Throttled', { 'retry-after': '4' })])

      await expect(send()).rejects.toMatchObject({ code: 'SEND_THROTTLED', retryAfterMs: 4_000 })

      expect(clock.waits).toEqual([4_000, 4_000])
    })

    test('O04 Retry-After beyond the time of the call, without waiting for it', async () => {
      const { send, clock, connector } = await scene([refusal(429, 'Throttled', { 'retry-after': '3600' })])

      await expect(send()).rejects.toMatchObject({ code: 'SEND_THROTTLED', retryAfterMs: 3_600_000 })

      expect(clock.waits).toEqual([])
      expect(connector.received).toHaveLength(1)
    })

    test.each<[string, Answer, number, object]>([
      ['O08 401 to a fresh token too', refusal(401, 'Unauthorized'), 2, { code: 'SEND_UNAUTHORIZED', statusCode: 401 }],
      ['O13 307', raw(307, '', { location: 'http://127.0.0.1:1/' }), 1, { code: 'SEND_REDIRECTED', statusCode: 307 }],
      [
        'O14 302',
        raw(302, '', { location: 'https://attacker.example/' }),
        1,
        { code: 'SEND_REDIRECTED', statusCode: 302 },
      ],
      ['O15 403', refusal(403, 'BotDisabledByAdmin'), 1, { code: 'SEND_FORBIDDEN', serviceCode: 'BotDisabledByAdmin' }],
      ['400', refusal(400, 'BadArgument'), 1, { code: 'SEND_REJECTED', statusCode: 400, serviceCode: 'BadArgument' }],
      ['404', refusal(404, 'ConversationNotFound'), 1, { code: 'SEND_REJECTED', serviceCode: 'ConversationNotFound' }],
      ['413', refusal(413, 'MessageSizeTooBig'), 1, { code: 'SEND_REJECTED', statusCode: 413 }],
      ['501', raw(501), 1, { code: 'SEND_FAILED', statusCode: 501 }],
      ['304', raw(304), 1, { code: 'SEND_REDIRECTED', statusCode: 304 }],
      ['a code that is a sentence', json(400, { error: { code: 'a b' } }), 1, { serviceCode: undefined }],
      ['a code of another type', json(400, { error: { code: { a: 1 } } }), 1, { serviceCode: undefined }],
      ['a body that is null', json(400, null), 1, { code: 'SEND_REJECTED', serviceCode: undefined }],
      ['O20 a reset after the request was read', reset, 1, { code: 'SEND_MAYBE_SENT', statusCode: undefined }],
    ])('%s, after as few tries as it takes', async (_, fault, tries, expected) => {
      const { send, connector, clock } = await scene([fault])

      await expect(send()).rejects.toMatchObject(expected)

      expect(connector.received).toHaveLength(tries)
      expect(clock.waits).toEqual([])
    })

    test('O10 silence to a message, after one try: it may have been carried out', async () => {
      const { send, connector } = await scene([silence], { tryTimeoutMs: 50 })

      await expect(send()).rejects.toMatchObject({ code: 'SEND_TIMEOUT', maybeSent: true })

      expect(connector.received).toHaveLength(1)
    })

    test('O10 silence to a question, after several tries within the time of the call', async () => {
      const { client, clock } = await scene([silence], { tryTimeoutMs: 10, totalTimeoutMs: 1_000 })

      await expect(client.conversations.getConversationMembers('c')).rejects.toMatchObject({
        code: 'SEND_TIMEOUT',
        maybeSent: false,
      })

      expect(clock.waits).toEqual([250, 500])
    })

    test('O10 a try gets no more than what is left of the call', async () => {
      const { client, clock } = await scene([refusal(503), silence], { totalTimeoutMs: 270 })

      await expect(client.conversations.getConversationMembers('c')).rejects.toMatchObject({ code: 'SEND_TIMEOUT' })

      expect(clock.waits).toEqual([250])
    })

    test('O18 a host that does not exist, after one question to the name service', async () => {
      let questions = 0
      const { factory } = opened(
        createTestFactory({
          lookup: (hostname, _, found) => {
            questions += 1
            found(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' }), '', 0)
          },
        }),
      )

      await expect(
        factory.create('https://bot.example/', AUDIENCE).conversations.getConversationMembers('c'),
      ).rejects.toMatchObject({ code: 'SEND_UNREACHABLE', host: 'bot.example', cause: { code: 'ENOTFOUND' } })
      expect(questions).toBe(1)
    })

    test('O18 a name service that does not answer, after the time to connect', async () => {
      const { factory, clock } = opened(createTestFactory({ lookup: () => {}, connectTimeoutMs: 20 }))

      await expect(
        factory.create('https://bot.example/', AUDIENCE).conversations.getConversationMembers('c'),
      ).rejects.toMatchObject({ code: 'SEND_UNREACHABLE' })
      expect(clock.waits).toEqual([])
    })

    test('a service that nothing listens for, after several tries', async () => {
      const { connector, send, clock } = await scene([])
      await connector.close()

      await expect(send()).rejects.toMatchObject({
        code: 'SEND_UNREACHABLE',
        cause: { code: 'ECONNREFUSED', sent: false },
      })

      expect(clock.waits).toEqual([250, 500, 1_000, 2_000, 4_000])
    })

    test('O25 a self-signed certificate, after one try', async () => {
      let requests = 0
      const server = createSecureServer(createTestIdentity('localhost'), () => void (requests += 1))
      const port = await listen(server)
      opened({ close: () => closed(server) })
      const { factory, clock } = opened(createTestFactory())

      await expect(
        factory.create(`https://localhost:${port}/`, AUDIENCE).conversations.sendToConversation('c', { text: 'hi' }),
      ).rejects.toMatchObject({ code: 'SEND_UNTRUSTED', cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } })
      expect(requests).toBe(0)
      expect(clock.waits).toEqual([])
    })
  })

  describe('counts as sent with the id unknown, and is logged:', () => {
    test.each<[string, Answer]>([
      ['O11 200 with broken JSON', raw(200, '{"id":')],
      ['O12 200 with an empty body', raw(200)],
      ['200 with JSON of another shape', json(200, ['a1'])],
      ['200 with an id of another type', json(200, { id: 7 })],
      ['202 without an id', json(202, {})],
      ['O24 200 with 2 MB', raw(200, `{"id":"${'x'.repeat(2 * 1024 * 1024)}"}`)],
      [
        '200 whose body breaks off',
        (response) => void response.writeHead(200, { 'content-length': 9 }).write('{', () => response.destroy()),
      ],
    ])('%s', async (_, answer) => {
      const { send, connector, logger } = await scene([answer])

      await expect(send()).resolves.toEqual({ id: '' })

      expect(connector.received).toHaveLength(1)
      expect(logger.lines).toMatchObject([
        { level: 'warn', facts: { ev: 'outbound.id_unknown', operation: 'sendToConversation' } },
      ])
    })

    test('O24 200 with a body at one byte a second', async () => {
      const { send } = await scene([(response) => void response.writeHead(200).write('{')], { tryTimeoutMs: 50 })

      await expect(send()).resolves.toEqual({ id: '' })
    })
  })

  test('retries are logged without ids, bodies or tokens', async () => {
    const { client, logger, connector } = await scene([refusal(503), created()])

    await client.conversations.replyToActivity('conversation-7', 'activity-7', { text: 'a secret' })

    const host = new URL(connector.serviceUrl).host
    expect(logger.lines).toEqual([
      {
        level: 'warn',
        facts: {
          ev: 'outbound.retry',
          operation: 'replyToActivity',
          method: 'POST',
          host,
          statusCode: 503,
          tries: 1,
          waitMs: 250,
        },
        message: 'A call to the connector is repeated.',
      },
    ])
  })

  test.each<['updateActivity' | 'deleteActivity' | 'getActivityMembers']>([
    ['updateActivity'],
    ['deleteActivity'],
    ['getActivityMembers'],
  ])('%s is repeated after a reset, for doing it twice does no more', async (operation) => {
    const { client, connector } = await scene([reset, json(200, operation === 'getActivityMembers' ? [] : { id: 'a' })])

    await client.conversations[operation]('c', 'a', {})

    expect(connector.received).toHaveLength(2)
  })
})
