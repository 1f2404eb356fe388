/* oxlint-disable no-underscore-dangle -- names of v4 */
import https from 'node:https'
import { PassThrough } from 'node:stream'
import { closeServices, startService } from '../../../test/fake-service.ts'
import { HttpHeaders } from '../../stdlib/index.ts'
import type {
  HttpOperationResponse,
  RequestPolicyFactory,
  ServiceClientCredentials,
  ServiceClientOptions,
  WebResourceLike,
} from '../../stdlib/index.ts'
import { ConnectorClient } from '../clients/connector-client.ts'
import { TeamsConnectorClient } from '../clients/teams-connector-client.ts'
import { TokenApiClient } from '../clients/token-api-client.ts'

afterEach(closeServices)

const signing = (bearer = 'Bearer t'): ServiceClientCredentials => ({
  signRequest: async (request) => {
    request.headers.set('Authorization', bearer)
    return request
  },
})

/** An HTTP client that answers by itself and keeps what it was given. */
function answering(body = '{"id":"1"}'): ServiceClientOptions['httpClient'] & { requests: WebResourceLike[] } {
  const requests: WebResourceLike[] = []
  const sendRequest = async (request: WebResourceLike): Promise<HttpOperationResponse> => {
    requests.push(request)
    return { request, status: 200, headers: new HttpHeaders(), bodyAsText: body }
  }
  return { requests, sendRequest }
}

describe.each([
  ['ConnectorClient', ConnectorClient, 'https://api.botframework.com'],
  ['TokenApiClient', TokenApiClient, 'https://token.botframework.com'],
  ['TeamsConnectorClient', TeamsConnectorClient, 'https://api.botframework.com'],
])('%s', (_, Client, baseUri) => {
  test.each([undefined, null])('without credentials (%p) it is not made', (credentials) => {
    expect(() => new Client(credentials as never)).toThrow(new Error("'credentials' cannot be null."))
  })

  test('has the base address of v4 unless another is given', () => {
    expect(new Client(signing()).baseUri).toBe(baseUri)
    expect(new Client(signing(), { baseUri: 'https://other.test' }).baseUri).toBe('https://other.test')
  })

  test('prints without its credentials', () => {
    const credentials = Object.assign(signing(), { secret: 'canary' })
    expect(JSON.stringify(new Client(credentials))).not.toContain('canary')
  })

  test('says that proxySettings are not supported, and what to do', () => {
    const options = { proxySettings: { host: 'p', port: 1 } }
    expect(() => new Client(signing(), options)).toThrow(expect.objectContaining({ code: 'DROPIN_UNSUPPORTED' }))
  })
})

test('credentials may be replaced', async () => {
  const service = await startService({ status: 200, body: { id: '1' } })
  const client = new ConnectorClient(signing('Bearer 1'), { baseUri: service.url })
  client.credentials = signing('Bearer 2')
  await client.conversations.sendToConversation('c', {})
  expect(service.received[0]?.headers.authorization).toBe('Bearer 2')
})

test.each([
  ['https://connector.test/base', 'https://connector.test/base/x', true],
  ['https://connector.test', 'https://connector.test:443/x', true],
  ['http://localhost:3978', 'http://localhost:3978/x', true],
  ['http://[::1]:3978', 'http://[::1]:3978/x', true],
  ['http://127.0.0.1:3978', 'http://127.0.0.1:3979/x', false],
  ['http://connector.test', 'http://connector.test/x', false],
  ['https://connector.test', 'http://connector.test/x', false],
  ['https://connector.test', 'https://connector.test.evil.test/x', false],
  ['https://connector.test', 'https://evil.test/x', false],
  ['not a url', 'https://evil.test/x', false],
])('a client of %s gives a token to %s: %p', async (baseUri, url, isSigned) => {
  const httpClient = answering()
  const client = new ConnectorClient(signing(), { baseUri, httpClient })
  await client.sendRequest({ url, method: 'GET' } as WebResourceLike)
  expect(httpClient.requests[0]?.headers.get('authorization')).toBe(isSigned ? 'Bearer t' : undefined)
})

test('a policy that leads a request elsewhere does not lead the token there', async () => {
  const httpClient = answering()
  const policy: RequestPolicyFactory = {
    create: (next) => ({
      sendRequest: (request) => {
        request.url = 'https://evil.test/'
        return next.sendRequest(request)
      },
    }),
  }
  const options = { baseUri: 'https://connector.test', httpClient, requestPolicyFactories: [policy] }
  await new ConnectorClient(signing(), options).conversations.getConversations()
  expect(httpClient.requests[0]?.url).toBe('https://evil.test/')
  expect(httpClient.requests[0]?.headers.contains('authorization')).toBe(false)
})

test('policies are run in order, before the request is signed, and see the answer', async () => {
  const seen: unknown[] = []
  const policy = (name: string): RequestPolicyFactory => ({
    create: (next, options) => ({
      sendRequest: async (request) => {
        seen.push([name, request.headers.get('authorization'), typeof options.log])
        request.headers.set(`x-${name}`, '1')
        const response = await next.sendRequest(request)
        seen.push([name, response.status])
        return response
      },
    }),
  })
  const service = await startService({ status: 200, body: { id: '1' } })
  const options = { baseUri: service.url, requestPolicyFactories: [policy('a'), policy('b')] }
  await new ConnectorClient(signing(), options).conversations.sendToConversation('c', {})
  expect(seen).toEqual([
    ['a', undefined, 'function'],
    ['b', undefined, 'function'],
    ['b', 200],
    ['a', 200],
  ])
  expect(service.received[0]?.headers).toMatchObject({ 'x-a': '1', 'x-b': '1', authorization: 'Bearer t' })
})

test.each<[string, ServiceClientOptions['requestPolicyFactories']]>([
  ['adds to the list', (list) => void list.push({ create: (next) => next })],
  ['gives a list', () => [{ create: (next) => next }]],
])('policies may come from a function that %s', async (_, requestPolicyFactories) => {
  const httpClient = answering()
  const client = new ConnectorClient(signing(), { httpClient, requestPolicyFactories: requestPolicyFactories as never })
  expect(await client.conversations.getConversations()).toEqual({ id: '1' })
})

test("the bot's own HTTP client sends everything, and its answer is decoded", async () => {
  const httpClient = answering('{"id":"mine","more":1}')
  const client = new ConnectorClient(signing(), { baseUri: 'https://connector.test/', httpClient })
  const result = await client.conversations.sendToConversation('c', { type: 'message' })
  expect(result).toEqual({ id: 'mine', more: 1 })
  expect(httpClient.requests).toMatchObject([
    { url: 'https://connector.test/v3/conversations/c/activities', method: 'POST', body: '{"type":"message"}' },
  ])
  expect(result._response.request.headers.get('authorization')).toBeUndefined()
})

test('the user agent names the client and what the bot adds, custom headers are sent', async () => {
  const service = await startService({ status: 200, body: {} })
  const client = new ConnectorClient(signing(), { baseUri: service.url, userAgent: 'mine/1' })
  await client.conversations.getConversations({ customHeaders: { 'x-mine': '2' }, continuationToken: '' })
  const headers = service.received[0]?.headers
  expect(headers).toMatchObject({ 'x-mine': '2' })
  expect(headers?.['user-agent']).toMatch(/^botframework-connector\/\S+ mine\/1$/)
})

test('an abort ends a call', async () => {
  const controller = new AbortController()
  controller.abort(new Error('over'))
  const service = await startService({ status: 200, body: {} })
  const client = new ConnectorClient(signing(), { baseUri: service.url })
  const call = client.conversations.getConversations({ abortSignal: controller.signal as never, continuationToken: '' })
  await expect(call).rejects.toThrow('over')
  expect(service.received).toHaveLength(0)
})

const BUSY = { status: 429, body: '', headers: { 'retry-after': '0' } }
const DONE = { status: 200, body: { id: '1' } }

test.each([
  ['is repeated when the service is busy', {}, [BUSY, DONE], 2],
  ['is not repeated with noRetryPolicy', { noRetryPolicy: true }, [BUSY, DONE], 1],
  ['is not repeated when the service refuses', {}, [{ status: 400 }, DONE], 1],
])('a call %s', async (_, options, script, tries) => {
  const service = await startService(...script)
  const client = new ConnectorClient(signing(), { baseUri: service.url, ...options })
  await client.conversations.sendToConversation('c', {}).catch(() => undefined)
  expect(service.received).toHaveLength(tries)
})

test('a service that is not there is a RestError with the code of the system, and without the token', async () => {
  const client = new ConnectorClient(signing('Bearer canary'), { baseUri: 'http://127.0.0.1:1', noRetryPolicy: true })
  const error: unknown = await client.conversations.sendToConversation('c', {}).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ name: 'RestError', code: 'ECONNREFUSED', cause: { code: 'SEND_UNREACHABLE' } })
  const { request } = error as { request: WebResourceLike }
  expect(request.headers.get('authorization')).toBeUndefined()
})

test('a private address is not called', async () => {
  const client = new ConnectorClient(signing(), { baseUri: 'https://10.0.0.1/', noRetryPolicy: true })
  await expect(client.conversations.getConversations()).rejects.toMatchObject({
    code: 'SEND_ADDRESS_FORBIDDEN',
  })
})

test('whoever replaces https.request sees the calls, as nock does', async () => {
  const original = https.request
  const seen: unknown[] = []
  https.request = ((options: { hostname: string; path: string; headers: Record<string, string> }) => {
    seen.push([options.hostname, options.path, options.headers['authorization']])
    return intercepted('{"id":"nocked"}')
  }) as never
  try {
    const client = new ConnectorClient(signing(), { baseUri: 'https://smba.test/emea/' })
    expect(await client.conversations.replyToActivity('c', 'a', {})).toEqual({ id: 'nocked' })
  } finally {
    https.request = original
  }
  expect(seen).toEqual([['smba.test', '/emea/v3/conversations/c/activities/a', 'Bearer t']])
})

/** A request that is answered without a connection. */
function intercepted(body: string): PassThrough {
  const request = new PassThrough()
  const response = Object.assign(new PassThrough(), { statusCode: 200, headers: {} })
  request.on('finish', () => {
    request.emit('response', response)
    response.end(body)
  })
  const socket = Object.assign(new PassThrough(), { connecting: false })
  process.nextTick(() => request.emit('socket', socket))
  return request
}
