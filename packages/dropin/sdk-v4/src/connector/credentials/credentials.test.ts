import { generateKeyPairSync } from 'node:crypto'
import { inspect } from 'node:util'
import { TestServer } from '../../../test/test-server.ts'
import { createWebResource } from '../../stdlib/index.ts'
import {
  AppCredentials,
  CertificateAppCredentials,
  CertificateServiceClientCredentialsFactory,
  FederatedAppCredentials,
  FederatedServiceClientCredentialsFactory,
  JwtTokenProviderFactory,
  ManagedIdentityAppCredentials,
  ManagedIdentityAuthenticator,
  ManagedIdentityServiceClientCredentialsFactory,
  MicrosoftAppCredentials,
  MicrosoftGovernmentAppCredentials,
  MsalAppCredentials,
  MsalServiceClientCredentialsFactory,
  PasswordServiceClientCredentialFactory,
  SimpleCredentialProvider,
  TokenCredentials,
} from '../index.ts'
import type { AuthenticatorResult, IJwtTokenProviderFactory } from '../index.ts'

const HOUR = 3_600_000
const PUBLIC = 'https://login.microsoftonline.com/botframework.com'

let login: TestServer
let issued: number

beforeAll(async () => {
  login = await TestServer.start()
})

beforeEach(() => {
  issued = 0
  login.reset(() => ({ body: { token_type: 'Bearer', expires_in: 3600, access_token: `token-${(issued += 1)}` } }))
})

afterAll(() => login.close())

/** Its tokens are counted; an app id of its own for every test, because v4's cache is for all. */
class Counted extends AppCredentials {
  refreshed = 0
  lifeMs = HOUR

  constructor() {
    super(`app-${Math.random()}`)
  }

  protected async refreshToken(): Promise<AuthenticatorResult> {
    this.refreshed += 1
    return { accessToken: `t${this.refreshed}`, expiresOn: new Date(Date.now() + this.lifeMs) }
  }
}

async function authorizationOf(credentials: {
  signRequest: AppCredentials['signRequest']
}): Promise<string | undefined> {
  return (await credentials.signRequest(createWebResource({ url: 'https://x.test' }))).headers.get('Authorization')
}

describe('AppCredentials', () => {
  test('have the scope, the endpoint and the cache key of v4', () => {
    const credentials = new MicrosoftAppCredentials('id', 'secret')
    expect(credentials).toMatchObject({
      oAuthScope: 'https://api.botframework.com',
      oAuthEndpoint: PUBLIC,
      tokenCacheKey: 'idhttps://api.botframework.com-cache',
    })
    credentials.oAuthScope = 'other'
    expect(credentials.tokenCacheKey).toBe('idother-cache')
    expect(new MicrosoftAppCredentials('id', 'secret', 'tenant', 's').oAuthEndpoint).toBe(
      'https://login.microsoftonline.com/tenant',
    )
  })

  test('have a tenant, which may be set without moving the endpoint', () => {
    const credentials = new MicrosoftAppCredentials('id', 'secret', 'tenant')
    expect(credentials.tenant).toBe('tenant')
    credentials.tenant = 'other'
    expect(credentials).toMatchObject({
      tenant: 'other',
      oAuthEndpoint: 'https://login.microsoftonline.com/tenant',
    })
    credentials.tenant = ''
    expect(credentials.tenant).toBe('botframework.com')
  })

  test('of a government have its addresses', () => {
    expect(new MicrosoftGovernmentAppCredentials('id', 'secret')).toMatchObject({
      oAuthScope: 'https://api.botframework.us',
      oAuthEndpoint: 'https://login.microsoftonline.us/MicrosoftServices.onmicrosoft.us',
    })
  })

  test('keep a token until five minutes before its end', async () => {
    const credentials = new Counted()
    expect(await credentials.getToken()).toBe('t1')
    expect(await credentials.getToken()).toBe('t1')
    expect(await credentials.getToken(true)).toBe('t2')
    const short = new Counted()
    short.lifeMs = 4 * 60_000
    await short.getToken()
    expect(await short.getToken()).toBe('t2')
  })

  test('need a token', async () => {
    const credentials = new Counted()
    Object.assign(credentials, { refreshToken: async () => null })
    await expect(credentials.getToken()).rejects.toThrow('Authentication: No response or error received from MSAL.')
  })

  test('sign a request', async () => {
    expect(await authorizationOf(new Counted())).toBe('Bearer t1')
  })

  test.each([
    ['empty ones', new MicrosoftAppCredentials('', '')],
    ['Empty', MicrosoftAppCredentials.Empty],
    ['those of the anonymous skill', new MicrosoftAppCredentials('AnonymousSkill', 'x')],
    ['Empty of MSAL', MsalAppCredentials.Empty],
  ])('%s leave a request unsigned', async (_, credentials) => {
    expect(await authorizationOf(credentials)).toBeUndefined()
  })

  test('trust every service, as v4 does', () => {
    AppCredentials.trustServiceUrl('https://x.test')
    expect(MicrosoftAppCredentials.isTrustedServiceUrl('https://y.test')).toBe(true)
  })
})

describe('MicrosoftAppCredentials', () => {
  function atLogin(appId: string, tenant = 'tenant'): MicrosoftAppCredentials {
    const credentials = new MicrosoftAppCredentials(appId, 'secret', undefined, 'https://service.test')
    credentials.oAuthEndpoint = `${login.url}/${tenant}`
    return credentials
  }

  test('ask the tenant of their endpoint, once for all credentials of an app', async () => {
    expect(await atLogin('app-1').getToken()).toBe('token-1')
    expect(await atLogin('app-1').getToken()).toBe('token-1')
    expect(login.seen).toHaveLength(1)
    expect(login.last.url).toBe('/tenant/oauth2/v2.0/token')
    expect(Object.fromEntries(new URLSearchParams(login.last.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'app-1',
      client_secret: 'secret',
      scope: 'https://service.test/.default',
    })
  })

  test('get another token when they are forced to', async () => {
    const credentials = atLogin('app-2')
    await credentials.getToken()
    expect(await credentials.getToken(true)).toBe('token-2')
  })

  test('without an app id or a password say so', async () => {
    const empty = new MicrosoftAppCredentials(undefined as never, undefined as never)
    await expect(empty.getToken()).rejects.toThrow('getToken should not be called for empty credentials.')
    await expect(new MicrosoftAppCredentials('app-3', '').getToken()).rejects.toThrow('set MicrosoftAppPassword')
  })
})

test('a certificate signs what is sent for it', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const credentials = new CertificateAppCredentials('app-4', 'A'.repeat(40), pem)
  credentials.oAuthEndpoint = `${login.url}/tenant`
  expect(await credentials.getToken()).toBe('token-1')
  expect(new URLSearchParams(login.last.body).get('client_assertion')?.split('.')).toHaveLength(3)
})

describe('a client of MSAL', () => {
  const requests: object[] = []
  const client = {
    acquireTokenByClientCredential: async (request: object) => {
      requests.push(request)
      return { accessToken: 'from-msal', expiresOn: new Date(Date.now() + HOUR) }
    },
  }

  test('is asked when it is given', async () => {
    const credentials = new MsalAppCredentials(client, 'app-5', PUBLIC, 'https://service.test')
    expect(await credentials.getToken()).toBe('from-msal')
    expect(requests).toEqual([{ scopes: ['https://service.test/.default'], skipCache: true }])
  })

  test('that gives nothing is an error', async () => {
    const none = { acquireTokenByClientCredential: async () => null }
    const call = new MsalAppCredentials(none, 'app-6', PUBLIC, 's').getToken()
    await expect(call).rejects.toThrow('Authentication: No access token received from MSAL.')
  })

  test('is not needed for a password', async () => {
    const credentials = new MsalAppCredentials('app-7', 'secret', `${login.url}/tenant`, 'https://service.test')
    expect(await credentials.getToken()).toBe('token-1')
    expect(credentials.oAuthEndpoint).toBe(PUBLIC)
  })
})

describe('managed identities', () => {
  const asked: unknown[] = []
  const provider: IJwtTokenProviderFactory = {
    createAzureServiceTokenProvider: (appId) => ({
      getToken: async (scope) => {
        asked.push([appId, scope])
        return { token: 'from-platform', expiresOnTimestamp: Date.now() + HOUR }
      },
    }),
  }

  test('are asked through the provider', async () => {
    const credentials = new ManagedIdentityAppCredentials('app-8', 'https://service.test', provider)
    expect(await credentials.getToken()).toBe('from-platform')
    expect(asked).toEqual([['app-8', 'https://service.test/.default']])
  })

  test('of the platform are found by its variables', async () => {
    process.env['IDENTITY_ENDPOINT'] = `${login.url}/msi`
    process.env['IDENTITY_HEADER'] = 'header'
    try {
      const tokens = new JwtTokenProviderFactory().createAzureServiceTokenProvider('app-9')
      await expect(tokens.getToken('https://service.test/.default')).resolves.toMatchObject({ token: 'token-1' })
      expect(login.last.url).toContain('resource=https%3A%2F%2Fservice.test')
      const federated = new FederatedAppCredentials('app-10', 'app-9', undefined, 'https://service.test')
      federated.oAuthEndpoint = `${login.url}/tenant`
      await expect(federated.getToken()).resolves.toBe('token-3')
      expect(new URLSearchParams(login.last.body).get('client_assertion')).toBe('token-2')
    } finally {
      delete process.env['IDENTITY_ENDPOINT']
      delete process.env['IDENTITY_HEADER']
    }
  })
})

describe('what is missing is named', () => {
  const make =
    (Class: new (...parts: never[]) => object, ...parts: unknown[]) =>
    () =>
      new Class(...(parts as never[]))

  test.each<[() => object, string]>([
    [
      make(CertificateServiceClientCredentialsFactory),
      'CertificateServiceClientCredentialsFactory.constructor(): missing appId.',
    ],
    [
      make(CertificateServiceClientCredentialsFactory, 'id', 't'),
      'CertificateServiceClientCredentialsFactory.constructor(): missing certificatePrivateKey.',
    ],
    [
      make(CertificateServiceClientCredentialsFactory, 'id', ' ', 'k'),
      'CertificateServiceClientCredentialsFactory.constructor(): missing certificateThumbprint or x5c value.',
    ],
    [make(ManagedIdentityAppCredentials), 'ManagedIdentityAppCredentials.constructor(): missing appId.'],
    [
      make(ManagedIdentityAppCredentials, 'id', 's'),
      'ManagedIdentityAppCredentials.constructor(): missing tokenProviderFactory.',
    ],
    [make(ManagedIdentityAuthenticator), 'ManagedIdentityAuthenticator.constructor(): missing appId.'],
    [
      make(ManagedIdentityServiceClientCredentialsFactory),
      'ManagedIdentityServiceClientCredentialsFactory.constructor(): missing appId.',
    ],
    [
      make(ManagedIdentityServiceClientCredentialsFactory, 'id'),
      'ManagedIdentityServiceClientCredentialsFactory.constructor(): missing tokenProviderFactory.',
    ],
    [make(FederatedAppCredentials), 'FederatedAppCredentials.constructor(): missing appId.'],
    [
      make(FederatedServiceClientCredentialsFactory, 'id'),
      'FederatedServiceClientCredentialsFactory.constructor(): missing clientId.',
    ],
    [
      () => new JwtTokenProviderFactory().createAzureServiceTokenProvider(''),
      'jwtTokenProviderFactory.createAzureServiceTokenProvider(): missing appId.',
    ],
    [make(TokenCredentials), 'token cannot be null or undefined.'],
  ])('%#', (create, message) => {
    expect(create).toThrow(message)
  })
})

describe('factories', () => {
  const identities: IJwtTokenProviderFactory = {
    createAzureServiceTokenProvider: () => ({ getToken: async () => null }),
  }
  const password = new PasswordServiceClientCredentialFactory('id', 'secret', 'tenant')

  test.each([
    ['of a password', password, 'Invalid appId.'],
    [
      'of MSAL',
      new MsalServiceClientCredentialsFactory('id', { acquireTokenByClientCredential: async () => null }),
      'Invalid appId.',
    ],
    [
      'of a certificate',
      new CertificateServiceClientCredentialsFactory('id', 't', 'k'),
      'CertificateServiceClientCredentialsFactory.createCredentials(): Invalid Managed ID.',
    ],
    [
      'of a managed identity',
      new ManagedIdentityServiceClientCredentialsFactory('id', identities),
      'ManagedIdentityServiceClientCredentialsFactory.createCredentials(): Invalid Managed ID.',
    ],
    [
      'of a federated identity',
      new FederatedServiceClientCredentialsFactory('id', 'c'),
      'FederatedServiceClientCredentialsFactory.createCredentials(): Invalid App ID.',
    ],
  ])('%s knows its app and refuses others', async (_, factory, message) => {
    await expect(factory.isValidAppId('id')).resolves.toBe(true)
    await expect(factory.isValidAppId('other')).resolves.toBe(false)
    await expect(factory.isAuthenticationDisabled()).resolves.toBe(false)
    await expect(factory.createCredentials('id', 'audience', PUBLIC, true)).resolves.toMatchObject({
      oAuthScope: 'audience',
    })
    await expect(factory.createCredentials('other', 'audience', PUBLIC, true)).rejects.toThrow(message)
  })

  test.each([
    [PUBLIC, MicrosoftAppCredentials, 'https://login.microsoftonline.com/tenant'],
    [
      'https://login.microsoftonline.us/x',
      MicrosoftGovernmentAppCredentials,
      'https://login.microsoftonline.us/tenant',
    ],
    ['http://127.0.0.1:1/own', MicrosoftAppCredentials, 'http://127.0.0.1:1/own'],
    ['http://127.0.0.1:1/botframework.com', MicrosoftAppCredentials, 'http://127.0.0.1:1/tenant'],
    [
      'https://login.example.com/botframework.com',
      MicrosoftAppCredentials,
      'https://login.example.com/botframework.com',
    ],
  ])('a password at %s', async (endpoint, Class, oAuthEndpoint) => {
    const credentials = await password.createCredentials('id', 'audience', endpoint, true)
    expect(credentials).toBeInstanceOf(Class)
    expect(credentials).toMatchObject({ oAuthEndpoint })
  })

  test('without an app id let everybody in', async () => {
    const none = new PasswordServiceClientCredentialFactory('', '')
    await expect(none.isAuthenticationDisabled()).resolves.toBe(true)
    await expect(none.createCredentials('any', 'a', PUBLIC, true)).resolves.toBe(MicrosoftAppCredentials.Empty)
  })
})

test.each<[string, object]>([
  ['MicrosoftAppCredentials', new MicrosoftAppCredentials('id', 'S3cret')],
  ['CertificateAppCredentials', new CertificateAppCredentials('id', 't', 'S3cret')],
  ['MsalAppCredentials', new MsalAppCredentials('id', 'S3cret', PUBLIC, 's')],
  ['TokenCredentials', new TokenCredentials('S3cret')],
  ['SimpleCredentialProvider', new SimpleCredentialProvider('id', 'S3cret')],
  ['PasswordServiceClientCredentialFactory', new PasswordServiceClientCredentialFactory('id', 'S3cret')],
  ['CertificateServiceClientCredentialsFactory', new CertificateServiceClientCredentialsFactory('id', 't', 'S3cret')],
])('%s show no secret', (_, credentials) => {
  expect(JSON.stringify(credentials) + inspect(credentials, { depth: 9 })).not.toContain('S3cret')
})

test('a token is put on a request with its scheme', async () => {
  expect(await authorizationOf(new TokenCredentials('t'))).toBe('Bearer t')
  expect(await authorizationOf(new TokenCredentials('t', 'Own'))).toBe('Own t')
})
