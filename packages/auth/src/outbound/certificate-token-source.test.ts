import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { inspect } from 'node:util'
import type { Jwt } from 'jsonwebtoken'
import type { TokenSource } from '@parley/core'
import { verifyAssertion } from '../../test/assertion-verifier.ts'
import type { TrustedStatement } from '../../test/assertion-verifier.ts'
import { IdentityServer } from '../../test/identity-server.ts'
import { fail, issue, ScriptedEndpoint } from '../../test/scripted-endpoint.ts'
import type { Answer } from '../../test/scripted-endpoint.ts'
import { AUDIENCE, tokenSourceSuite } from '../../test/token-source-suite.ts'
import { createCertificate } from 'test-support/x509'
import { localCloud, publicCloud } from '../cloud.ts'
import { createCertificateTokenSource } from './certificate-token-source.ts'
import type { CertificateOptions } from './certificate-token-source.ts'

const APP = '11111111-1111-4111-8111-111111111111'
const TENANT = '22222222-2222-4222-8222-222222222222'
const TOKEN_PATH = '/botframework.com/oauth2/v2.0/token'
const MINUTE = 60_000

const bot = generateKeyPairSync('rsa', { modulusLength: 2048 })
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 })
const authority = generateKeyPairSync('rsa', { modulusLength: 2048 })
const privateKey = bot.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
const authorityPem = createCertificate({ subject: 'authority', ...authority })
const certificate = createCertificate({
  subject: 'bot',
  ...bot,
  issuer: { name: 'authority', privateKey: authority.privateKey },
})
const { raw } = new X509Certificate(certificate)
const thumbprint = (algorithm: string): Buffer => createHash(algorithm).update(raw).digest()
const sha256 = thumbprint('sha256')
const sha1 = thumbprint('sha1')

let server: IdentityServer
let endpoint: ScriptedEndpoint
let seen: Jwt[]

beforeAll(async () => {
  server = await IdentityServer.start()
})

beforeEach(() => {
  endpoint = new ScriptedEndpoint(server, TOKEN_PATH)
  seen = []
})

afterAll(() => server.close())

const tokenSource = (options: Partial<CertificateOptions> = {}): TokenSource =>
  createCertificateTokenSource({
    appId: APP,
    certificate,
    privateKey,
    cloud: localCloud(server.url),
    delay: async () => {},
    ...options,
  })

/** Gives a token to whoever holds the certificate's key, as an identity service with that clock sees it. */
function verifying({ path = TOKEN_PATH, clock = () => Date.now(), ...change }: Partial<Verifying> = {}): Answer {
  const trusted = { publicKey: new X509Certificate(certificate).publicKey, algorithm: 'PS256', ...change } as const
  return (request, response, body) => {
    const statement = { issuer: APP, subject: APP, audience: server.url + path }
    const result = verifyAssertion(body, { ...trusted, ...statement }, clock())
    if (!('header' in result)) return fail(401, result)(request, response, body)
    seen.push(result as Jwt)
    return issue()(request, response, body)
  }
}

type Verifying = TrustedStatement & { path: string; clock: () => number }

describe('a request', () => {
  test('carries an assertion that the key of the certificate signed for this endpoint', async () => {
    endpoint.script(verifying())
    expect(await tokenSource().getToken(AUDIENCE)).toBe('token-1')
    expect(Object.fromEntries(endpoint.form(0))).toEqual({
      grant_type: 'client_credentials',
      client_id: APP,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: expect.any(String) as string,
      scope: 'https://api.botframework.com/.default',
    })
    expect(seen[0]?.header).toEqual({ alg: 'PS256', typ: 'JWT', 'x5t#S256': sha256.toString('base64url') })
  })

  test('states app, endpoint and ten minutes, and nothing else', async () => {
    const before = Math.floor(Date.now() / 1000)
    endpoint.script(verifying())
    await tokenSource().getToken(AUDIENCE)
    const { nbf, exp, jti, ...claims } = (seen[0] as Jwt).payload as Record<string, unknown>
    expect(claims).toEqual({ iss: APP, sub: APP, aud: server.url + TOKEN_PATH, iat: nbf })
    expect(Number(nbf)).toBeGreaterThanOrEqual(before)
    expect(Number(exp) - Number(nbf)).toBe(600)
    expect(jti).toMatch(/^[\da-f]{8}-/)
  })

  test('carries a new assertion on every try', async () => {
    endpoint.script(fail(500), fail(500), verifying())
    await tokenSource().getToken(AUDIENCE)
    const assertions = [0, 1, 2].map((index) => endpoint.form(index).get('client_assertion'))
    expect(new Set(assertions).size).toBe(3)
  })

  test("goes to the bot's own tenant when it has one", async () => {
    const path = `/${TENANT}/oauth2/v2.0/token`
    endpoint = new ScriptedEndpoint(server, path)
    endpoint.script(verifying({ path }))
    expect(await tokenSource({ tenantId: TENANT }).getToken(AUDIENCE)).toBe('token-1')
  })

  test('brings the certificate before its issuers when asked to, whatever their order in the file', async () => {
    endpoint.script(verifying())
    await tokenSource({ certificate: authorityPem + certificate, sendCertificateChain: true }).getToken(AUDIENCE)
    expect(seen[0]?.header.x5c).toEqual([
      raw.toString('base64'),
      new X509Certificate(authorityPem).raw.toString('base64'),
    ])
  })

  test.each<[string, Partial<CertificateOptions>, string, object]>([
    ['RS256 with the older thumbprint', { algorithm: 'RS256' }, 'RS256', { x5t: sha1.toString('base64url') }],
    [
      'PS256 for a SHA-256 thumbprint',
      { certificate: { thumbprint: sha256.toString('hex') } },
      'PS256',
      { 'x5t#S256': sha256.toString('base64url') },
    ],
    [
      'RS256 for a SHA-1 thumbprint',
      { certificate: { thumbprint: sha1.toString('hex').toUpperCase() } },
      'RS256',
      { x5t: sha1.toString('base64url') },
    ],
    [
      'RS256 for a thumbprint as a dialog shows it',
      { certificate: { thumbprint: `\u200e${(sha1.toString('hex').match(/../g) ?? []).join(' ')}` } },
      'RS256',
      { x5t: sha1.toString('base64url') },
    ],
    [
      'PS256 for a SHA-1 thumbprint when told so',
      { certificate: { thumbprint: sha1.toString('hex') }, algorithm: 'PS256' },
      'PS256',
      { x5t: sha1.toString('base64url') },
    ],
    [
      'RS256 for a SHA-256 thumbprint when told so',
      { certificate: { thumbprint: sha256.toString('hex') }, algorithm: 'RS256' },
      'RS256',
      { 'x5t#S256': sha256.toString('base64url') },
    ],
  ])('is signed with %s', async (_, options, algorithm, header) => {
    endpoint.script(verifying({ algorithm: algorithm as 'PS256' }))
    expect(await tokenSource(options).getToken(AUDIENCE)).toBe('token-1')
    expect(seen[0]?.header).toEqual({ alg: algorithm, typ: 'JWT', ...header })
  })
})

describe('an identity service', () => {
  test('that knows another certificate refuses the app, and the error names the one to register', async () => {
    endpoint.script(verifying({ publicKey: stranger.publicKey }))
    await expect(tokenSource().getToken(AUDIENCE)).rejects.toMatchObject({
      code: 'AUTH_CREDENTIALS_REFUSED',
      message: expect.stringContaining(
        `certificate ${sha256.toString('hex').toUpperCase()} (valid until Jan  1 00:00:00 2049 GMT)`,
      ) as string,
      facts: { entraError: 'AADSTS700027' },
    })
  })

  test('whose clock is eleven minutes ahead refuses the assertion, and the error says to look at the clock', async () => {
    endpoint.script(verifying({ clock: () => Date.now() + 11 * MINUTE }))
    await expect(tokenSource().getToken(AUDIENCE)).rejects.toMatchObject({
      code: 'AUTH_CREDENTIALS_REFUSED',
      message: expect.stringContaining('check the clock of this host') as string,
    })
  })

  test('over plain http on another machine gets no assertion', () => {
    const cloud = { ...publicCloud, loginUrl: 'http://login.evil.test/' }
    expect(() => tokenSource({ cloud })).toThrow(expect.objectContaining({ code: 'AUTH_URL_INSECURE' }))
  })
})

describe('the key', () => {
  const encrypted = bot.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'Op3n' })
  const legacy = bot.privateKey.export({ type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'Op3n' })

  test.each<[string, Partial<CertificateOptions>]>([
    ['PKCS #1', { privateKey: bot.privateKey.export({ type: 'pkcs1', format: 'pem' }) as string }],
    ['PKCS #8 with a passphrase', { privateKey: encrypted as string, passphrase: 'Op3n' }],
    ['PKCS #1 with a passphrase', { privateKey: legacy as string, passphrase: 'Op3n' }],
    ['one file with the certificate', { privateKey: certificate + privateKey, certificate: certificate + privateKey }],
    ['lines that end as on Windows', { privateKey: privateKey.replaceAll('\n', '\r\n') }],
    ['no encryption but a passphrase', { passphrase: 'not needed' }],
  ])('may come as %s', async (_, options) => {
    endpoint.script(verifying())
    expect(await tokenSource(options).getToken(AUDIENCE)).toBe('token-1')
  })

  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const pem = (key: typeof weak): string => key.export({ type: 'pkcs8', format: 'pem' }) as string
  const damaged = privateKey.replace(/\n.{64}\n/, '\n')

  test.each<[string, Partial<CertificateOptions>, string, RegExp]>([
    ['is of another certificate', { privateKey: pem(stranger.privateKey) }, 'privateKey', /does not belong to/],
    ['is not PEM', { privateKey: 'MIIEvQIBADAN' }, 'privateKey', /BEGIN PRIVATE KEY/],
    ['is empty', { privateKey: '' }, 'privateKey', /BEGIN PRIVATE KEY/],
    ['is a certificate', { privateKey: certificate }, 'privateKey', /BEGIN PRIVATE KEY/],
    ['is damaged', { privateKey: damaged }, 'privateKey', /export it again/],
    ['is short', { privateKey: pem(weak) }, 'privateKey', /RSA of 1024 bits.*Issue a new certificate/],
    ['is not RSA', { privateKey: pem(curve) }, 'privateKey', /is ec: .*RSA keys/],
    ['is encrypted', { privateKey: encrypted as string }, 'passphrase', /is missing/],
    ['has another passphrase', { privateKey: encrypted as string, passphrase: 'Wr0ng' }, 'passphrase', /does not open/],
    ['has no certificate', { certificate: 'none' }, 'certificate', /BEGIN CERTIFICATE/],
    ['has a damaged certificate', { certificate: certificate.replace('MI', 'MM') }, 'certificate', /BEGIN CERTIFICATE/],
    ['has no thumbprint', { certificate: { thumbprint: 'abc' } }, 'thumbprint', /64 hex digits/],
    [
      'has a thumbprint instead of the chain to send',
      { certificate: { thumbprint: sha256.toString('hex') }, sendCertificateChain: true },
      'sendCertificateChain',
      /needs the certificate itself/,
    ],
  ])('that %s is refused at once, with what to do and without a byte of it', (_, options, option, advice) => {
    const error = errorOf(() => tokenSource(options))
    expect(error).toMatchObject({
      code: 'AUTH_CREDENTIAL_INVALID',
      option,
      message: expect.stringMatching(advice) as string,
    })
    expect(error.message).toContain(`\`${option}\` `)
    const picture = inspect(error, { depth: null, showHidden: true }) + JSON.stringify(error)
    const given = `${options.privateKey ?? privateKey}`.split('\n').filter((line) => /^[\w+/=]{8,}$/.test(line))
    for (const part of [...given, 'Op3n', 'Wr0ng']) expect(picture).not.toContain(part)
    expect(error.cause).toBeUndefined()
  })

  function errorOf(attempt: () => unknown): Error {
    try {
      attempt()
    } catch (error) {
      return error as Error
    }
    throw new Error('Nothing was thrown.')
  }
})

describe('a source with a certificate', () => {
  tokenSourceSuite({
    path: TOKEN_PATH,
    create: (url, options) =>
      createCertificateTokenSource({ ...options, appId: APP, certificate, privateKey, cloud: localCloud(url) }),
    secrets: () => privateKey.split('\n').filter((line) => line.length > 8 && !line.startsWith('-')),
  })
})
