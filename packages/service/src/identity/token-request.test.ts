import jwt from 'jsonwebtoken'
import { AppCertificate } from '../../test/app-certificate.ts'
import type { Json } from '../../test/stand-in-bot.ts'
import { useTogether } from '../../test/start-together.ts'

const together = useTogether()

const APP = 'an-app'
const TENANT = '9b3e2f4c-0f5d-4a52-8a55-0f1f8b6c2a10'
const BOT_TENANT = 'd6d49420-f39b-4df7-a1dc-d59a935871db'
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const EXCHANGE = 'api://AzureADTokenExchange'
const ISSUER = 'https://cluster.example/'

const certificate = new AppCertificate()
const newer = new AppCertificate()
const expired = new AppCertificate(new Date('2021-01-01'))
const stranger = new AppCertificate()
const cluster = new AppCertificate()

beforeAll(() => {
  const endpoint = 'http://127.0.0.1:1/api/messages'
  together.service.registerBot({
    appId: APP,
    secret: ['the new secret', 'the old&secret=+%'],
    certificates: [certificate.pem, newer.pem, expired.pem],
    federatedCredentials: [{ issuer: ISSUER, subject: 'system:a:bot', publicKey: cluster.publicKeyPem }],
    endpoint,
  })
  together.service.registerBot({ appId: 'single', secret: 'its secret', tenantId: TENANT, endpoint })
  together.service.registerBot({ appId: 'another', certificates: [stranger.pem], endpoint })
})

type Fields = Readonly<Record<string, string | undefined>>

interface Ask {
  readonly tenant?: string
  readonly path?: string
  readonly headers?: Record<string, string>
}

const endpointOf = (tenant = 'botframework.com', path = '/oauth2/v2.0/token'): string =>
  `${together.service.url}/${tenant}${path}`

async function ask(fields: Fields, { tenant, path, headers = {} }: Ask = {}): Promise<Json> {
  const usual = { grant_type: 'client_credentials', client_id: APP, scope: 'https://api.botframework.com/.default' }
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...usual, ...fields })) if (value !== undefined) form.set(name, value)
  const response = await fetch(endpointOf(tenant, path), { method: 'POST', body: form, headers })
  return { status: response.status, headers: response.headers, ...((await response.json()) as object) }
}

const withAssertion = (assertion: string): Fields => ({
  client_assertion_type: ASSERTION_TYPE,
  client_assertion: assertion,
})

/** What the app says of itself. */
const own = (claims: object = {}): object => ({ iss: APP, sub: APP, aud: endpointOf(), ...claims })
const foreign = (claims: object = {}): object => ({ iss: ISSUER, sub: 'system:a:bot', aud: EXCHANGE, ...claims })
const seconds = (): number => Math.floor(Date.now() / 1000)
const basic = (id: string, secret: string): Record<string, string> => {
  const encoded = [id, secret].map((part) => new URLSearchParams({ part }).toString().slice('part='.length)).join(':')
  return { Authorization: `Basic ${Buffer.from(encoded).toString('base64')}` }
}

describe('a token is given', () => {
  test.each<[string, () => Promise<Json>, object]>([
    ['for the secret', () => ask({ client_secret: 'the new secret' }), { appidacr: '1' }],
    ['for the secret before it', () => ask({ client_secret: 'the old&secret=+%' }), { appidacr: '1' }],
    [
      'for id and secret in the header',
      () => ask({ client_id: undefined }, { headers: basic(APP, 'the old&secret=+%') }),
      { appidacr: '1' },
    ],
    [
      'for the secret in the header, with the id in the form too',
      () => ask({}, { headers: basic(APP, 'the new secret') }),
      { appidacr: '1' },
    ],
    ['for a statement signed with PS256', () => ask(withAssertion(certificate.assert(own()))), { appidacr: '2' }],
    [
      'for one signed with RS256',
      () => ask(withAssertion(certificate.assert(own(), { alg: 'RS256' }))),
      { appidacr: '2' },
    ],
    [
      'for one that names the certificate by SHA-1',
      () => {
        const header = { 'x5t#S256': undefined, x5t: certificate.thumbprint('sha1') }
        return ask(withAssertion(certificate.assert(own(), { alg: 'RS256', header })))
      },
      { appidacr: '2' },
    ],
    ['for one of the certificate after it', () => ask(withAssertion(newer.assert(own()))), { appidacr: '2' }],
    [
      'for one that is a little early',
      () => ask(withAssertion(certificate.assert(own({ nbf: seconds() + 200 })))),
      { appidacr: '2' },
    ],
    [
      'for a token of another issuer',
      () => ask(withAssertion(cluster.assert(foreign(), { alg: 'RS256' }))),
      { appidacr: '2' },
    ],
    [
      'for another service',
      () => ask({ client_secret: 'the new secret', scope: 'api://another-bot/.default' }),
      { aud: 'api://another-bot' },
    ],
    [
      'by the tenant with its id',
      () => ask({ client_secret: 'the new secret' }, { tenant: BOT_TENANT }),
      { tid: BOT_TENANT },
    ],
    [
      'by a single tenant',
      () => ask({ client_id: 'single', client_secret: 'its secret' }, { tenant: TENANT }),
      { tid: TENANT, appid: 'single' },
    ],
    [
      'in the older dialect',
      () => ask({ client_secret: 'the new secret', resource: 'https://x' }, { path: '/oauth2/token' }),
      { aud: 'https://x' },
    ],
    [
      'in the older dialect for a statement',
      () => {
        const assertion = certificate.assert(own({ aud: endpointOf('common', '/oauth2/token') }))
        return ask({ ...withAssertion(assertion), resource: 'https://x' }, { tenant: 'common', path: '/oauth2/token' })
      },
      { aud: 'https://x', appidacr: '2' },
    ],
  ])('%s', async (_, request, claims) => {
    const { status, token_type: type, access_token: token } = await request()
    expect({ status, type }).toEqual({ status: 200, type: 'Bearer' })
    const usual = { appid: APP, aud: 'https://api.botframework.com', tid: BOT_TENANT, ver: '1.0' }
    expect(jwt.decode(token)).toMatchObject({ ...usual, ...claims })
  })
})

describe('a request is refused', () => {
  test.each<[string, () => Promise<Json>, number, string, number]>([
    ['without a credential', () => ask({}), 401, 'invalid_client', 7000216],
    ['with a wrong secret', () => ask({ client_secret: 'wrong' }), 401, 'invalid_client', 7000215],
    ["with another app's secret", () => ask({ client_secret: 'its secret' }), 401, 'invalid_client', 7000215],
    [
      'with a wrong secret in the header',
      () => ask({}, { headers: basic(APP, 'wrong') }),
      401,
      'invalid_client',
      7000215,
    ],
    [
      'with a secret for an app that has none',
      () => ask({ client_id: 'another', client_secret: '' }),
      401,
      'invalid_client',
      7000215,
    ],
    [
      'with two clients',
      () => ask({ client_id: 'single' }, { headers: basic(APP, 'the new secret') }),
      400,
      'invalid_request',
      90014,
    ],
    [
      'with two secrets',
      () => ask({ client_secret: 'a' }, { headers: basic(APP, 'the new secret') }),
      400,
      'invalid_request',
      90014,
    ],
    [
      'with a secret and a statement',
      () => ask({ client_secret: 'the new secret', ...withAssertion(certificate.assert(own())) }),
      400,
      'invalid_request',
      90014,
    ],
    ['without an app', () => ask({ client_id: undefined }), 400, 'invalid_request', 900144],
    ['for an unknown app', () => ask({ client_id: 'nobody', client_secret: 'a' }), 400, 'unauthorized_client', 700016],
    [
      'by a tenant that is not the bot’s',
      () => ask({ client_secret: 'the new secret' }, { tenant: TENANT }),
      400,
      'unauthorized_client',
      700016,
    ],
    [
      'by a tenant there is not',
      () => ask({ client_secret: 'the new secret' }, { tenant: 'contoso' }),
      400,
      'invalid_request',
      90002,
    ],
    ['for a user', () => ask({ client_secret: 'the new secret', scope: 'openid' }), 400, 'invalid_scope', 1002012],
    [
      'for several audiences',
      () => ask({ client_secret: 'the new secret', scope: 'a/.default b/.default' }),
      400,
      'invalid_scope',
      1002012,
    ],
    [
      'without an audience in the older dialect',
      () => ask({ client_secret: 'the new secret' }, { path: '/oauth2/token' }),
      400,
      'invalid_request',
      900144,
    ],
    ['for another grant', () => ask({ grant_type: 'password' }), 400, 'unsupported_grant_type', 70003],
    [
      'with a statement of another type',
      () => ask({ ...withAssertion(certificate.assert(own())), client_assertion_type: 'saml' }),
      401,
      'invalid_client',
      7000214,
    ],
  ])('%s', async (_, request, status, error, number) => {
    const answer = await request()
    expect(answer).toMatchObject({ status, error, error_codes: [number] })
    expect(answer.error_description).toMatch(new RegExp(`^AADSTS${number}: .* Trace ID: .* Timestamp: 20`))
    expect(answer.timestamp).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/)
    expect(JSON.stringify(answer)).not.toMatch(/the new secret|the old|its secret|wrong'/)
  })

  const forged = (): string => {
    const [header, , signature] = certificate.assert(own()).split('.')
    const claims = Buffer.from(JSON.stringify(own({ exp: seconds() + 60, jti: 'a' }))).toString('base64url')
    return [header, claims, signature].join('.')
  }
  const hs256 = (): string => jwt.sign(own(), certificate.publicKeyPem, { algorithm: 'HS256' })

  test.each<[string, () => string, number]>([
    ['that is no token', () => 'nonsense', 50027],
    ['that is far too long', () => 'a'.repeat(40_000), 50027],
    ['signed with the public key as a password', hs256, 50027],
    ['that nobody has signed', () => jwt.sign(own(), '', { algorithm: 'none' }), 50027],
    ['without jti', () => certificate.assert(own({ jti: undefined })), 50027],
    ['without exp', () => certificate.assert(own({ exp: undefined })), 50027],
    ['of a certificate that is not registered', () => stranger.assert(own()), 700027],
    ['that names no certificate', () => certificate.assert(own(), { header: { 'x5t#S256': undefined } }), 700027],
    [
      'that names a registered certificate, signed by another',
      () => stranger.assert(own(), { header: { 'x5t#S256': certificate.thumbprint('sha256') } }),
      700027,
    ],
    ['whose claims were changed', forged, 700027],
    ['of a certificate that has expired', () => expired.assert(own()), 1000502],
    ['for another address', () => certificate.assert(own({ aud: endpointOf('common') })), 700023],
    ['for several addresses', () => certificate.assert(own({ aud: [endpointOf(), 'https://x'] })), 700023],
    ['about another app', () => certificate.assert(own({ sub: 'single' })), 700021],
    ['by another app', () => certificate.assert(own({ iss: 'single' })), 700021],
    ['that has expired', () => certificate.assert(own({ nbf: 1, exp: seconds() - 301 })), 700024],
    ['from the future', () => certificate.assert(own({ nbf: seconds() + 400, exp: seconds() + 800 })), 700024],
    ['that lives for a day', () => certificate.assert(own({ exp: seconds() + 86_400 })), 700024],
    ['of an issuer that is not trusted', () => cluster.assert(foreign({ iss: 'https://other' })), 700211],
    ['for another audience', () => cluster.assert(foreign({ aud: 'api://AzureADTokenExchangeUSGov' })), 700212],
    ['about another subject', () => cluster.assert(foreign({ sub: 'system:b:bot' })), 700213],
    ['whose issuer is no text', () => cluster.assert(foreign({ sub: 7 } as object)), 700213],
    ['that a trusted issuer has not signed', () => stranger.assert(foreign()), 700027],
    ['of a trusted issuer that has expired', () => cluster.assert(foreign({ exp: seconds() - 301, nbf: 1 })), 700024],
  ])('with a statement %s', async (_, make, number) => {
    const answer = await ask(withAssertion(make()))
    expect(answer).toMatchObject({ status: 401, error: 'invalid_client', error_codes: [number] })
  })
})

test('a statement is taken once, also when it comes twice at once', async () => {
  const assertion = certificate.assert(own())
  const answers = await Promise.all([ask(withAssertion(assertion)), ask(withAssertion(assertion))])
  expect(answers.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 401]))
  expect(await ask(withAssertion(assertion))).toMatchObject({ error_codes: [50012] })
})

test('a token of another issuer is taken as often as it is shown', async () => {
  const assertion = cluster.assert(foreign(), { alg: 'RS256' })
  for (const _ of [1, 2]) expect(await ask(withAssertion(assertion))).toMatchObject({ status: 200 })
})

test('a secret that is no longer registered is refused, and the token it was given for stays good', async () => {
  const { service } = together
  const endpoint = 'http://127.0.0.1:1/'
  service.registerBot({ appId: 'rotated', secret: ['second', 'first'], endpoint })
  const before = await ask({ client_id: 'rotated', client_secret: 'first' })
  service.registerBot({ appId: 'rotated', secret: ['third', 'second'], endpoint })
  expect(await ask({ client_id: 'rotated', client_secret: 'first' })).toMatchObject({ error_codes: [7000215] })
  expect(await ask({ client_id: 'rotated', client_secret: 'second' })).toMatchObject({ status: 200 })
  const headers = { Authorization: `Bearer ${before.access_token}` }
  expect((await fetch(`${service.url}/v3/conversations`, { headers })).status).toBe(200)
})
