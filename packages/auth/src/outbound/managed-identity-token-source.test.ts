import http from 'node:http'
import { silentLogger } from '@parley/core'
import type { TokenSource } from '@parley/core'
import { IdentityServer } from '../../test/identity-server.ts'
import { fail, issue, ScriptedEndpoint } from '../../test/scripted-endpoint.ts'
import type { Answer } from '../../test/scripted-endpoint.ts'
import { AUDIENCE, tokenSourceSuite } from '../../test/token-source-suite.ts'
import { managedIdentityEndpointFrom } from './managed-identity-endpoint.ts'
import type { ManagedIdentityEndpoint } from './managed-identity-endpoint.ts'
import { createManagedIdentityTokenSource } from './managed-identity-token-source.ts'
import type { ManagedIdentityOptions } from './managed-identity-token-source.ts'

const APP = '11111111-1111-4111-8111-111111111111'
const HEADER = 'S3cret-header'
const RESOURCE = 'resource=https%3A%2F%2Fapi.botframework.com'
const IMDS_PATH = `/metadata/identity/oauth2/token?api-version=2018-02-01&${RESOURCE}`
const APP_SERVICE_PATH = `/msi/token?api-version=2019-08-01&${RESOURCE}`

let server: IdentityServer
let endpoint: ScriptedEndpoint
let nowMs: number
let waits: number[]

beforeAll(async () => {
  server = await IdentityServer.start()
})

beforeEach(() => {
  endpoint = new ScriptedEndpoint(server, `${IMDS_PATH}&client_id=${APP}`)
  nowMs = 1_000
  waits = []
})

afterAll(() => server.close())

const imds = (url = server.url): ManagedIdentityEndpoint => ({
  kind: 'imds',
  url: `${url}/metadata/identity/oauth2/token`,
})

const appService = (url = server.url): ManagedIdentityEndpoint =>
  managedIdentityEndpointFrom({ IDENTITY_ENDPOINT: `${url}/msi/token`, IDENTITY_HEADER: HEADER })

const tokenSource = (options: Partial<ManagedIdentityOptions> = {}): TokenSource =>
  createManagedIdentityTokenSource({
    appId: APP,
    endpoint: imds(),
    logger: silentLogger,
    now: () => nowMs,
    delay: async (ms) => {
      waits.push(ms)
      nowMs += ms
    },
    ...options,
  })

describe('the metadata service', () => {
  test('is asked for the audience and the identity, with its header', async () => {
    expect(await tokenSource().getToken(AUDIENCE)).toBe('token-1')
    expect(endpoint.asked[0]?.headers).toMatchObject({ metadata: 'true' })
    expect(endpoint.asked[0]?.headers).not.toHaveProperty('x-identity-header')
  })

  test('is asked for the identity of the system when no other is named', async () => {
    endpoint = new ScriptedEndpoint(server, IMDS_PATH)
    expect(await tokenSource({ appId: undefined }).getToken(AUDIENCE)).toBe('token-1')
  })

  test('gives numbers as text', async () => {
    endpoint.script(issue({ expires_in: '86399', expires_on: '1', not_before: '1' }))
    const source = tokenSource()
    await source.getToken(AUDIENCE)
    nowMs += 19 * 3_600_000
    expect(await source.getToken(AUDIENCE)).toBe('token-1')
  })

  test.each([404, 410, 429, 500, 503])('is asked again after %s, not before a second has passed', async (status) => {
    endpoint.script(fail(status), issue())
    expect(await tokenSource().getToken(AUDIENCE)).toBe('token-1')
    expect(waits).toHaveLength(1)
    expect(waits[0]).toBeGreaterThanOrEqual(1_000)
  })

  test('that is being updated for longer than a turn may wait serves a later turn', async () => {
    endpoint.script(fail(410))
    const source = tokenSource()
    await expect(source.getToken(AUDIENCE)).rejects.toMatchObject({ code: 'AUTH_TOKEN_UNAVAILABLE', retryable: true })
    expect(nowMs).toBeLessThanOrEqual(11_000)
    endpoint.script(issue())
    expect(await source.getToken(AUDIENCE)).toBe('token-1')
  })

  test.each([405, 415])('that answers %s is not asked twice', async (status) => {
    endpoint.script(fail(status))
    await expect(tokenSource().getToken(AUDIENCE)).rejects.toMatchObject({ retryable: false })
    expect(endpoint.asked).toHaveLength(1)
  })

  test('is the default, and at no other address', () => {
    expect(managedIdentityEndpointFrom({})).toEqual({ kind: 'imds' })
    expect(() => createManagedIdentityTokenSource()).not.toThrow()
  })
})

describe('App Service', () => {
  beforeEach(() => {
    endpoint = new ScriptedEndpoint(server, `${APP_SERVICE_PATH}&client_id=${APP}`)
  })

  test('is asked with the header it gave to the app', async () => {
    expect(await tokenSource({ endpoint: appService() }).getToken(AUDIENCE)).toBe('token-1')
    expect(endpoint.asked[0]?.headers).toMatchObject({ 'x-identity-header': HEADER })
    expect(endpoint.asked[0]?.headers).not.toHaveProperty('metadata')
  })

  test('says when a token ends instead of how long it lives', async () => {
    const inAnHour = String(Math.floor(Date.now() / 1000) + 3600)
    endpoint.script(issue({ expires_in: undefined, expires_on: inAnHour }))
    const source = tokenSource({ endpoint: appService() })
    await source.getToken(AUDIENCE)
    nowMs += 45 * 60_000
    expect(await source.getToken(AUDIENCE)).toBe('token-1')
    nowMs += 11 * 60_000
    expect(await source.getToken(AUDIENCE)).toBe('token-2')
  })

  test('whose token has ended already gives none', async () => {
    endpoint.script(issue({ expires_in: undefined, expires_on: '1600000000' }))
    await expect(tokenSource({ endpoint: appService() }).getToken(AUDIENCE)).rejects.toMatchObject({
      code: 'AUTH_TOKEN_UNAVAILABLE',
    })
  })
})

describe('an identity', () => {
  const missing: [string, Answer][] = [
    ['the metadata service', fail(400, { error: 'invalid_request', error_description: 'Identity not found' })],
    ['App Service', fail(400, { statusCode: 400, message: 'No User Assigned or Delegated Managed Identity found' })],
    ['a proxy of Kubernetes', fail(403)],
  ]

  test.each(missing)(
    'that this host does not have is refused by %s, and the error says where to look',
    async (_, answer) => {
      endpoint.script(answer)
      await expect(tokenSource().getToken(AUDIENCE)).rejects.toMatchObject({
        code: 'AUTH_CREDENTIALS_REFUSED',
        message: expect.stringContaining('assigned to this host') as string,
      })
    },
  )

  test('of the system that this host does not have is told from a user-assigned one', async () => {
    endpoint = new ScriptedEndpoint(server, IMDS_PATH)
    endpoint.script(fail(400, { error: 'invalid_request' }))
    await expect(tokenSource({ appId: undefined }).getToken(AUDIENCE)).rejects.toMatchObject({
      facts: { appId: '(system-assigned identity)' },
      message: expect.stringContaining('has a system-assigned identity') as string,
    })
  })

  test.each<[string, Answer]>([
    ['an unknown resource', fail(400, { error: 'invalid_resource', error_description: 'AADSTS50001: prose' })],
    ['a resource of another tenant', fail(400, { message: 'AADSTS500011: prose' })],
  ])('is not blamed for %s: calls for other audiences go on', async (_, answer) => {
    endpoint.script(issue())
    server.routes.set(`/metadata/identity/oauth2/token?api-version=2018-02-01&resource=other&client_id=${APP}`, answer)
    const source = tokenSource()
    await expect(source.getToken('other')).rejects.toMatchObject({ code: 'AUTH_TOKEN_UNAVAILABLE', retryable: false })
    expect(await source.getToken(AUDIENCE)).toBe('token-1')
  })
})

describe('an endpoint', () => {
  test.each([
    'http://127.0.0.1:41741/MSI/token/',
    'http://localhost:42356/msi/token',
    'http://169.254.129.2:8081/msi/token',
    'http://172.16.0.1:8081/msi/token',
    'http://10.0.0.1/token',
    'http://192.168.0.1/token',
  ])('may be at %s', (url) => {
    const options = { endpoint: { kind: 'appService', url, header: HEADER } } as const
    expect(() => createManagedIdentityTokenSource(options)).not.toThrow()
  })

  test.each([
    ['on the internet', { kind: 'appService', url: 'http://evil.test/', header: HEADER }, 'endpoint.url'],
    ['on a public address', { kind: 'appService', url: 'http://172.32.0.1/', header: HEADER }, 'endpoint.url'],
    ['with a name that begins like ours', { kind: 'imds', url: 'http://169.254.evil.test/' }, 'endpoint.url'],
    ['over https', { kind: 'appService', url: 'https://localhost:2377/', header: HEADER }, 'endpoint.url'],
    ['without an address', { kind: 'appService', url: '', header: HEADER }, 'endpoint.url'],
    ['without a header', { kind: 'appService', url: 'http://127.0.0.1/', header: '' }, 'endpoint.header'],
    [
      'with two headers in one',
      { kind: 'appService', url: 'http://127.0.0.1/', header: 'a\r\nb: c' },
      'endpoint.header',
    ],
  ] as [string, ManagedIdentityEndpoint, string][])('%s is refused at once', (_, given, option) => {
    expect(() => createManagedIdentityTokenSource({ endpoint: given })).toThrow(
      expect.objectContaining({ code: 'AUTH_CREDENTIAL_INVALID', option }),
    )
  })

  test.each([
    ['IDENTITY_HEADER', { IDENTITY_ENDPOINT: 'http://127.0.0.1/' }],
    ['IDENTITY_ENDPOINT', { IDENTITY_HEADER: HEADER }],
  ])('of a platform that did not set %s is refused at once', (option, variables) => {
    expect(() => managedIdentityEndpointFrom(variables)).toThrow(
      expect.objectContaining({ code: 'AUTH_CREDENTIAL_INVALID', option }),
    )
  })

  test('is the one of the platform among all the variables of a process', () => {
    const env: NodeJS.ProcessEnv = { PATH: '/bin', IDENTITY_ENDPOINT: 'http://127.0.0.1/', IDENTITY_HEADER: HEADER }
    expect(managedIdentityEndpointFrom(env)).toEqual({ kind: 'appService', url: 'http://127.0.0.1/', header: HEADER })
  })
})

describe('a proxy', () => {
  const VARIABLES = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy']
  let proxy: IdentityServer
  let before: (string | undefined)[]
  let globalAgent: http.Agent

  beforeEach(async () => {
    proxy = await IdentityServer.start()
    before = VARIABLES.map((name) => process.env[name])
    for (const name of VARIABLES) process.env[name] = proxy.url
    globalAgent = http.globalAgent
    http.globalAgent = new http.Agent({ host: 'proxy', lookup: () => {} })
    http.globalAgent.createConnection = () => {
      throw new Error('The process-wide agent was used.')
    }
  })

  afterEach(async () => {
    http.globalAgent = globalAgent
    for (const [index, name] of VARIABLES.entries()) {
      const value = before[index]
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
    await proxy.close()
  })

  test.each([
    ['the metadata service', imds, `${IMDS_PATH}&client_id=${APP}`],
    ['App Service', appService, `${APP_SERVICE_PATH}&client_id=${APP}`],
  ])('that the process uses never sees the questions to %s', async (_, where, path) => {
    endpoint = new ScriptedEndpoint(server, path)
    expect(await tokenSource({ endpoint: where() }).getToken(AUDIENCE)).toBe('token-1')
    expect(proxy.requests).toEqual([])
  })
})

describe('a source with a managed identity of the metadata service', () => {
  tokenSourceSuite({
    path: `${IMDS_PATH}&client_id=${APP}`,
    create: (url, options) => createManagedIdentityTokenSource({ ...options, appId: APP, endpoint: imds(url) }),
    secrets: () => [],
  })
})

describe('a source with a managed identity of App Service', () => {
  tokenSourceSuite({
    path: APP_SERVICE_PATH,
    create: (url, options) => createManagedIdentityTokenSource({ ...options, endpoint: appService(url) }),
    secrets: () => [HEADER],
  })
})
