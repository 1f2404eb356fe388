import { inspect } from 'node:util'
import { IdentityServer } from '../test/identity-server.ts'
import { getDocument, postForm } from './identity-http.ts'

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
