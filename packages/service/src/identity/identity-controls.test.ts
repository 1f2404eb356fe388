import jwt from 'jsonwebtoken'
import { requestToken } from '../../test/stand-in-bot.ts'
import type { Json } from '../../test/stand-in-bot.ts'
import { useTogether } from '../../test/start-together.ts'

const together = useTogether(() => {})

afterEach(() => {
  const { service } = together
  service.faults.clear()
  service.identity.clockSkewSeconds = 0
  for (const channelId of ['directline', 'webchat', 'emulator', 'msteams']) service.identity.endorse(channelId)
})

const decode = (token: string | undefined): Json => jwt.decode(token ?? '')
const seconds = (): number => Math.floor(together.clock.now() / 1000)

async function say(): Promise<number> {
  const { conversationId, client } = await together.directLine.start()
  return (await client.say(conversationId, 'hello')).status
}

async function dev(
  method: string,
  path: string,
  body?: unknown,
  secret = together.service.directLineSecret,
): Promise<Json> {
  const response = await fetch(`${together.service.url}/dev/identity${path}`, {
    method,
    headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, ...((await response.json()) as object) }
}

test.each([7200, -7200])(
  'tokens to bots and for bots are issued by a clock that is off by %i seconds',
  async (skew) => {
    const { service, bot } = together
    service.identity.clockSkewSeconds = skew
    const { body } = await requestToken(service.url, bot.appId, bot.secret)
    await say()
    for (const token of [body.access_token, bot.tokens.at(-1)]) {
      const { iat, exp } = decode(token)
      expect(Math.abs(iat - seconds() - skew)).toBeLessThan(5)
      expect(exp - iat).toBe(3600)
    }
  },
)

test('a bot whose clock is right refuses tokens of one that is two hours off, and takes those after it is put right', async () => {
  const { service } = together
  expect(await say()).toBe(200)
  service.identity.clockSkewSeconds = -7200
  expect(await say()).toBe(502)
  service.identity.clockSkewSeconds = 0
  expect(await say()).toBe(200)
})

test('tokens that the clock has issued are good by the same clock', async () => {
  const { service, bot } = together
  service.identity.clockSkewSeconds = 36_000
  const { body } = await requestToken(service.url, bot.appId, bot.secret)
  const headers = { Authorization: `Bearer ${body.access_token}` }
  expect((await fetch(`${service.url}/v3/conversations`, { headers })).status).toBe(200)
})

test.each([0.5, Number.NaN, 1e12])('a skew of %d seconds is refused', (skew) => {
  expect(() => (together.service.identity.clockSkewSeconds = skew)).toThrow(RangeError)
})

test('a channel that is no longer endorsed is refused by bots, and taken again after it is', async () => {
  const { service } = together
  expect(service.identity.withdrawEndorsement('directline')).toBe(true)
  expect(service.identity.withdrawEndorsement('directline')).toBe(false)
  expect(await say()).toBe(502)
  expect(service.identity.endorse('directline')).toBe(true)
  expect(await say()).toBe(200)
})

describe('minted tokens', () => {
  const CHANNEL_CLAIMS = ['iss', 'aud', 'iat', 'nbf', 'exp', 'serviceurl']
  const ACCESS_CLAIMS = [
    'aud',
    'iss',
    'iat',
    'nbf',
    'exp',
    'appid',
    'appidacr',
    'idp',
    'oid',
    'sub',
    'tid',
    'uti',
    'ver',
  ]
  const mint = (kind: string, overrides: Json = {}): Json => {
    const { service, bot } = together
    const { identity } = service
    return decode(
      kind === 'channel'
        ? identity.mintChannelToken(bot.appId, overrides)
        : identity.mintAccessToken(bot.appId, overrides),
    )
  }
  const rows = [
    ...CHANNEL_CLAIMS.map((claim) => ['channel', claim] as const),
    ...ACCESS_CLAIMS.map((claim) => ['access', claim] as const),
  ]

  test('have no claims but those that can be changed', () => {
    expect(Object.keys(mint('channel')).sort()).toEqual([...CHANNEL_CLAIMS].sort())
    expect(Object.keys(mint('access')).sort()).toEqual([...ACCESS_CLAIMS].sort())
  })

  test.each(rows)('of the %s may say anything as %s, and nothing', (kind, claim) => {
    const value = ['iat', 'nbf', 'exp'].includes(claim) ? 12 : 'something else'
    expect(mint(kind, { claims: { [claim]: value } })[claim]).toBe(value)
    expect(mint(kind, { claims: { [claim]: undefined } })).not.toHaveProperty(claim)
  })

  test('may be of version 2.0', () => {
    const claims = { ver: '2.0', appid: undefined, azp: 'a', iss: 'https://login.microsoftonline.com/t/v2.0' }
    expect(mint('access', { claims })).toMatchObject({ ver: '2.0', azp: 'a' })
  })
})

describe('faults', () => {
  const token = (): Promise<Json> => requestToken(together.service.url, together.bot.appId, together.bot.secret)
  const connector = (): Promise<Response> => {
    const { service, bot } = together
    const headers = { Authorization: `Bearer ${service.identity.mintAccessToken(bot.appId)}` }
    return fetch(`${service.url}/v3/conversations`, { headers })
  }
  const get = (path: string) => (): Promise<Response> => fetch(`${together.service.url}${path}`)
  const [channelKeys, tenantKeys] = [get('/v1/.well-known/keys'), get('/common/discovery/v2.0/keys')]
  const [channelMetadata, tenantMetadata] = [
    get('/v1/.well-known/openidconfiguration'),
    get('/common/v2.0/.well-known/openid-configuration'),
  ]

  test.each([
    ['token', token, [channelKeys, channelMetadata]],
    ['keys', channelKeys, [token, tenantMetadata]],
    ['keys', tenantKeys, [token, tenantMetadata]],
    ['metadata', channelMetadata, [token, channelKeys]],
    ['metadata', tenantMetadata, [token, tenantKeys]],
  ] as const)('of %s happen there, as often as they say, and nowhere else', async (target, there, elsewhere) => {
    together.service.faults.inject({ target, status: 500, times: 2 })
    for (const call of elsewhere) expect((await call()).status).toBe(200)
    expect((await connector()).status).toBe(200)
    expect([(await there()).status, (await there()).status, (await there()).status]).toEqual([500, 500, 200])
    expect(together.service.faults.pending).toEqual([])
  })

  test.each([
    [429, 'temporarily_unavailable', 90055],
    [500, 'server_error', 90033],
    [503, 'server_error', 90033],
    [401, 'invalid_client', 90014],
    [400, 'invalid_request', 90014],
  ])('of the token endpoint with the status %i are in the words of Entra', async (status, error, number) => {
    together.service.faults.inject({ target: 'token', status, retryAfter: 7 })
    const url = `${together.service.url}/botframework.com/oauth2/v2.0/token`
    const answer = await fetch(url, { method: 'POST', body: new URLSearchParams() })
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, '7'])
    expect(await answer.json()).toMatchObject({ error, error_codes: [number], trace_id: expect.any(String) })
  })

  test('reset the connection or make it slow', async () => {
    const { faults } = together.service
    faults.inject({ target: 'token', reset: true })
    await expect(token()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
    faults.inject({ target: 'keys', delayMs: 30 })
    const begin = performance.now()
    expect((await channelKeys()).status).toBe(200)
    // Timers may be a little early.
    expect(performance.now() - begin).toBeGreaterThan(25)
  })

  test('of the Connector API leave tokens alone', async () => {
    together.service.faults.inject({ status: 500 })
    expect((await token()).status).toBe(200)
    expect((await connector()).status).toBe(500)
  })

  test.each([
    { target: 'nothing', status: 500 },
    { target: 'token', conversationId: 'a', status: 500 },
  ] as Json[])('such as %j are refused', (fault) => {
    expect(() => together.service.faults.inject(fault)).toThrow(expect.objectContaining({ code: 'SERVICE_OPTION' }))
  })
})

describe('from another process', () => {
  test('keys are listed, rotated and withdrawn', async () => {
    const { service } = together
    const before = service.identity.currentKey('tenant')
    const { kid } = await dev('POST', '/rotate', { owner: 'tenant' })
    const { keys, bots } = await dev('GET', '')
    expect(keys.tenant).toEqual([kid, before])
    expect(bots[0]).toEqual({ appId: together.bot.appId, objectId: service.identity.objectId(together.bot.appId) })
    expect(await dev('POST', '/withdraw', { owner: 'tenant', kid: before })).toMatchObject({ withdrawn: true })
    expect(await dev('POST', '/withdraw', { owner: 'tenant', kid })).toMatchObject({ withdrawn: false })
    expect(service.identity.publishedKeys('tenant')).toEqual([kid])
    expect((await dev('POST', '/rotate')).kid).toBe(service.identity.currentKey('channel'))
  })

  test('the clock is put wrong, and endorsements are taken back', async () => {
    const { service } = together
    expect(await dev('POST', '/skew', { seconds: -600 })).toMatchObject({ clockSkewSeconds: -600 })
    expect(await dev('POST', '/withdraw-endorsement', { channelId: 'msteams' })).toMatchObject({ changed: true })
    const { clockSkewSeconds, endorsements } = await dev('GET', '')
    expect(clockSkewSeconds).toBe(-600)
    expect(new Set(endorsements)).toEqual(new Set(['directline', 'emulator', 'webchat']))
    expect(await dev('POST', '/endorse', { channelId: 'msteams' })).toMatchObject({ changed: true })
    expect(service.identity.endorsements).toContain('msteams')
  })

  test('tokens of any kind are minted', async () => {
    const { service, bot } = together
    const channel = await dev('POST', '/mint')
    expect(decode(channel.token)).toMatchObject({ iss: service.issuer, aud: bot.appId })
    const fields = { audience: 'a', lifetimeSeconds: -60, claims: { appidacr: null, ver: '3.0' } }
    const claims = decode((await dev('POST', '/mint', { kind: 'access', appId: bot.appId, ...fields })).token)
    expect(claims).toMatchObject({ aud: 'a', ver: '3.0', exp: claims.iat - 60 })
    expect(claims).not.toHaveProperty('appidacr')
  })

  test.each<[string, Json, number]>([
    ['/rotate', { owner: 'nobody' }, 400],
    ['/withdraw', { owner: 'tenant' }, 400],
    ['/skew', {}, 400],
    ['/skew', { seconds: 0.5 }, 400],
    ['/endorse', {}, 400],
    ['/mint', { kind: 'user' }, 400],
    ['/mint', { lifetimeSeconds: 'long' }, 400],
    ['/mint', { claims: [] }, 400],
    ['/mint', [], 400],
    ['/mint', { appId: 'nobody' }, 400],
  ])('%s refuses %j', async (path, body, status) => {
    expect((await dev('POST', path, body)).status).toBe(status)
  })

  test.each(['', '/rotate', '/withdraw', '/skew', '/mint', '/endorse', '/withdraw-endorsement'])(
    'who has not the secret may not call %j',
    async (path) => {
      const { service, directLine } = together
      const kids = service.identity.publishedKeys('channel')
      const { body } = await directLine.call('POST', '/tokens/generate')
      for (const secret of ['nonsense', body.token]) {
        expect((await dev(path === '' ? 'GET' : 'POST', path, path === '' ? undefined : {}, secret)).status).toBe(403)
      }
      expect(service.identity.publishedKeys('channel')).toEqual(kids)
    },
  )
})
