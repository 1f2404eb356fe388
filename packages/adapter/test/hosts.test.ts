import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { CloudAdapter } from '@parley/adapter'
import { createExpressHandler } from '@parley/adapter/express'
import { createFastifyPlugin } from '@parley/adapter/fastify'
import { createFetchHandler } from '@parley/adapter/fetch'
import { createNodeListener } from '@parley/adapter/node'
import { createRestifyHandler } from '@parley/adapter/restify'
import { silentLogger } from '@parley/core'
import type { TurnContext } from '@parley/core'
import express from 'express'
import { fastify } from 'fastify'
import restify from 'restify'
import { FakeChannel } from './fake-channel.ts'

/** A bot on a host, and how to reach it. */
interface RunningHost {
  post(body: string | Uint8Array, headers?: Record<string, string>, method?: string): Promise<Response>
  close(): Promise<unknown>
}

type Logic = (context: TurnContext) => Promise<void>
type StartHost = (adapter: CloudAdapter, logic: Logic) => Promise<RunningHost>

const JSON_TYPE = { 'content-type': 'application/json' }

function reach(url: string): RunningHost['post'] {
  return (body, headers = {}, method = 'POST') =>
    fetch(`${url}/api/messages`, {
      method,
      headers: { ...JSON_TYPE, ...headers },
      ...(method === 'GET' ? {} : { body }),
    })
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function closing(server: Server): Promise<unknown> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(resolve))
}

const hosts: Record<string, StartHost> = {
  async restify(adapter, logic) {
    const server = restify.createServer()
    server.post('/api/messages', createRestifyHandler(adapter, logic))
    const url = await listening(server.server)
    return { post: reach(url), close: () => closing(server.server) }
  },
  async 'restify with a body parser'(adapter, logic) {
    const server = restify.createServer()
    server.use(restify.plugins.bodyParser({ maxBodySize: 2 * 1024 * 1024, mapParams: false }))
    server.post('/api/messages', createRestifyHandler(adapter, logic))
    const url = await listening(server.server)
    return { post: reach(url), close: () => closing(server.server) }
  },
  async 'restify with a handler that is not awaited'(adapter, logic) {
    const server = restify.createServer()
    // With the third parameter restify does not take the end of the handler for the end of the request.
    server.post('/api/messages', (request, response, _next) => {
      void adapter.process(request, response, logic)
    })
    const url = await listening(server.server)
    return { post: reach(url), close: () => closing(server.server) }
  },
  async express(adapter, logic) {
    const app = express()
    app.post('/api/messages', createExpressHandler(adapter, logic))
    const server = createServer(app)
    const url = await listening(server)
    return { post: reach(url), close: () => closing(server) }
  },
  async 'express with a handler that is not awaited, after express.json()'(adapter, logic) {
    const app = express()
    app.use(express.json({ limit: '2mb' }))
    app.post('/api/messages', (request, response) => {
      void adapter.process(request, response, logic)
    })
    const server = createServer(app)
    const url = await listening(server)
    return { post: reach(url), close: () => closing(server) }
  },
  async fastify(adapter, logic) {
    const app = fastify()
    await app.register(createFastifyPlugin(adapter, logic))
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    return { post: reach(url), close: () => app.close() }
  },
  async 'node:http'(adapter, logic) {
    const server = createServer(createNodeListener(adapter, logic))
    const url = await listening(server)
    return { post: reach(url), close: () => closing(server) }
  },
  async fetch(adapter, logic) {
    const handle = createFetchHandler(adapter, logic)
    return {
      post: (body, headers = {}, method = 'POST') => {
        const init = { method, headers: { ...JSON_TYPE, ...headers }, ...(method === 'GET' ? {} : { body }) }
        return handle(new Request('http://bot.example/api/messages', init))
      },
      close: async () => {},
    }
  },
}

const parsesBodies = (name: string): boolean => name.includes('json()') || name.includes('body parser')

describe.each(Object.entries(hosts))('on %s', (name, startHost) => {
  let channel: FakeChannel
  let adapter: CloudAdapter
  let host: RunningHost
  let turns: number
  let logic: Logic

  beforeAll(async () => {
    channel = await FakeChannel.start()
    adapter = new CloudAdapter({
      appId: channel.appId,
      appPassword: channel.appPassword,
      cloud: channel.cloud,
      logger: silentLogger,
    })
    host = await startHost(adapter, async (context) => {
      turns += 1
      await logic(context)
    })
  })

  beforeEach(() => {
    turns = 0
    channel.calls.length = 0
    logic = async (context) => {
      await context.sendActivity(`Echo: ${context.activity.text}`)
    }
  })

  afterAll(async () => {
    await host.close()
    await adapter.close()
    await channel.stop()
  })

  const send = (activity: object, headers: Record<string, string> = {}): Promise<Response> =>
    host.post(JSON.stringify(activity), { authorization: `Bearer ${channel.token()}`, ...headers })

  test('a message with a valid token runs the bot, whose reply leaves with a token of its own', async () => {
    const message = channel.message({ text: 'hello' })
    const response = await send(message)
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect(channel.calls).toEqual([
      expect.objectContaining({
        method: 'POST',
        path: `/v3/conversations/conversation/activities/${message.id}`,
        authorization: 'Bearer a-token-for-the-connector',
        body: expect.objectContaining({ text: 'Echo: hello', replyToId: message.id, from: { id: 'bot', name: 'Bot' } }),
      }),
    ])
  })

  test('without a token the answer is 401 with a fixed body, and the bot does not run', async () => {
    const response = await host.post(JSON.stringify(channel.message()))
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
    expect(await response.json()).toEqual({ error: { code: 'Unauthorized', id: expect.stringMatching(/^[\w-]{36}$/) } })
    expect(turns).toBe(0)
  })

  test.each([
    ['another audience', { aud: 'somebody-else' }],
    ['another issuer', { iss: 'https://issuer.example' }],
  ])('a token for %s is answered with 401 and the same body', async (_, claims) => {
    const response = await send(channel.message(), { authorization: `Bearer ${channel.token(claims)}` })
    expect([response.status, turns]).toEqual([401, 0])
    expect(Object.keys(((await response.json()) as { error: object }).error).sort()).toEqual(['code', 'id'])
  })

  test('a body that is not an activity is answered with 400 and the reason', async () => {
    const response = await send({})
    expect([response.status, turns]).toEqual([400, 0])
    expect(await response.json()).toMatchObject({ error: { code: 'BadRequest', reason: 'BODY_TYPE' } })
  })

  test('a body that is not JSON is answered with 400', async () => {
    const response = await host.post('{"type":', { authorization: `Bearer ${channel.token()}` })
    expect([response.status, turns]).toEqual([400, 0])
  })

  test('an unproven sender learns nothing about its body', async () => {
    const response = await host.post('{}')
    expect([response.status, turns]).toEqual([401, 0])
  })

  test('a body larger than allowed is answered with 413', async () => {
    const response = await send(channel.message({ text: 'x'.repeat(1024 * 1024 + 1) }))
    expect([response.status, turns]).toEqual([parsesBodies(name) ? 200 : 413, parsesBodies(name) ? 1 : 0])
  })

  test('a compressed body is inflated', async () => {
    const body = gzipSync(JSON.stringify(channel.message({ text: 'small' })))
    const response = await host.post(body, {
      authorization: `Bearer ${channel.token()}`,
      'content-encoding': 'gzip',
    })
    expect([response.status, channel.texts]).toEqual([200, ['Echo: small']])
  })

  test('an invoke is answered with what the bot returns', async () => {
    logic = async (context) => {
      await context.sendActivity({ type: 'invokeResponse', value: { status: 418, body: { tea: true } } })
    }
    const response = await send(channel.message({ type: 'invoke', name: 'brew' }))
    expect([response.status, await response.json()]).toEqual([418, { tea: true }])
  })

  test('an invoke nobody handles is answered with 501', async () => {
    logic = async () => {}
    expect((await send(channel.message({ type: 'invoke', name: 'brew' }))).status).toBe(501)
  })

  test('expected replies come back in the answer, in order', async () => {
    logic = async (context) => {
      await context.sendActivities([{ text: 'one' }, { text: 'two' }])
    }
    const response = await send(channel.message({ deliveryMode: 'expectReplies' }))
    const { activities } = (await response.json()) as { activities: { text: string }[] }
    expect([activities.map(({ text }) => text), channel.calls]).toEqual([['one', 'two'], []])
  })

  test('a bot that throws is answered with 500 and no detail', async () => {
    logic = async () => {
      throw new Error('the password is swordfish')
    }
    const response = await send(channel.message())
    const body = await response.text()
    expect(response.status).toBe(500)
    expect(body).not.toContain('swordfish')
    expect(JSON.parse(body)).toEqual({ error: { code: 'InternalServerError', id: expect.any(String) } })
  })
})

test.each(Object.entries(hosts).filter(([name]) => ['node:http', 'fetch', 'fastify'].includes(name)))(
  '%s answers GET with 405 and names POST',
  async (_, startHost) => {
    const adapter = new CloudAdapter({ logger: silentLogger })
    const host = await startHost(adapter, async () => {})
    const response = await host.post('', {}, 'GET')
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
    await host.close()
    await adapter.close()
  },
)
