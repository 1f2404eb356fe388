import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { inspect } from 'node:util'
import { IdentityServer } from '../test/identity-server.ts'
import { createCertificate } from 'test-support/x509'
import { getDocument, httpClient, postForm } from './identity-http.ts'

let server: IdentityServer

beforeAll(async () => {
  server = await IdentityServer.start()
})

beforeEach(() => server.reset())

afterAll(() => server.close())

const limits = { maxBytes: 1000, signal: new AbortController().signal }
const at = (path: string): URL => new URL(path, server.url)

test('a connection is not kept for a call that may come when its server has closed it', async () => {
  let connection: string | undefined
  server.routes.set('/document', (request, response) => {
    connection = request.headers.connection
    response.end('{}')
  })
  expect(await getDocument(at('/document'), limits)).toEqual({ status: 200, body: {}, retryAfter: undefined })
  expect(connection).toBe('close')
})

describe('with a proxy in the environment', () => {
  const names = ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']
  const before = Object.fromEntries(names.map((name) => [name, process.env[name]]))
  let proxy: Server
  let proxied: string[]

  beforeEach(async () => {
    proxied = []
    proxy = createServer((request, response) => {
      proxied.push(`${request.method} ${request.url}`)
      response.end('{}')
    })
    proxy.on('connect', (request: IncomingMessage, socket: Duplex) => {
      proxied.push(`${request.method} ${request.url}`)
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
    })
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
    for (const name of names) delete process.env[name]
    Object.assign(process.env, { http_proxy: address, https_proxy: address })
  })
  afterEach(async () => {
    for (const name of names) delete process.env[name]
    Object.assign(process.env, Object.fromEntries(Object.entries(before).filter(([, value]) => value !== undefined)))
    proxy.closeAllConnections()
    await new Promise((resolve) => proxy.close(resolve))
  })

  const post = (url: URL): Promise<unknown> => postForm(url, new URLSearchParams({ secret: 'S3cret' }), limits)

  test('a service on this machine is called at once, so that the proxy does not read the secret', async () => {
    server.routes.set('/token', {})
    await post(at('/token'))
    expect([server.requests, proxied]).toEqual([['/token'], []])
  })

  test('a service elsewhere is called through a tunnel', async () => {
    await post(new URL('https://login.test/token')).catch(() => {})
    expect(proxied).toEqual(['CONNECT login.test:443'])
  })
})

describe('certificates', () => {
  test('of a host that nobody vouches for are refused', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const cert = createCertificate({ subject: 'localhost', publicKey, privateKey })
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' })
    const secure = createSecureServer({ key, cert }, (_request, response) => response.end('{"keys":[]}'))
    await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve))
    const url = new URL(`https://localhost:${(secure.address() as AddressInfo).port}/keys`)
    await expect(getDocument(url, limits)).rejects.toMatchObject({ reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
    secure.closeAllConnections()
    await new Promise((resolve) => secure.close(resolve))
  })

  test('are verified whatever NODE_TLS_REJECT_UNAUTHORIZED says', async () => {
    const { defaults } = await httpClient()
    expect(defaults).toMatchObject({ httpsAgent: { options: { rejectUnauthorized: true } } })
  })
})

test('a redirect is an answer', async () => {
  server.routes.set('/document', (_request, response) => response.writeHead(302, { location: '/other' }).end())
  expect(await getDocument(at('/document'), limits)).toMatchObject({ status: 302, body: undefined })
  expect(server.requests).toEqual(['/document'])
})

test('a failed call names its address and reason, and holds nothing of the form', async () => {
  server.routes.set('/token?x=S3cret', (_request, response) => response.destroy())
  const error: unknown = await postForm(at('/token?x=S3cret'), new URLSearchParams({ secret: 'S3cret' }), limits).catch(
    (thrown: unknown) => thrown,
  )
  expect(error).toMatchObject({ code: 'AUTH_IDENTITY_UNREACHABLE', reason: 'ECONNRESET' })
  expect(inspect(error, { depth: null, showHidden: true })).not.toContain('S3cret')
})
