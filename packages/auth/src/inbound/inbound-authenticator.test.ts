import { inspect } from 'node:util'
import { InboundRefusedError } from '@parley/core'
import { BOT, OTHER_BOT, SERVICE_URL, channel, tenant } from '../../test/attack-tokens.ts'
import type { World } from '../../test/attack-tokens.ts'
import { channelAttacks } from '../../test/channel-attacks.ts'
import { tenantAttacks } from '../../test/tenant-attacks.ts'
import { CHANNEL_KEYS, CHANNEL_METADATA, IdentityServer, TENANT_KEYS } from '../../test/identity-server.ts'
import { createKey, published, signToken } from '../../test/tokens.ts'
import { localCloud } from '../cloud.ts'
import { AUTH_REFUSALS } from '../refusals.ts'
import { AnonymousNotAllowedError, createInboundAuthenticator } from './inbound-authenticator.ts'
import type { InboundAuthenticator, InboundAuthenticatorOptions } from './inbound-authenticator.ts'

const attacks = [...channelAttacks, ...tenantAttacks]

let server: IdentityServer
let world: World
let nowMs: number

/** Long primes take long on a busy machine. */
const KEY_GENERATION_MS = 60_000

beforeAll(async () => {
  server = await IdentityServer.start()
  const [channelKey, tenantKey, rogueKey] = await Promise.all([
    createKey('channel-1'),
    createKey('tenant-1'),
    createKey('rogue'),
  ])
  world = {
    channelKey,
    tenantKey,
    rogueKey,
    channelIssuer: server.url,
    nowSeconds: 1_800_000_000,
  }
}, KEY_GENERATION_MS)

beforeEach(() => {
  server.reset()
  server.publish(CHANNEL_KEYS, [published(world.channelKey, { endorsements: ['msteams', 'webchat'] })])
  server.publish(TENANT_KEYS, [published(world.tenantKey)])
  nowMs = world.nowSeconds * 1000
})

afterAll(() => server.close())

function authenticator(options: InboundAuthenticatorOptions = {}): InboundAuthenticator {
  return createInboundAuthenticator({ appId: BOT, cloud: localCloud(server.url), now: () => nowMs, ...options })
}

const bearer = (token: string): { authorization: string } => ({ authorization: `Bearer ${token}` })

/** Status and code of a refusal; anything else that was thrown, as it is. */
function refusal(error: unknown): unknown[] {
  return error instanceof InboundRefusedError ? [error.status, error.code] : [error]
}

describe('the corpus of inbound attacks', () => {
  test.each(attacks)('$id $title: $status $outcome', async ({ request, options, outcome, status }) => {
    const inbound = authenticator(options)
    // Both key sets are cached, as after an hour of work: a kid of the wrong issuer can be told from an unknown one.
    await inbound.authenticate(bearer(channel({ jti: 'warm' })(world)))
    await inbound.authenticate(bearer(tenant({ jti: 'warm' })(world))).catch(() => {})

    const attack = request(world)
    const result = inbound.authenticate(typeof attack === 'string' ? bearer(attack) : attack)

    expect(await result.then(({ kind }) => [200, kind], refusal)).toEqual([status, outcome])
  })

  test('names no row twice', () => {
    const ids = attacks.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('refuses with every code that headers can earn', () => {
    const elsewhere = new Set(['AUTH_ENDORSEMENT', 'AUTH_KEYS_UNAVAILABLE'])
    const covered = new Set(attacks.map(({ outcome }) => outcome))
    const missing = Object.values(AUTH_REFUSALS).filter(({ code }) => !covered.has(code) && !elsewhere.has(code))
    expect(missing).toEqual([])
  })

  test('never puts the token into the error', async () => {
    for (const { request, options } of attacks) {
      const attack = request(world)
      if (typeof attack !== 'string') continue
      const result = authenticator(options).authenticate(bearer(attack))
      const error: unknown = await result.catch((thrown: unknown) => thrown)
      expect(inspect(error)).not.toContain(attack.split('.')[1])
    }
  })
})

describe('the identity a token proves', () => {
  test('is the channel service, with the connector and channels its token and key vouch for', async () => {
    const identity = await authenticator().authenticate(bearer(channel()(world)))

    expect(identity).toMatchObject({
      kind: 'channel',
      appId: BOT,
      callerAppId: undefined,
      callerId: 'urn:botframework:azure',
      serviceUrl: SERVICE_URL,
      endorsements: ['msteams', 'webchat'],
      expiresAt: new Date((world.nowSeconds + 3540) * 1000),
      isAuthenticated: true,
    })
    expect(identity.getClaimValue('serviceurl')).toBe(SERVICE_URL)
    expect(identity.getClaimValue('exp')).toBe(String(world.nowSeconds + 3540))
  })

  test('is another bot, named by its app id', async () => {
    const token = tenant({ appid: OTHER_BOT })(world)
    const identity = await authenticator({ allowedCallers: [OTHER_BOT] }).authenticate(bearer(token))

    expect(identity).toMatchObject({
      kind: 'bot',
      appId: BOT,
      callerAppId: OTHER_BOT,
      callerId: `urn:botframework:aadappid:${OTHER_BOT}`,
      serviceUrl: undefined,
      endorsements: undefined,
    })
  })

  test('cannot be changed by a bot that shares it', async () => {
    const identity = await authenticator().authenticate(bearer(channel()(world)))

    expect(() => Object.assign(identity, { kind: 'emulator' })).toThrow(TypeError)
    expect(() => Object.assign(identity.claims[0] ?? {}, { value: 'evil' })).toThrow(TypeError)
    expect(() => (identity.claims as unknown[]).push({})).toThrow(TypeError)
    expect(() => (identity.endorsements as string[]).push('directline')).toThrow(TypeError)
  })
})

describe('without an app id', () => {
  test.each([undefined, ''])('an authenticator is refused (app id %p)', (appId) => {
    expect(() => createInboundAuthenticator({ appId })).toThrow(AnonymousNotAllowedError)
  })

  test('everybody is anonymous once that was allowed, and no key is fetched', async () => {
    const identity = await authenticator({ appId: undefined, allowAnonymous: true }).authenticate({ rawHeaders: [] })

    expect(identity).toMatchObject({ kind: 'anonymous', isAuthenticated: false, appId: undefined, callerId: undefined })
    expect(server.requests).toEqual([])
  })
})

test('with an app id, allowAnonymous lets nobody in', async () => {
  const result = authenticator({ allowAnonymous: true }).authenticate({ rawHeaders: [] })
  await expect(result).rejects.toMatchObject({ code: 'AUTH_MISSING' })
})

describe('a token verified before', () => {
  test('gives the same identity without another look at its signature', async () => {
    const inbound = authenticator()
    const token = channel()(world)
    expect(await inbound.authenticate(bearer(token))).toBe(await inbound.authenticate(bearer(token)))
  })

  test('is refused once it has expired, tolerance included', async () => {
    const inbound = authenticator()
    const token = channel()(world)
    await inbound.authenticate(bearer(token))

    nowMs += (3540 + 299) * 1000
    await expect(inbound.authenticate(bearer(token))).resolves.toMatchObject({ kind: 'channel' })
    nowMs += 1000
    await expect(inbound.authenticate(bearer(token))).rejects.toMatchObject({ code: 'AUTH_EXPIRED' })
  })

  test('is refused once its key has left the set, at most an hour later', async () => {
    const inbound = authenticator()
    const token = channel((w) => ({ exp: w.nowSeconds + 20 * 3600 }))(world)
    await inbound.authenticate(bearer(token))

    server.publish(CHANNEL_KEYS, [published(world.rogueKey)])
    nowMs += 60 * 60_000
    await expect(inbound.authenticate(bearer(token))).rejects.toMatchObject({ code: 'AUTH_KID_UNKNOWN' })
  })

  test('has its new endorsements once its key was endorsed differently', async () => {
    const inbound = authenticator()
    const token = channel((w) => ({ exp: w.nowSeconds + 20 * 3600 }))(world)
    await inbound.authenticate(bearer(token))

    server.publish(CHANNEL_KEYS, [published(world.channelKey, { endorsements: ['webchat'] })])
    nowMs += 60 * 60_000
    await expect(inbound.authenticate(bearer(token))).resolves.toMatchObject({ endorsements: ['webchat'] })
  })

  test('stays accepted while its issuer is down, and is refused as 503 when the keys are a day old', async () => {
    const inbound = authenticator()
    const token = channel((w) => ({ exp: w.nowSeconds + 24 * 3600 }))(world)
    await inbound.authenticate(bearer(token))

    server.routes.delete(CHANNEL_METADATA)
    nowMs += 23 * 3600_000
    await expect(inbound.authenticate(bearer(token))).resolves.toMatchObject({ kind: 'channel' })
    nowMs += 3600_000
    await expect(inbound.authenticate(bearer(token))).rejects.toMatchObject({
      code: 'AUTH_KEYS_UNAVAILABLE',
      status: 503,
    })
  })
})

describe('attacks on what requests share', () => {
  test('tokens of ever new tenants teach the bot no issuer (S1, S8)', async () => {
    const attacker = '66666666-6666-4666-8666-666666666666'
    const inbound = authenticator({ allowedCallers: ['*'] })
    const foreign = { iss: `https://sts.windows.net/${attacker}/`, tid: attacker, appid: OTHER_BOT }
    const unsigned = `${tenant(foreign)(world).split('.').slice(0, 2).join('.')}.AAAA`

    await expect(inbound.authenticate(bearer(unsigned))).rejects.toMatchObject({ code: 'AUTH_SIGNATURE' })
    await expect(inbound.authenticate(bearer(tenant(foreign)(world)))).rejects.toMatchObject({ code: 'AUTH_TENANT' })
  })

  test('a refused token is not remembered as good', async () => {
    const inbound = authenticator()
    const forged = signToken({ ...world.rogueKey, kid: world.channelKey.kid }, { iss: server.url })
    for (let round = 0; round < 2; round += 1) {
      await expect(inbound.authenticate(bearer(forged))).rejects.toMatchObject({ code: 'AUTH_SIGNATURE' })
    }
  })

  test('500 random key ids cost one fetch (S3)', async () => {
    const inbound = authenticator()
    await inbound.authenticate(bearer(channel()(world)))
    server.requests.length = 0

    for (let at = 0; at < 500; at += 1) {
      const token = channel({}, { kid: `random-${at}` })(world)
      await expect(inbound.authenticate(bearer(token))).rejects.toMatchObject({ code: 'AUTH_KID_UNKNOWN' })
    }
    expect(server.requests).toEqual([CHANNEL_METADATA, CHANNEL_KEYS])
  })

  test('100 requests on a cold start fetch the metadata and the keys once (S4)', async () => {
    const inbound = authenticator()
    const token = channel()(world)
    await Promise.all(Array.from({ length: 100 }, () => inbound.authenticate(bearer(token))))
    expect(server.requests).toEqual([CHANNEL_METADATA, CHANNEL_KEYS])
  })

  test('200 requests on a cold start, while the keys are down, ask once and are told when to come back (S3b)', async () => {
    const inbound = authenticator()
    server.routes.delete(CHANNEL_KEYS)

    for (let at = 0; at < 200; at += 1) {
      const result = inbound.authenticate(bearer(channel({ jti: at })(world)))
      await expect(result).rejects.toMatchObject({ code: 'AUTH_KEYS_UNAVAILABLE', status: 503, retryAfterSeconds: 1 })
    }
    expect(server.count(CHANNEL_KEYS)).toBe(1)
  })
})
