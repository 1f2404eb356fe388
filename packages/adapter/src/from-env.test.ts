import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { inspect } from 'node:util'
import { verify } from 'jsonwebtoken'
import { anonymousTokenSource, localCloud } from '@parley/auth'
import { silentLogger } from '@parley/core'
import type { Logger } from '@parley/core'
import { CloudAdapter } from './cloud-adapter.ts'
import { optionsFromEnv } from './from-env.ts'
import type { Environment } from './from-env.ts'

const AUDIENCE = 'https://api.botframework.com'
const TENANT = '22222222-2222-4222-8222-222222222222'
const THUMBPRINT = 'AB'.repeat(32)
const key = generateKeyPairSync('rsa', { modulusLength: 2048 })
const privateKey = key.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string

const secretBot = { MicrosoftAppId: 'id', MicrosoftAppPassword: 'secret' }
const certificateBot = { MicrosoftAppId: 'id', CertificateThumbprint: THUMBPRINT, CertificatePrivateKey: privateKey }
const tenant = { MicrosoftAppTenantId: TENANT }
const managedBot = { MicrosoftAppId: 'id', MicrosoftAppType: 'UserAssignedMsi', ...tenant }
const platform = { IDENTITY_ENDPOINT: 'http://127.0.0.1:1/msi/token', IDENTITY_HEADER: 'S3cret' }

test('the names of SDK v4 are read', () => {
  const env = { ...secretBot, ...tenant, MicrosoftAppType: 'SingleTenant' }
  expect(optionsFromEnv(env)).toMatchObject({
    appId: 'id',
    appPassword: 'secret',
    tenantId: TENANT,
    cloud: { name: 'public' },
  })
})

test.each([
  ['', 'public'],
  ['https://botframework.azure.us', 'usGov'],
  ['http://127.0.0.1:4000', 'local'],
])('ChannelService "%s" is the cloud %s', (ChannelService, name) => {
  expect(optionsFromEnv({ ChannelService }).cloud).toMatchObject({ name })
})

test.each([
  ['MultiTenant', undefined],
  ['singletenant', TENANT],
  ['USERASSIGNEDMSI', TENANT],
])('MicrosoftAppType %s, in whatever letters, has the tenant %s', (MicrosoftAppType, tenantId) => {
  const env = { ...tenant, MicrosoftAppType, MicrosoftAppId: 'id' }
  expect(optionsFromEnv(env, { tokens: anonymousTokenSource }).tenantId).toBe(tenantId)
})

test('blank variables count as not set', () => {
  const env = { MicrosoftAppId: ' ', MicrosoftAppPassword: '', MicrosoftAppType: '', CertificateThumbprint: ' ' }
  expect(optionsFromEnv(env)).toMatchObject({ appId: undefined, cloud: { name: 'public' } })
})

describe('the token of a bot', () => {
  interface Asked {
    readonly url: string
    readonly headers: IncomingHttpHeaders
    readonly form: Record<string, string>
  }

  let server: Server
  let identity: string
  let asked: Asked[]
  let directory: string

  beforeEach(async () => {
    asked = []
    server = createServer((request, response) => {
      void text(request).then((body) => {
        const form = Object.fromEntries(new URLSearchParams(body))
        asked.push({ url: request.url ?? '', headers: request.headers, form })
        response.end(JSON.stringify({ token_type: 'Bearer', expires_in: 3600, access_token: 'token' }))
      })
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    identity = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    directory = await mkdtemp(join(tmpdir(), 'parley-env-'))
  })

  afterEach(async () => {
    server.close()
    await rm(directory, { recursive: true })
  })

  const tokenOf = (env: Environment): Promise<string | undefined> | undefined =>
    optionsFromEnv({ ChannelService: identity, ...env }).tokens?.getToken(AUDIENCE)

  test.each([
    ['as it is', privateKey, THUMBPRINT],
    ['with its line breaks written as \\n', privateKey.replaceAll('\n', '\\n'), 'CD'.repeat(20)],
  ])('with a certificate, its key %s, is had with an assertion of that key', async (_, pem, thumbprint) => {
    const env = { ...certificateBot, CertificatePrivateKey: pem, CertificateThumbprint: thumbprint }
    expect(await tokenOf(env)).toBe('token')
    const { header, payload } = verify(asked[0]?.form['client_assertion'] ?? '', key.publicKey, { complete: true })
    const isSha256 = thumbprint === THUMBPRINT
    const value = Buffer.from(thumbprint, 'hex').toString('base64url')
    expect(header).toEqual({
      typ: 'JWT',
      ...(isSha256 ? { alg: 'PS256', 'x5t#S256': value } : { alg: 'RS256', x5t: value }),
    })
    expect(payload).toMatchObject({ iss: 'id', aud: `${identity}/botframework.com/oauth2/v2.0/token` })
  })

  test('of a single tenant with a certificate comes from that tenant', async () => {
    expect(await tokenOf({ ...certificateBot, ...tenant, MicrosoftAppType: 'SingleTenant' })).toBe('token')
    expect(asked[0]?.url).toBe(`/${TENANT}/oauth2/v2.0/token`)
  })

  test('with a workload identity is had with what the platform has put into the file', async () => {
    const AZURE_FEDERATED_TOKEN_FILE = join(directory, 'token')
    await writeFile(AZURE_FEDERATED_TOKEN_FILE, 'projected')
    const env = { MicrosoftAppId: 'id', MicrosoftAppType: 'SingleTenant', ...tenant, AZURE_FEDERATED_TOKEN_FILE }
    expect(await tokenOf(env)).toBe('token')
    expect(asked[0]).toMatchObject({
      url: `/${TENANT}/oauth2/v2.0/token`,
      form: { client_id: 'id', client_assertion: 'projected' },
    })
  })

  test('with a managed identity is had from the endpoint of the platform', async () => {
    const env = { ...managedBot, IDENTITY_ENDPOINT: `${identity}/msi/token`, IDENTITY_HEADER: 'header' }
    expect(await tokenOf(env)).toBe('token')
    expect(asked[0]).toMatchObject({
      url: '/msi/token?api-version=2019-08-01&resource=https%3A%2F%2Fapi.botframework.com&client_id=id',
      headers: { 'x-identity-header': 'header' },
    })
  })

  test('that cannot be had is told to the logger of the adapter', async () => {
    const said: object[] = []
    const logger: Logger = { ...silentLogger, error: (facts) => said.push(facts) }
    const env = { MicrosoftAppId: 'id', AZURE_FEDERATED_TOKEN_FILE: join(directory, 'none') }
    const { tokens, logger: given } = optionsFromEnv(env, { logger })
    await expect(tokens?.getToken(AUDIENCE)).rejects.toMatchObject({ code: 'AUTH_ASSERTION_UNAVAILABLE' })
    expect(said).toMatchObject([{ ev: 'auth.token_failed' }])
    expect(given).toBe(logger)
  })

  test('comes from the cloud and the tenant that are given in code', async () => {
    const overrides = { cloud: localCloud(identity), tenantId: 'theirs', appId: 'other' }
    expect(await optionsFromEnv(certificateBot, overrides).tokens?.getToken(AUDIENCE)).toBe('token')
    expect(asked[0]).toMatchObject({ url: '/theirs/oauth2/v2.0/token', form: { client_id: 'other' } })
  })
})

describe('a credential', () => {
  test('of the metadata service needs nothing but id and tenant', () => {
    const { tokens, appPassword, appId, tenantId } = optionsFromEnv(managedBot)
    expect(tokens).toBeDefined()
    expect({ appPassword, appId, tenantId }).toEqual({ appPassword: undefined, appId: 'id', tenantId: TENANT })
  })

  test('of the platform gives way to a secret', () => {
    const options = optionsFromEnv({ ...secretBot, AZURE_FEDERATED_TOKEN_FILE: '/none' })
    expect(options).toMatchObject({ appPassword: 'secret' })
    expect(options.tokens).toBeUndefined()
  })

  test('of the platform is passed over by a bot without an app id', () => {
    expect(optionsFromEnv({ AZURE_FEDERATED_TOKEN_FILE: '/none', ...platform }).tokens).toBeUndefined()
  })

  test.each<[string, object]>([
    ['tokens', { tokens: anonymousTokenSource }],
    ['a password', { appPassword: 'given' }],
  ])('of the environment is not needed, nor looked at, beside %s given in code', (_, given) => {
    const env = { MicrosoftAppId: 'id', CertificateThumbprint: 'broken' }
    expect(optionsFromEnv(env, given)).toMatchObject({ appId: 'id', ...given })
  })

  test('makes an adapter', () => {
    expect(CloudAdapter.fromEnv({}, certificateBot).appId).toBe('id')
  })
})

describe('at start', () => {
  test.each([
    ['an unknown ChannelService', { ChannelService: 'https://evil.example' }],
    ['a local service on another machine', { ChannelService: 'http://192.0.2.1' }],
  ])('%s is refused', (_, env) => {
    expect(() => CloudAdapter.fromEnv({}, env)).toThrow(expect.objectContaining({ code: 'AUTH_CLOUD_INVALID' }))
  })

  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
  const weakPem = weak.export({ type: 'pkcs8', format: 'pem' }) as string
  const encrypted = key.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })

  test.each<[string, Environment, string[]]>([
    ['an unknown app type', { MicrosoftAppType: 'Maybe' }, ['MicrosoftAppType', 'UserAssignedMsi']],
    ['a single tenant without its id', { MicrosoftAppType: 'SingleTenant' }, ['MicrosoftAppTenantId']],
    ['a managed identity without its tenant', { ...managedBot, MicrosoftAppTenantId: '' }, ['MicrosoftAppTenantId']],
    ['a managed identity without its id', { ...managedBot, MicrosoftAppId: '' }, ['MicrosoftAppId']],
    ['a managed identity with a secret', { ...managedBot, ...secretBot }, ['UserAssignedMsi', 'MicrosoftAppPassword']],
    ['a managed identity with a certificate', { ...certificateBot, ...managedBot }, ['CertificateThumbprint']],
    ['half a platform', { ...managedBot, ...platform, IDENTITY_HEADER: '' }, ['IDENTITY_HEADER', 'IDENTITY_ENDPOINT']],
    ['the other half', { ...managedBot, ...platform, IDENTITY_ENDPOINT: '' }, ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER']],
    [
      'a platform elsewhere',
      { ...managedBot, ...platform, IDENTITY_ENDPOINT: 'http://evil.example/' },
      ['IDENTITY_ENDPOINT', 'on this host'],
    ],
    [
      'a platform whose header cannot be sent',
      { ...managedBot, ...platform, IDENTITY_HEADER: 'S3cret two' },
      ['IDENTITY_HEADER', 'plain text'],
    ],
    ['an app id alone', { MicrosoftAppId: 'id' }, ['MicrosoftAppPassword', 'CertificateThumbprint', 'UserAssignedMsi']],
    ['a secret alone', { MicrosoftAppPassword: 'secret' }, ['MicrosoftAppPassword', 'MicrosoftAppId']],
    ['a certificate alone', { ...certificateBot, MicrosoftAppId: '' }, ['CertificateThumbprint', 'MicrosoftAppId']],
    ['a key without a thumbprint', { ...certificateBot, CertificateThumbprint: '' }, ['CertificateThumbprint']],
    ['a thumbprint without a key', { ...certificateBot, CertificatePrivateKey: '' }, ['CertificatePrivateKey']],
    ['two credentials', { ...certificateBot, ...secretBot }, ['MicrosoftAppPassword', 'CertificateThumbprint']],
    ['an odd thumbprint', { ...certificateBot, CertificateThumbprint: 'abc' }, ['CertificateThumbprint', '64 hex']],
    ['no PEM', { ...certificateBot, CertificatePrivateKey: 'MIIE' }, ['CertificatePrivateKey', 'BEGIN PRIVATE KEY']],
    ['a weak key', { ...certificateBot, CertificatePrivateKey: weakPem }, ['CertificatePrivateKey', '2048']],
    [
      'an encrypted key',
      { ...certificateBot, CertificatePrivateKey: encrypted as string },
      ['CertificatePrivateKey', 'passphrase'],
    ],
    ['no app id in production', { NODE_ENV: 'production' }, ['MicrosoftAppId']],
  ])('%s is refused, and the message names what to set', (_, env, names) => {
    const error = failureOf(() => CloudAdapter.fromEnv({}, env))
    expect(error).toMatchObject({ code: 'ADAPTER_OPTIONS_INVALID' })
    for (const name of names) expect(error.message).toContain(name)
    const picture = inspect(error, { depth: null, showHidden: true })
    expect(picture).not.toContain('S3cret')
    for (const line of privateKey.split('\n').filter((part) => /^[\w+/=]{8,}$/.test(part))) {
      expect(picture).not.toContain(line)
    }
  })

  function failureOf(attempt: () => unknown): Error {
    try {
      attempt()
    } catch (error) {
      return error as Error
    }
    throw new Error('Nothing was thrown.')
  }
})
