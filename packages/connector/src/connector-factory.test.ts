import { inspect } from 'node:util'
import { closeAfterEach } from '../test/closing.ts'
import { AUDIENCE, createTestFactory } from '../test/factory.ts'
import { createFakeTokens } from '../test/fakes.ts'
import { created, json, refusal, reset, silence, startConnector } from '../test/fake-connector.ts'
import type { OutboundCall, OutboundMiddleware } from './outbound.ts'

const opened = closeAfterEach()

describe('clients', () => {
  test('are one per service and audience', () => {
    const { factory } = opened(createTestFactory())

    const client = factory.create('https://smba.example/amer/', AUDIENCE)

    expect(client.serviceUrl).toBe('https://smba.example/amer/')
    expect(factory.create('https://smba.example/amer/', AUDIENCE)).toBe(client)
    expect(factory.create('https://smba.example/emea/', AUDIENCE)).not.toBe(client)
    expect(factory.create('https://smba.example/amer/', 'skill')).not.toBe(client)
  })

  test('are kept up to a number, the oldest going first', () => {
    const { factory } = opened(createTestFactory({ maxClients: 2 }))
    const [first, second] = [
      factory.create('https://a.example', AUDIENCE),
      factory.create('https://b.example', AUDIENCE),
    ]

    factory.create('https://c.example', AUDIENCE)

    expect(factory.create('https://b.example', AUDIENCE)).toBe(second)
    expect(factory.create('https://a.example', AUDIENCE)).not.toBe(first)
  })

  test('share connections', async () => {
    const connector = opened(await startConnector(created()))
    const { factory } = opened(createTestFactory())

    for (const audience of ['a', 'b', 'c']) {
      await factory.create(connector.serviceUrl, audience).conversations.sendToConversation('c', { text: 'hi' })
    }

    expect(connector.connections()).toBe(1)
  })
})

describe('a service URL is refused', () => {
  test.each([
    ['http://bot.example/'],
    ['ftp://bot.example/'],
    ['not a url'],
    ['https://user:password@bot.example/'],
    ['https://10.0.0.1/'],
    ['https://169.254.169.254/'],
    ['https://2130706433/'],
    ['https://[::1]/'],
    ['https://[::ffff:127.0.0.1]/'],
    ['https://[fd00::1]/'],
    ['http://127.0.0.1:3978/'],
    ['https://localhost/'],
  ])('%s (O19, O21, O23)', (serviceUrl) => {
    const { factory } = opened(createTestFactory({ allowLoopback: false }))

    expect(() => factory.create(serviceUrl, AUDIENCE)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^URL_|^BODY_SERVICEURL$/) }),
    )
  })

  test('http on another machine, with allowLoopback as well (O19)', () => {
    const { factory } = opened(createTestFactory())

    expect(() => factory.create('http://bot.example/', AUDIENCE)).toThrow(
      expect.objectContaining({ code: 'URL_SCHEME' }),
    )
  })

  test.each([[false], [true]])(
    'when its name leads to a private address (O23), allowLoopback: %p',
    async (allowLoopback) => {
      const { factory } = opened(
        createTestFactory({
          allowLoopback,
          lookup: (_, __, found) => found(null, [{ address: '127.0.0.1', family: 4 }]),
        }),
      )

      await expect(
        factory.create('https://bot.example/', AUDIENCE).conversations.sendToConversation('c', { text: 'hi' }),
      ).rejects.toMatchObject({ code: 'SEND_ADDRESS_FORBIDDEN', host: 'bot.example' })
    },
  )

  test('when its name changes to a private address after the first connection (O23)', async () => {
    const addresses = ['127.0.0.1', '10.0.0.1']
    const connector = opened(
      await startConnector((response) => void response.setHeader('connection', 'close').end('{"id":"1"}')),
    )
    const { factory } = opened(
      createTestFactory({ lookup: (_, __, found) => found(null, [{ address: addresses.shift() ?? '', family: 4 }]) }),
    )
    const client = factory.create(connector.serviceUrl.replace('127.0.0.1', 'bot.localhost'), AUDIENCE)
    await client.conversations.sendToConversation('c', { text: 'hi' })

    await expect(client.conversations.sendToConversation('c', { text: 'hi' })).rejects.toMatchObject({
      code: 'SEND_ADDRESS_FORBIDDEN',
    })
  })
})

describe('the bearer', () => {
  test('is left out for a bot without credentials', async () => {
    const connector = opened(await startConnector(created()))
    const { factory } = opened(
      createTestFactory({ tokens: { ...createFakeTokens(), getToken: async () => undefined } }),
    )

    await factory.create(connector.serviceUrl, AUDIENCE).conversations.sendToConversation('c', { text: 'hi' })

    expect(connector.received[0]?.headers).not.toHaveProperty('authorization')
  })

  test('is asked for the audience of the client', async () => {
    const audiences: string[] = []
    const connector = opened(await startConnector(created()))
    const tokens = { ...createFakeTokens(), getToken: async (audience: string) => (audiences.push(audience), 't') }
    const { factory } = opened(createTestFactory({ tokens }))

    await factory.create(connector.serviceUrl, 'skill-app-id').conversations.sendToConversation('c', { text: 'hi' })

    expect(audiences).toEqual(['skill-app-id'])
  })

  test('that does not come ends the call in time, with nothing sent', async () => {
    const tokens = { ...createFakeTokens(), getToken: () => new Promise<string>(() => {}) }
    const { factory } = opened(createTestFactory({ tokens, totalTimeoutMs: 20 }))

    await expect(
      factory.create('https://bot.example/', AUDIENCE).conversations.sendToConversation('c', { text: 'hi' }),
    ).rejects.toMatchObject({ code: 'SEND_TIMEOUT', maybeSent: false })
  })

  test('that cannot be had fails the call with the error of its source', async () => {
    const trouble = new Error('no token')
    const tokens = { ...createFakeTokens(), getToken: () => Promise.reject(trouble) }
    const { factory } = opened(createTestFactory({ tokens }))

    await expect(
      factory.create('https://bot.example/', AUDIENCE).conversations.sendToConversation('c', { text: 'hi' }),
    ).rejects.toBe(trouble)
  })

  test('that was refused is not tried again when the source has no other', async () => {
    const connector = opened(await startConnector(refusal(401)))
    const tokens = { ...createFakeTokens(), getToken: async () => 'same' }
    const { factory } = opened(createTestFactory({ tokens }))

    await expect(
      factory.create(connector.serviceUrl, AUDIENCE).conversations.sendToConversation('c', { text: 'hi' }),
    ).rejects.toMatchObject({ code: 'SEND_UNAUTHORIZED' })
    expect(connector.received).toHaveLength(1)
  })
})

describe('middleware', () => {
  test('runs once around a call, in order, with typed errors and without the bearer', async () => {
    const seen: string[] = []
    const named =
      (name: string): OutboundMiddleware =>
      async (call, next) => {
        seen.push(`${name} ${call.operation} ${Object.keys(call.headers).includes('authorization')}`)
        try {
          return await next(call)
        } catch (error) {
          seen.push(`${name} ${(error as { code: string }).code}`)
          throw error
        }
      }
    const connector = opened(await startConnector(refusal(500), refusal(403)))
    const { factory } = opened(createTestFactory({ middleware: [named('outer'), named('inner')] }))

    await expect(
      factory.create(connector.serviceUrl, AUDIENCE).conversations.sendToConversation('c', { text: 'hi' }),
    ).rejects.toMatchObject({ code: 'SEND_FORBIDDEN' })

    expect(seen).toEqual([
      'outer sendToConversation false',
      'inner sendToConversation false',
      'inner SEND_FORBIDDEN',
      'outer SEND_FORBIDDEN',
    ])
  })

  test('may add headers and answer by itself', async () => {
    const connector = opened(await startConnector(created()))
    const addHeader: OutboundMiddleware = (call, next) =>
      next({ ...call, headers: { ...call.headers, traceparent: '00-1-2-01' } })
    const keepTyping: OutboundMiddleware = async (call: OutboundCall, next) =>
      call.body?.includes('typing') ? { status: 200, headers: {}, body: Buffer.from('{"id":"kept"}') } : next(call)
    const { factory } = opened(createTestFactory({ middleware: [addHeader, keepTyping] }))
    const { conversations } = factory.create(connector.serviceUrl, AUDIENCE)

    await expect(conversations.sendToConversation('c', { type: 'typing' })).resolves.toEqual({ id: 'kept' })
    await conversations.sendToConversation('c', { type: 'message' })

    expect(connector.received.map(({ headers }) => headers['traceparent'])).toEqual(['00-1-2-01'])
  })
})

describe('axios', () => {
  test('lets interceptors see every try, its status and its failure', async () => {
    const seen: unknown[] = []
    const connector = opened(
      await startConnector(refusal(503), (response) => void response.socket?.destroy(), json(200, [])),
    )
    const { factory } = opened(
      createTestFactory({
        onAxios: ({ interceptors }) => {
          interceptors.request.use((config) => {
            config.headers.set('x-try', String(seen.length))
            return config
          })
          interceptors.response.use(
            (response) => (seen.push([response.status, response.headers['content-type']]), response),
            (error: unknown) => {
              seen.push((error as { code: string; name: string }).code)
              return Promise.reject(error)
            },
          )
        },
      }),
    )

    await factory.create(connector.serviceUrl, AUDIENCE).conversations.getConversationMembers('c')

    expect(seen).toEqual([[503, 'application/json'], 'ECONNRESET', [200, 'application/json']])
    expect(connector.received.map(({ headers }) => headers['x-try'])).toEqual(['0', '1', '2'])
  })

  test.each([['https://evil.example/v3/conversations/c/members'], ['/v3/conversations/c/members'], [undefined]])(
    'does not let an interceptor take a call to %p',
    async (url) => {
      const connector = opened(await startConnector(json(200, [])))
      const { factory } = opened(
        createTestFactory({
          onAxios: ({ interceptors }) => void interceptors.request.use((config) => ({ ...config, url }) as never),
        }),
      )

      await expect(
        factory.create(connector.serviceUrl, AUDIENCE).conversations.getConversationMembers('c'),
      ).rejects.toThrow('changed the origin')
      expect(connector.received).toHaveLength(0)
    },
  )

  test('does not let an interceptor replace the response', async () => {
    const connector = opened(await startConnector(json(200, [])))
    const { factory } = opened(
      createTestFactory({
        onAxios: ({ interceptors }) => void interceptors.response.use(() => ({ status: 200 }) as never),
      }),
    )

    await expect(
      factory.create(connector.serviceUrl, AUDIENCE).conversations.getConversationMembers('c'),
    ).rejects.toThrow('replaced the response')
  })

  test('shows interceptors no bearer, in failures neither', async () => {
    const seen: unknown[] = []
    const connector = opened(await startConnector(refusal(503), reset, json(200, [])))
    const { factory } = opened(
      createTestFactory({
        onAxios: ({ interceptors }) => {
          interceptors.request.use((config) => (seen.push(config), config))
          interceptors.response.use(
            (response) => (seen.push(response), response),
            (error: unknown) => (seen.push(error), Promise.reject(error)),
          )
        },
      }),
    )

    await factory.create(connector.serviceUrl, AUDIENCE).conversations.getConversationMembers('c')

    expect(seen).toHaveLength(6)
    expect(inspect(seen, { depth: Infinity })).not.toContain('canary')
  })

  test('errors of an interceptor of the bot are passed on', async () => {
    const trouble = new Error('mine')
    const { factory } = opened(
      createTestFactory({
        onAxios: (axios) => {
          axios.interceptors.request.use(() => {
            throw trouble
          })
        },
      }),
    )

    await expect(
      factory.create('https://bot.example/', AUDIENCE).conversations.getConversationMembers('c'),
    ).rejects.toBe(trouble)
  })
})

describe('a signal', () => {
  test('ends a call that waits for its answer', async () => {
    const abort = new AbortController()
    const connector = opened(await startConnector((...args) => (abort.abort(new Error('gone')), silence(...args))))
    const { factory } = opened(createTestFactory())

    await expect(
      factory
        .create(connector.serviceUrl, AUDIENCE)
        .conversations.sendToConversation('c', { text: 'hi' }, { signal: abort.signal }),
    ).rejects.toThrow('gone')
    expect(connector.received).toHaveLength(1)
  })

  test('ends a call that waits for its next try, on the real clock', async () => {
    const abort = new AbortController()
    const connector = opened(await startConnector(refusal(503)))
    const { systemClock } = await import('./clock.ts')
    const sleep: typeof systemClock.sleep = (ms, signal) => {
      setImmediate(() => abort.abort(new Error('gone')))
      return systemClock.sleep(ms, signal)
    }
    const { factory } = opened(createTestFactory({ clock: { now: systemClock.now, sleep } }))

    await expect(
      factory
        .create(connector.serviceUrl, AUDIENCE)
        .conversations.sendToConversation('c', { text: 'hi' }, { signal: abort.signal }),
    ).rejects.toThrow('gone')
  })

  test('that aborted before, or while the token is fetched, prevents the call', async () => {
    const connector = opened(await startConnector(created()))
    const abort = new AbortController()
    const tokens = { ...createFakeTokens(), getToken: () => new Promise<string>(() => abort.abort(new Error('gone'))) }
    const { factory } = opened(createTestFactory({ tokens }))
    const { conversations } = factory.create(connector.serviceUrl, AUDIENCE)

    await expect(conversations.sendToConversation('c', {}, { signal: abort.signal })).rejects.toThrow('gone')
    await expect(conversations.sendToConversation('c', {}, { signal: abort.signal })).rejects.toThrow('gone')
    expect(connector.received).toHaveLength(0)
  })
})

test('a closed factory sends nothing more and says so', async () => {
  const connector = opened(await startConnector(created()))
  const { factory } = opened(createTestFactory())
  const client = factory.create(connector.serviceUrl, AUDIENCE)
  await client.conversations.sendToConversation('c', { text: 'hi' })

  factory.close()

  await expect(client.conversations.sendToConversation('c', { text: 'hi' })).rejects.toMatchObject({
    code: 'CONNECTOR_CLOSED',
  })
  expect(connector.received).toHaveLength(1)
})
