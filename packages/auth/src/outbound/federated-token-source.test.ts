import { setTimeout } from 'node:timers/promises'
import { inspect } from 'node:util'
import { silentLogger } from '@parley/core'
import type { TokenSource } from '@parley/core'
import { verifyAssertion } from '../../test/assertion-verifier.ts'
import { IdentityServer } from '../../test/identity-server.ts'
import { fail, hang, issue, ScriptedEndpoint } from '../../test/scripted-endpoint.ts'
import type { Answer } from '../../test/scripted-endpoint.ts'
import { AUDIENCE, tokenSourceSuite } from '../../test/token-source-suite.ts'
import { createKey, signToken } from '../../test/tokens.ts'
import type { TestKey } from '../../test/tokens.ts'
import { localCloud, publicCloud, usGovCloud } from '../cloud.ts'
import { createFederatedTokenSource } from './federated-token-source.ts'
import type { AssertionProvider, FederatedOptions } from './federated-token-source.ts'
import { createManagedIdentityTokenSource } from './managed-identity-token-source.ts'
import { AssertionUnavailableError } from './token-errors.ts'

const APP = '11111111-1111-4111-8111-111111111111'
const TENANT = '22222222-2222-4222-8222-222222222222'
const TOKEN_PATH = `/${TENANT}/oauth2/v2.0/token`
const EXCHANGE = 'api://AzureADTokenExchange'
const ISSUER = 'https://provider.test'
const SUBJECT = 'the bot'

let provider: TestKey
let server: IdentityServer
let endpoint: ScriptedEndpoint

beforeAll(async () => {
  provider = await createKey('provider')
  server = await IdentityServer.start()
})

beforeEach(() => {
  endpoint = new ScriptedEndpoint(server, TOKEN_PATH)
  endpoint.script(verifying())
})

afterAll(() => server.close())

/** A token of the other provider. */
function providerToken(change: object = {}): string {
  const now = Math.floor(Date.now() / 1000)
  return signToken(provider, { iss: ISSUER, sub: SUBJECT, aud: EXCHANGE, nbf: now, exp: now + 600, ...change })
}

/** An identity service where the app trusts that provider. */
function verifying(): Answer {
  return (request, response, body) => {
    const trusted = { publicKey: provider.publicKey, algorithm: 'RS256', issuer: ISSUER, subject: SUBJECT } as const
    const result = verifyAssertion(body, { ...trusted, audience: EXCHANGE })
    const answer = 'header' in result ? issue() : fail(401, result)
    answer(request, response, body)
  }
}

const tokenSource = (options: Partial<FederatedOptions> = {}): TokenSource =>
  createFederatedTokenSource({
    appId: APP,
    assertion: async () => providerToken(),
    tenantId: TENANT,
    cloud: localCloud(server.url),
    delay: async () => {},
    ...options,
  })

/** A token source that remembers what it was asked. */
function recordingSource(give: (audience: string) => Promise<string | undefined>): TokenSource & { calls: unknown[] } {
  const calls: unknown[] = []
  return {
    calls,
    getToken(audience) {
      calls.push(['getToken', audience])
      return give(audience)
    },
    forget: (audience, token) => void calls.push(['forget', audience, token]),
  }
}

describe('a request', () => {
  test("carries the provider's token as the app's assertion", async () => {
    const assertion = providerToken()
    expect(await tokenSource({ assertion: async () => assertion }).getToken(AUDIENCE)).toBe('token-1')
    expect(Object.fromEntries(endpoint.form(0))).toEqual({
      grant_type: 'client_credentials',
      client_id: APP,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
      scope: 'https://api.botframework.com/.default',
    })
  })

  test('asks the provider anew on every try', async () => {
    let given = 0
    endpoint.script(fail(500), issue())
    await tokenSource({ assertion: async () => `assertion-${(given += 1)}` }).getToken(AUDIENCE)
    expect([0, 1].map((index) => endpoint.form(index).get('client_assertion'))).toEqual(['assertion-1', 'assertion-2'])
  })

  test("of a multi-tenant bot goes to the cloud's tenant", async () => {
    endpoint = new ScriptedEndpoint(server, '/botframework.com/oauth2/v2.0/token')
    expect(await tokenSource({ tenantId: undefined }).getToken(AUDIENCE)).toBe('token-1')
  })

  test('never leaves over plain http for another machine', () => {
    const cloud = { ...publicCloud, loginUrl: 'http://login.evil.test/' }
    expect(() => tokenSource({ cloud })).toThrow(expect.objectContaining({ code: 'AUTH_URL_INSECURE' }))
  })
})

describe('a token source as provider', () => {
  test.each([
    ['public Azure', publicCloud, undefined, EXCHANGE],
    ['the US Government', usGovCloud, undefined, 'api://AzureADTokenExchangeUSGov'],
    [
      'Azure in China',
      { ...publicCloud, loginUrl: 'https://login.partner.microsoftonline.cn/' },
      undefined,
      'api://AzureADTokenExchangeChina',
    ],
    ['an app that says so', publicCloud, 'api://ours', 'api://ours'],
  ])('is asked for the exchange audience of %s', async (_, cloud, assertionAudience, asked) => {
    const assertion = recordingSource(async () => undefined)
    await tokenSource({ assertion, cloud, assertionAudience })
      .getToken(AUDIENCE)
      .catch(() => {})
    expect(assertion.calls).toEqual([['getToken', asked]])
  })

  test('is told to forget an assertion that was refused', async () => {
    const expired = providerToken({ exp: Math.floor(Date.now() / 1000) - 1, nbf: 0 })
    const assertion = recordingSource(async () => expired)
    await expect(tokenSource({ assertion }).getToken(AUDIENCE)).rejects.toMatchObject({
      code: 'AUTH_CREDENTIALS_REFUSED',
      facts: { entraError: 'AADSTS700024' },
    })
    expect(assertion.calls).toEqual([
      ['getToken', EXCHANGE],
      ['forget', EXCHANGE, expired],
    ])
  })

  test('keeps an assertion with which the endpoint was only in trouble', async () => {
    const assertion = recordingSource(async () => providerToken())
    endpoint.script(fail(500))
    await tokenSource({ assertion })
      .getToken(AUDIENCE)
      .catch(() => {})
    expect(assertion.calls).toEqual([1, 2, 3].map(() => ['getToken', EXCHANGE]))
  })

  test('may be a managed identity', async () => {
    const managed = '33333333-3333-4333-8333-333333333333'
    const query = `api-version=2018-02-01&resource=${encodeURIComponent(EXCHANGE)}&client_id=${managed}`
    server.routes.set(`/imds?${query}`, { token_type: 'Bearer', expires_in: '86399', access_token: providerToken() })
    const assertion = createManagedIdentityTokenSource({
      appId: managed,
      endpoint: { kind: 'imds', url: `${server.url}/imds` },
    })
    expect(await tokenSource({ assertion }).getToken(AUDIENCE)).toBe('token-1')
  })

  test('that fails is named as the cause, with its own remedy', async () => {
    server.routes.set(`/imds?api-version=2018-02-01&resource=${encodeURIComponent(EXCHANGE)}`, (_request, response) =>
      response.writeHead(400).end('{"error":"invalid_request","error_description":"Identity not found"}'),
    )
    const assertion = createManagedIdentityTokenSource({ endpoint: { kind: 'imds', url: `${server.url}/imds` } })
    await expect(tokenSource({ assertion }).getToken(AUDIENCE)).rejects.toMatchObject({
      code: 'AUTH_ASSERTION_UNAVAILABLE',
      reason: 'AUTH_CREDENTIALS_REFUSED',
      retryable: false,
      message: expect.stringContaining('Check that this host has a system-assigned identity') as string,
      cause: { code: 'AUTH_CREDENTIALS_REFUSED' },
    })
    expect(endpoint.asked).toHaveLength(0)
  })
})

describe('a provider', () => {
  test.each<[string, AssertionProvider, string]>([
    ['rejects', () => Promise.reject(new TypeError('S3cret')), 'TypeError'],
    [
      'throws',
      () => {
        throw new RangeError('S3cret')
      },
      'RangeError',
    ],
    ['rejects with something that is no error', () => Promise.reject('S3cret'), 'string'],
    ['gives nothing', async () => undefined as unknown as string, 'NOT_A_TOKEN'],
    ['gives an empty text', async () => '', 'NOT_A_TOKEN'],
    ['gives text that is no token', async () => 'S3cret\n', 'NOT_A_TOKEN'],
  ])('that %s is told of without what it said', async (_, assertion, reason) => {
    const log: object[] = []
    const logger = { ...silentLogger, error: (facts: object, message?: string) => log.push({ ...facts, message }) }
    const error: unknown = await tokenSource({ assertion, logger })
      .getToken(AUDIENCE)
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AssertionUnavailableError)
    expect(error).toMatchObject({ code: 'AUTH_ASSERTION_UNAVAILABLE', reason, retryable: false })
    expect(log).toMatchObject([{ ev: 'auth.token_failed', code: 'AUTH_ASSERTION_UNAVAILABLE' }])
    expect(inspect([error, log], { depth: null, showHidden: true }) + JSON.stringify([error, log])).not.toContain(
      'S3cret',
    )
    expect((error as Error).cause).toBeUndefined()
    expect(endpoint.asked).toHaveLength(0)
  })

  test('that hangs is given up, and asked again because it may only be slow', async () => {
    let asked = 0
    const assertion = (): Promise<string> => {
      asked += 1
      return new Promise(() => {})
    }
    await expect(tokenSource({ assertion, tryTimeoutMs: 20 }).getToken(AUDIENCE)).rejects.toMatchObject({
      code: 'AUTH_ASSERTION_UNAVAILABLE',
      reason: 'ETIMEDOUT',
    })
    expect(asked).toBe(3)
  })

  test('learns when nobody waits for it any more', async () => {
    const signals: AbortSignal[] = []
    const assertion: AssertionProvider = (signal) => {
      signals.push(signal)
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))
    }
    await tokenSource({ assertion, tryTimeoutMs: 20 })
      .getToken(AUDIENCE)
      .catch(() => {})
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true])
  })

  test('that throws leaves no rejection behind when its time is up', async () => {
    const unhandled: unknown[] = []
    const note = (error: unknown): void => void unhandled.push(error)
    process.on('unhandledRejection', note)
    const assertion = (): never => {
      throw new Error('at once')
    }
    await tokenSource({ assertion, tryTimeoutMs: 10 })
      .getToken(AUDIENCE)
      .catch(() => {})
    await setTimeout(40)
    process.off('unhandledRejection', note)
    expect(unhandled).toEqual([])
  })

  test('and the endpoint share the time of one try', async () => {
    endpoint.script(hang)
    await expect(tokenSource({ tryTimeoutMs: 20 }).getToken(AUDIENCE)).rejects.toMatchObject({
      code: 'AUTH_TOKEN_UNAVAILABLE',
      facts: { reason: 'ETIMEDOUT' },
    })
  })
})

describe('an app that does not trust the assertion', () => {
  test.each([
    ['of another subject', { sub: 'another bot' }],
    ['of another issuer', { iss: 'https://evil.test' }],
    ['for somebody else', { aud: 'api://another' }],
  ])('%s is refused, and the error names the federated credential', async (_, change) => {
    await expect(
      tokenSource({ assertion: async () => providerToken(change) }).getToken(AUDIENCE),
    ).rejects.toMatchObject({
      code: 'AUTH_CREDENTIALS_REFUSED',
      message: expect.stringContaining('issuer, subject and audience of the federated credential') as string,
    })
  })

  test.each(['AADSTS70021', 'AADSTS700213', 'AADSTS7002138'])('is known by %s, whatever else is said', async (code) => {
    endpoint.script(fail(400, { error: 'invalid_request', error_description: `${code}: No matching record` }))
    await expect(tokenSource().getToken(AUDIENCE)).rejects.toMatchObject({ code: 'AUTH_CREDENTIALS_REFUSED' })
  })
})

describe('a source with a federated credential', () => {
  tokenSourceSuite({
    path: TOKEN_PATH,
    create: (url, options) =>
      createFederatedTokenSource({
        ...options,
        appId: APP,
        assertion: async () => 'S3cret-assertion',
        tenantId: TENANT,
        cloud: localCloud(url),
      }),
    secrets: () => ['S3cret-assertion'],
  })
})
