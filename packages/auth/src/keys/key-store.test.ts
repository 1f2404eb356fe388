import type { ServerResponse } from 'node:http'
import type { Logger } from '@parley/core'
import { silentLogger } from '@parley/core'
import { CHANNEL_KEYS, CHANNEL_METADATA, IdentityServer } from '../../test/identity-server.ts'
import type { PublishedKey } from '../../test/identity-server.ts'
import { createKey, published } from '../../test/tokens.ts'
import type { TestKey } from '../../test/tokens.ts'
import { until } from '../../test/until.ts'
import { KeyStore } from './key-store.ts'
import type { KeyStoreOptions } from './key-store.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

let server: IdentityServer
let first: TestKey
let second: TestKey
let weak: TestKey
let nowMs: number

/** Long primes take long on a busy machine. */
const KEY_GENERATION_MS = 60_000

beforeAll(async () => {
  server = await IdentityServer.start()
  ;[first, second, weak] = await Promise.all([createKey('first'), createKey('second'), createKey('weak', 1024)])
}, KEY_GENERATION_MS)

beforeEach(() => {
  server.reset()
  server.publish(CHANNEL_KEYS, [published(first)])
  nowMs = 5_000
})

afterAll(() => server.close())

function keyStore(options: Partial<KeyStoreOptions> = {}): KeyStore {
  const metadataUrl = server.url + CHANNEL_METADATA
  return new KeyStore({ metadataUrl, keyHosts: [], logger: silentLogger, now: () => nowMs, ...options })
}

/** A store that holds the first key, and an issuer that has counted nothing yet. */
async function warmStore(options: Partial<KeyStoreOptions> = {}): Promise<KeyStore> {
  const store = keyStore(options)
  await store.find('first')
  server.requests.length = 0
  return store
}

const fetches = (): number => server.count(CHANNEL_KEYS)

test('a key is ready to verify with and named by its kid', async () => {
  const key = await keyStore().find('first')
  expect(key).toMatchObject({ kid: 'first', endorsements: undefined })
  expect(key?.key.equals(first.publicKey)).toBe(true)
})

describe('keys that grow old', () => {
  test('are used without asking for most of an hour', async () => {
    const store = await warmStore()
    nowMs += 48 * MINUTE - 1
    await store.find('first')
    expect(store.isFresh()).toBe(true)
    expect(fetches()).toBe(0)
  })

  test('are renewed in the background before the hour is over, and nobody waits', async () => {
    const store = await warmStore()
    const asked: ServerResponse[] = []
    server.routes.set(CHANNEL_KEYS, (_request, response) => void asked.push(response))

    nowMs += 50 * MINUTE
    expect(await store.find('first')).toBeDefined()
    expect(store.knows('second')).toBe(false)
    await until(() => asked.length === 1)
    asked[0]?.end(JSON.stringify({ keys: [published(first), published(second)] }))
    await until(() => store.knows('second'))
  })

  test('are not used after an hour without asking: a withdrawn key is refused (S9)', async () => {
    const store = await warmStore()
    server.publish(CHANNEL_KEYS, [published(second)])
    nowMs += HOUR
    expect(await store.find('first')).toBeUndefined()
  })

  test('stay in use while the issuer is down, with an alarm and without waiting (S6, S7)', async () => {
    const alarms: object[] = []
    const logger: Logger = { ...silentLogger, error: (facts) => alarms.push(facts) }
    const store = await warmStore({ logger })
    server.routes.delete(CHANNEL_KEYS)

    nowMs += HOUR
    expect(await store.find('first')).toBeDefined()
    nowMs += 22 * HOUR
    expect(await store.find('first')).toBeDefined()
    await until(() => alarms.length === 2)

    expect(alarms[0]).toMatchObject({ ev: 'auth.keys_stale', code: 'AUTH_KEY_SET_REFUSED', failures: 1, ageMs: HOUR })
  })

  test('are dropped after a day, and the sender is told when to come back', async () => {
    const store = await warmStore()
    server.routes.delete(CHANNEL_KEYS)
    nowMs += 24 * HOUR
    await expect(store.find('first')).rejects.toMatchObject({
      code: 'AUTH_KEYS_UNAVAILABLE',
      status: 503,
      retryAfterSeconds: 1,
    })
  })

  test('keep their identity when they are published again, and lose it when they changed', async () => {
    const store = await warmStore()
    const key = (await store.find('first'))!
    nowMs += HOUR
    await store.find('first')
    expect(store.holds(key)).toBe(true)

    server.publish(CHANNEL_KEYS, [{ ...published(second), kid: 'first' }])
    nowMs += HOUR
    await store.find('first')
    expect(store.holds(key)).toBe(false)
  })
})

describe('an unknown key id', () => {
  test('is found at once when the issuer has just published it (S5)', async () => {
    const store = await warmStore()
    server.publish(CHANNEL_KEYS, [published(first), published(second)])
    expect(await store.find('second')).toBeDefined()
    expect(fetches()).toBe(1)
  })

  test('causes no fetch for 10 s after another one did', async () => {
    const store = await warmStore()
    await store.find('random-1')
    nowMs += 10 * SECOND - 1
    await store.find('random-2')
    expect(fetches()).toBe(1)
    nowMs += 1
    await store.find('random-3')
    expect(fetches()).toBe(2)
  })

  test('is found within 30 s although a flood used up every fetch, and was asked for too early (S5)', async () => {
    const store = await warmStore()
    expect(await store.find('second')).toBeUndefined()
    server.publish(CHANNEL_KEYS, [published(first), published(second)])
    for (let at = 0; at < 30; at += 1) {
      nowMs += SECOND
      await store.find(`random-${at}`)
    }
    expect(await store.find('second')).toBeDefined()
  })

  test('that was not in a fresh set causes no fetch for 20 s', async () => {
    const store = await warmStore()
    await store.find('random')
    nowMs += 20 * SECOND - 1
    await store.find('random')
    expect(fetches()).toBe(1)
    nowMs += 1
    await store.find('random')
    expect(fetches()).toBe(2)
  })

  test('on a cold start does not make the store fetch twice', async () => {
    await keyStore().find('random')
    expect(fetches()).toBe(1)
  })

  test('leaves known keys usable while 100 rotations a minute go on (R3)', async () => {
    const store = await warmStore()
    for (let rotation = 0; rotation < 100; rotation += 1) {
      server.publish(CHANNEL_KEYS, [published(first), { ...published(second), kid: `rotated-${rotation}` }])
      await store.find(`rotated-${rotation}`)
      expect(await store.find('first')).toBeDefined()
      nowMs += 600
    }
    expect(fetches()).toBeLessThanOrEqual(6)
  })

  test('is simply unknown while the issuer is down and older keys are there', async () => {
    const store = await warmStore()
    server.routes.delete(CHANNEL_KEYS)
    expect(await store.find('second')).toBeUndefined()
  })

  test('is asked for again after a failed fetch, which taught nothing', async () => {
    const store = await warmStore()
    server.routes.delete(CHANNEL_KEYS)
    await store.find('second')
    server.publish(CHANNEL_KEYS, [published(first), published(second)])
    nowMs += 10 * SECOND
    expect(await store.find('second')).toBeDefined()
  })
})

describe('an issuer in trouble', () => {
  test('is asked once however many wait', async () => {
    const store = keyStore()
    await Promise.all(Array.from({ length: 100 }, () => store.find('first')))
    expect(server.requests).toEqual([CHANNEL_METADATA, CHANNEL_KEYS])
  })

  test('is left alone for 1, 2, 4, … at most 60 s between failures', async () => {
    const store = keyStore()
    server.routes.delete(CHANNEL_KEYS)
    const pauses: number[] = []
    for (let failure = 0; failure < 8; failure += 1) {
      const refusal: unknown = await store.find('first').catch((error: unknown) => error)
      const { retryAfterSeconds } = refusal as { retryAfterSeconds: number }
      nowMs += retryAfterSeconds * SECOND - 1
      await store.find('first').catch(() => {})
      expect(fetches()).toBe(failure + 1)
      nowMs += 1
      pauses.push(retryAfterSeconds)
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60])
  })

  test('is forgiven after one success', async () => {
    const store = keyStore()
    server.routes.delete(CHANNEL_KEYS)
    await store.find('first').catch(() => {})
    server.publish(CHANNEL_KEYS, [published(first)])
    nowMs += SECOND
    expect(await store.find('first')).toBeDefined()
  })
})

describe('a key set that must not be used', () => {
  const answer =
    (text: string, status = 200, headers: Record<string, string> = {}) =>
    (): void =>
      void server.routes.set(CHANNEL_KEYS, (_request, response) => response.writeHead(status, headers).end(text))
  const keys = (make: () => readonly PublishedKey[]) => (): void => server.publish(CHANNEL_KEYS, make())

  test.each<[string, () => void]>([
    ['has 5 MB', () => answer(`{"keys":[],"x":"${'x'.repeat(5_000_000)}"}`)()],
    [
      'has 5 MB without saying so',
      () => answer(`{"keys":[],"x":"${'x'.repeat(5_000_000)}"}`, 200, { 'transfer-encoding': 'chunked' })(),
    ],
    ['is cut off', () => server.routes.set(CHANNEL_KEYS, (_request, response) => response.destroy())],
    ['uses a kid twice', keys(() => [published(first), published(second), { ...published(second), kid: 'first' }])],
    ['holds a short RSA key', keys(() => [published(second), published(weak)])],
    ['holds only a key for encryption', keys(() => [published(second, { use: 'enc' })])],
    ['holds only a key for another algorithm', keys(() => [published(second, { alg: 'PS256' })])],
    [
      'holds only a key of another kind',
      keys(() => [{ kty: 'EC', crv: 'P-256', kid: 'second', use: 'sig', x: 'AA', y: 'AA' }]),
    ],
    ['holds only a secret', keys(() => [{ kty: 'oct', kid: 'second', use: 'sig', k: 'AA' }])],
    ['holds only a key without a kid', keys(() => [{ ...published(second), kid: '' }])],
    ['holds only a broken key', keys(() => [{ kty: 'RSA', kid: 'second', use: 'sig' }])],
    ['holds no key', keys(() => [])],
    ['has no list of keys', () => answer('{"keys":{}}')()],
    ['is HTML', () => answer('<html>')()],
    ['is null', () => answer('null')()],
    ['is an error', () => answer(JSON.stringify({ keys: [published(first), published(second)] }), 500)()],
    ['redirects', () => answer('', 302, { location: '/elsewhere' })()],
    [
      'is on another host',
      () =>
        server.routes.set(CHANNEL_METADATA, { jwks_uri: server.url.replace('127.0.0.1', 'localhost') + CHANNEL_KEYS }),
    ],
    [
      'is on another port',
      () => server.routes.set(CHANNEL_METADATA, { jwks_uri: `http://127.0.0.1:1${CHANNEL_KEYS}` }),
    ],
    ['is on plain http elsewhere', () => server.routes.set(CHANNEL_METADATA, { jwks_uri: 'http://evil.test/keys' })],
    ['is nowhere', () => server.routes.set(CHANNEL_METADATA, {})],
    ['has metadata that redirects', () => server.routes.set(CHANNEL_METADATA, redirectToGood)],
  ])('is refused, and the keys from before stay, when it %s (R4, R5)', async (_, breakIssuer) => {
    const errors: object[] = []
    const logger: Logger = { ...silentLogger, error: (facts) => errors.push(facts) }
    const store = await warmStore({ logger })
    const good = published(second)
    server.routes.set('/elsewhere', { keys: [published(first), good] })
    breakIssuer()

    expect(await store.find('second')).toBeUndefined()
    expect(await store.find('first')).toBeDefined()
    expect(server.count('/elsewhere')).toBe(0)
    expect(errors).toMatchObject([{ ev: 'auth.keys_stale', code: expect.stringMatching(/^AUTH_/) as string }])
  })

  function redirectToGood(_request: unknown, response: ServerResponse): void {
    response.writeHead(307, { location: '/elsewhere' }).end()
  }
})

test.each([
  ['begins', () => {}],
  ['ends', (_request: unknown, response: ServerResponse) => void response.write('{"keys":[')],
])('a key set that never %s is given up (R4)', async (_, answer) => {
  server.routes.set(CHANNEL_KEYS, answer)
  const store = keyStore({ periods: { timeoutMs: 30 } })
  await expect(store.find('first')).rejects.toMatchObject({ code: 'AUTH_KEYS_UNAVAILABLE' })
})

test('a key set on another host is used when that host is listed', async () => {
  const elsewhere = server.url.replace('127.0.0.1', 'localhost')
  server.routes.set(CHANNEL_METADATA, { jwks_uri: elsewhere + CHANNEL_KEYS })
  expect(await keyStore({ keyHosts: [new URL(elsewhere).host] }).find('first')).toBeDefined()
})

test('keys for other purposes are passed over', async () => {
  server.publish(CHANNEL_KEYS, [
    { ...published(second), kid: 'enc', use: 'enc' },
    published(first),
    { kty: 'EC', kid: 'ec' },
  ])
  expect(await keyStore().find('first')).toBeDefined()
})

describe('endorsements', () => {
  test('of one key make the other keys of the set endorse nothing', async () => {
    server.publish(CHANNEL_KEYS, [published(first, { endorsements: ['msteams'] }), published(second)])
    const store = keyStore()
    expect((await store.find('first'))?.endorsements).toEqual(['msteams'])
    expect((await store.find('second'))?.endorsements).toEqual([])
  })

  test('that are not a list endorse nothing', async () => {
    server.publish(CHANNEL_KEYS, [published(first, { endorsements: 'msteams' })])
    expect((await keyStore().find('first'))?.endorsements).toEqual([])
  })
})

test.each([
  ['metadata', { metadataUrl: 'http://evil.test/metadata' }],
  ['keys, even on a listed host,', { keyHosts: ['evil.test'] }],
])('%s over plain http elsewhere are never asked for', async (_, options) => {
  const errors: object[] = []
  const logger: Logger = { ...silentLogger, error: (facts) => errors.push(facts) }
  server.routes.set(CHANNEL_METADATA, { jwks_uri: 'http://evil.test/keys' })

  await expect(keyStore({ ...options, logger }).find('first')).rejects.toMatchObject({ code: 'AUTH_KEYS_UNAVAILABLE' })
  expect(errors).toMatchObject([{ ev: 'auth.keys_unavailable', code: 'AUTH_URL_INSECURE' }])
})
