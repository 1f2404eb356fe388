import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import { ClaimsIdentity } from '@parley/core'
import type { OpenValue } from '@parley/core'
import express from 'express'
import { createServer, plugins } from 'restify'
import { ChannelServiceHandlerBase } from './channel-service-handler-base.ts'
import { ChannelServiceRoutes } from './channel-service-routes.ts'
import { StatusCodeError } from './status-code-error.ts'

const identity = new ClaimsIdentity([{ type: 'appid', value: 'skill' }], 'jwt')

/** Notes what it is asked, and answers with that. */
class Recorder extends ChannelServiceHandlerBase {
  asked: unknown[][] = []
  failure: unknown

  protected override async authenticate(authHeader: string): Promise<ClaimsIdentity> {
    this.asked.push(['authenticate', authHeader])
    if (authHeader !== 'Bearer good') throw new StatusCodeError(401)
    return identity
  }
}

const offered = Object.getOwnPropertyNames(ChannelServiceHandlerBase.prototype).filter((name) => name.startsWith('on'))
for (const name of offered) {
  ;(Recorder.prototype as OpenValue)[name] = async function (this: Recorder, claims: unknown, ...rest: unknown[]) {
    if (this.failure) throw this.failure
    this.asked.push([claims === identity ? name : `${name} for somebody else`, ...rest])
    return name.startsWith('onDelete') ? undefined : { id: name }
  }
}

type Host = (routes: ChannelServiceRoutes) => Promise<Server>

function listening(server: Server): Promise<Server> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

const hosts: Record<string, Host> = {
  'express, bodies unread': async (routes) => {
    const app = express()
    routes.register(app, '/api/skills')
    const { createServer: createHttp } = await import('node:http')
    return listening(createHttp(app))
  },
  'express, bodies parsed': async (routes) => {
    const app = express()
    app.use(express.json())
    routes.register(app, '/api/skills')
    app.use((_, response) => void response.status(404).send('nothing here'))
    const { createServer: createHttp } = await import('node:http')
    return listening(createHttp(app))
  },
  'restify, bodies unread': async (routes) => {
    const server = createServer()
    routes.register(server, '/api/skills')
    await listening(server as unknown as Server)
    return server.server as Server
  },
  'restify, bodies and queries parsed': async (routes) => {
    const server = createServer()
    server.use(plugins.queryParser())
    server.use(plugins.bodyParser())
    routes.register(server, '/api/skills')
    await listening(server as unknown as Server)
    return server.server as Server
  },
}

const activity = { type: 'message', text: 'hi', custom: { a: [1] } }
const at = '/v3/conversations'

describe.each(Object.entries(hosts))('under %s', (host, start) => {
  let server: Server
  let handler: Recorder
  let base: string

  beforeEach(async () => {
    handler = new Recorder()
    server = await start(new ChannelServiceRoutes(handler))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/skills`
  })

  afterEach(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  const call = (method: string, path: string, body?: unknown, authorization = 'Bearer good'): Promise<Response> =>
    fetch(base + path, {
      method,
      headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })

  test.each([
    ['POST', `${at}/c%2F1/activities`, activity, 200, ['onSendToConversation', 'c/1', activity]],
    ['POST', `${at}/c/activities/a`, activity, 200, ['onReplyToActivity', 'c', 'a', activity]],
    ['PUT', `${at}/c/activities/a`, activity, 200, ['onUpdateActivity', 'c', 'a', activity]],
    ['DELETE', `${at}/c/activities/a`, undefined, 200, ['onDeleteActivity', 'c', 'a']],
    ['GET', `${at}/c/activities/a/members`, undefined, 200, ['onGetActivityMembers', 'c', 'a']],
    ['POST', at, { bot: { id: 'b' } }, 201, ['onCreateConversation', { bot: { id: 'b' } }]],
    ['GET', `${at}?continuationToken=t`, undefined, 200, ['onGetConversations', undefined, 't']],
    ['GET', `${at}/c/members`, undefined, 200, ['onGetConversationMembers', 'c']],
    ['GET', `${at}/c/members/m`, undefined, 200, ['onGetConversationMember', 'm', 'c']],
    ['GET', `${at}/c/pagedmembers`, undefined, 200, ['onGetConversationPagedMembers', 'c', -1, undefined]],
    [
      'GET',
      `${at}/c/pagedmembers?pageSize=7&continuationToken=t`,
      undefined,
      200,
      ['onGetConversationPagedMembers', 'c', 7, 't'],
    ],
    ['DELETE', `${at}/c/members/m`, undefined, 200, ['onDeleteConversationMember', 'c', 'm']],
    [
      'POST',
      `${at}/c/activities/history`,
      { activities: [activity] },
      200,
      ['onSendConversationHistory', 'c', { activities: [activity] }],
    ],
    ['POST', `${at}/c/attachments`, { name: 'f' }, 200, ['onUploadAttachment', 'c', { name: 'f' }]],
  ])('%s %s is carried out once its sender is proven', async (method, path, body, status, expected) => {
    const response = await call(method, path, body)
    expect(response.status).toBe(status)
    expect(await response.text()).toBe(method === 'DELETE' ? '' : JSON.stringify({ id: expected[0] }))
    expect(handler.asked).toEqual([['authenticate', 'Bearer good'], expected])
  })

  test('a sender who is not proven gets 401, and nothing is carried out', async () => {
    const response = await call('POST', `${at}/c/activities`, activity, 'Bearer bad')
    expect(response.status).toBe(401)
    expect(handler.asked).toEqual([['authenticate', 'Bearer bad']])
  })

  test.each([
    ['no JSON', '{bad', 400],
    ['no object', '5', 400],
    ['no type', { text: 'x' }, 400],
    ['a field of another kind', { type: 'message', from: 5 }, 400],
  ])('an activity with %s is refused', async (_what, body, status) => {
    const response = await call('POST', `${at}/c/activities`, body)
    expect(response.status).toBe(status)
    expect(handler.asked.filter(([name]) => name !== 'authenticate')).toEqual([])
  })

  // What a parser reads is for the parser to limit.
  if (host.includes('unread')) {
    test('an activity with more than a megabyte is refused', async () => {
      const response = await call('POST', `${at}/c/activities`, { type: 'message', text: 'x'.repeat(1_100_000) })
      expect(response.status).toBe(413)
    })
  }

  test.each([
    ['a status', new StatusCodeError(409, 'taken'), 409, 'taken'],
    ['no status', new Error('boom'), 500, 'boom'],
    ['nothing', { secret: 1 }, 500, 'An error occurred while processing the request.'],
  ])('an error with %s is answered', async (_what, failure, status, text) => {
    handler.failure = failure
    const response = await call('GET', `${at}/c/members`)
    expect(response.status).toBe(status)
    expect(await response.text()).toContain(text)
  })
})

test('the routes are registered in the order of SDK v4', () => {
  const paths: string[] = []
  const note = (verb: string) => (path: string) => paths.push(`${verb} ${path.replace(at, '')}`)
  const server = { get: note('get'), post: note('post'), put: note('put'), del: note('del') }
  new ChannelServiceRoutes(new Recorder()).register(server)
  expect(paths).toEqual([
    'post /:conversationId/activities',
    'post /:conversationId/activities/:activityId',
    'put /:conversationId/activities/:activityId',
    'get /:conversationId/activities/:activityId/members',
    'post ',
    'get ',
    'get /:conversationId/members',
    'get /:conversationId/members/:memberId',
    'get /:conversationId/pagedmembers',
    'post /:conversationId/activities/history',
    'post /:conversationId/attachments',
    'del /:conversationId/members/:memberId',
    'del /:conversationId/activities/:activityId',
  ])
})

test.each([
  ['delete', { delete: jest.fn(), del: jest.fn() }],
  ['del', { del: jest.fn() }],
])('deletions are registered with %s', (name, verbs: Record<string, jest.Mock>) => {
  const server: Record<'get' | 'post' | 'put', jest.Mock> & Partial<Record<string, jest.Mock>> = {
    get: jest.fn(),
    post: jest.fn(),
    put: jest.fn(),
    ...verbs,
  }
  new ChannelServiceRoutes(new Recorder()).register(server)
  expect(server[name]).toHaveBeenCalledTimes(2)
  expect(server.post.mock.calls.length + server.put.mock.calls.length + server.get.mock.calls.length).toBe(11)
})

test('restify counts no request as running that was answered, with success or without', async () => {
  const server = createServer()
  const handler = new Recorder()
  new ChannelServiceRoutes(handler).register(server)
  const ended = jest.fn()
  server.on('after', ended)
  await listening(server as unknown as Server)
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${at}/c/members`
  for (const authorization of ['Bearer good', 'Bearer bad']) {
    await (await fetch(url, { headers: { authorization } })).text()
  }
  expect(ended).toHaveBeenCalledTimes(2)
  server.server.closeAllConnections()
  await new Promise<void>((resolve) => server.close(() => resolve()))
})

test.each(offered)('%s is answered with 501 unless it is overridden', async (name) => {
  class Bare extends ChannelServiceHandlerBase {
    protected override async authenticate(): Promise<ClaimsIdentity> {
      return identity
    }
  }
  const handling = (new Bare() as OpenValue)[name.replace('on', 'handle')]('', 'a', 'b', 'c')
  await expect(handling).rejects.toMatchObject({
    name: 'StatusCodeError',
    statusCode: 501,
    message: `ChannelServiceHandler.${name}(): 501: Not Implemented`,
  })
})

test('what a stream gives as it comes is read', async () => {
  const handler = new Recorder()
  const routes = new ChannelServiceRoutes(handler) as OpenValue
  const listeners: Record<string, (value?: unknown) => void> = {}
  const answered = new Promise((resolve) => {
    const response = { status: jest.fn(), send: resolve, end: jest.fn() }
    const request = {
      headers: { Authorization: 'Bearer good' },
      params: { conversationId: 'c' },
      on: (event: string, listener: () => void) => (listeners[event] = listener),
    }
    routes.processSendToConversation(request, response)
  })
  await Promise.resolve()
  await Promise.resolve()
  listeners['data']?.('{"type":')
  listeners['data']?.(Buffer.from('"message"}'))
  listeners['end']?.()
  expect(await answered).toEqual({ id: 'onSendToConversation' })
})
