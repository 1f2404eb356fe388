import { inspect } from 'node:util'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { silentLogger } from '@parley/core'
import type { Logger, TokenSource } from '@parley/core'
import { IdentityServer, answerJson } from '../../test/identity-server.ts'
import { until } from '../../test/until.ts'
import { localCloud, publicCloud } from '../cloud.ts'
import { createClientSecretTokenSource } from './client-secret-token-source.ts'
import type { ClientSecretOptions } from './client-secret-token-source.ts'
import { CredentialsRefusedError, TokenRequestFailedError } from './token-errors.ts'

const APP = '11111111-1111-4111-8111-111111111111'
const SECRET = 'S3cret~with/strange+characters=&%20'
const AUDIENCE = 'https://api.botframework.com'
const TOKEN_PATH = '/botframework.com/oauth2/v2.0/token'
const MINUTE = 60_000

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void

let server: IdentityServer
let nowMs: number
let waits: number[]
let bodies: string[]
let issued: number
let inFlight: number
let mostInFlight: number
let log: object[]

const logger: Logger = {
  ...silentLogger,
  warn: (facts) => log.push(facts),
  error: (facts, message) => log.push({ ...facts, message }),
}

beforeAll(async () => {
  server = await IdentityServer.start()
})

beforeEach(() => {
  server.reset()
  nowMs = 1_000
  waits = []
  bodies = []
  log = []
  issued = inFlight = mostInFlight = 0
  script(issue())
})

afterAll(() => server.close())

/** Answers the token endpoint's calls in turn; the last answer stays. */
function script(...answers: Answer[]): void {
  server.routes.set(TOKEN_PATH, (request, response, body) => {
    bodies.push(body)
    mostInFlight = Math.max(mostInFlight, (inFlight += 1))
    response.on('close', () => (inFlight -= 1))
    const answer = answers.length > 1 ? answers.shift() : answers[0]
    answer?.(request, response, body)
  })
}

const issue =
  (change: object = {}): Answer =>
  (_request, response) =>
    answerJson(response, 200, {
      token_type: 'Bearer',
      expires_in: 3600,
      access_token: `token-${(issued += 1)}`,
      ...change,
    })

const fail =
  (status: number, body: object = {}, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    answerJson(response, status, body, headers)

const reset: Answer = (_request, response) => response.destroy()
const hang: Answer = () => {}

function tokenSource(options: Partial<ClientSecretOptions> = {}): TokenSource {
  return createClientSecretTokenSource({
    appId: APP,
    secret: SECRET,
    cloud: localCloud(server.url),
    logger,
    now: () => nowMs,
    delay: async (ms) => {
      waits.push(ms)
      nowMs += ms
    },
    ...options,
  })
}

const calls = (): number => bodies.length

/** Runs `count` turns at once and tells how they ended. */
async function turns(source: TokenSource, count: number): Promise<unknown[]> {
  const attempts = Array.from({ length: count }, () => source.getToken(AUDIENCE))
  return (await Promise.allSettled(attempts)).map((end) => (end.status === 'fulfilled' ? end.value : end.reason))
}

describe('a token request', () => {
  test('is the client-credentials form of the app for the audience', async () => {
    expect(await tokenSource().getToken(AUDIENCE)).toBe('token-1')
    expect(Object.fromEntries(new URLSearchParams(bodies[0]))).toEqual({
      grant_type: 'client_credentials',
      client_id: APP,
      client_secret: SECRET,
      scope: 'https://api.botframework.com/.default',
    })
  })

  test("goes to the bot's own tenant when it has one", async () => {
    server.routes.set('/contoso%2F..%2Fevil/oauth2/v2.0/token', (request, response) => issue()(request, response, ''))
    expect(await tokenSource({ tenantId: 'contoso/../evil' }).getToken(AUDIENCE)).toBe('token-1')
  })

  test('never leaves over plain http for another machine', () => {
    const cloud = { ...publicCloud, loginUrl: 'http://login.evil.test/' }
    expect(() => tokenSource({ cloud })).toThrow(expect.objectContaining({ code: 'AUTH_URL_INSECURE' }))
  })

  test('does not follow a redirect, which would carry the secret elsewhere', async () => {
    server.routes.set('/elsewhere', {})
    script(fail(307, {}, { location: '/elsewhere' }))
    await expect(tokenSource().getToken(AUDIENCE)).rejects.toBeInstanceOf(TokenRequestFailedError)
    expect(server.count('/elsewhere')).toBe(0)
  })
})

describe('a token', () => {
  test('is fetched once for 100 concurrent turns and kept (S4)', async () => {
    const source = tokenSource()
    expect(new Set(await turns(source, 100))).toEqual(new Set(['token-1']))
    expect(await source.getToken(AUDIENCE)).toBe('token-1')
    expect(calls()).toBe(1)
  })

  test('is kept per audience', async () => {
    const source = tokenSource()
    expect(await source.getToken(AUDIENCE)).toBe('token-1')
    expect(await source.getToken('another-bot')).toBe('token-2')
    expect(await source.getToken(AUDIENCE)).toBe('token-1')
  })

  test('is renewed in the background at 80 % of its life, once (K07)', async () => {
    const source = tokenSource()
    await source.getToken(AUDIENCE)
    nowMs += 48 * MINUTE
    expect(new Set(await turns(source, 10))).toEqual(new Set(['token-1']))
    await until(async () => (await source.getToken(AUDIENCE)) === 'token-2')
    expect(calls()).toBe(2)
  })

  test('is not renewed before that', async () => {
    const source = tokenSource()
    await source.getToken(AUDIENCE)
    nowMs += 48 * MINUTE - 1
    await source.getToken(AUDIENCE)
    // A renewal would have been sent before this one.
    await source.getToken('another-bot')
    expect(issued).toBe(2)
  })

  test('is not used in its last five minutes (K07)', async () => {
    const source = tokenSource()
    await source.getToken(AUDIENCE)
    nowMs += 55 * MINUTE
    expect(await source.getToken(AUDIENCE)).toBe('token-2')
  })

  test('is used in its last five minutes when no other can be had, and not after', async () => {
    const source = tokenSource()
    await source.getToken(AUDIENCE)
    script(fail(500))
    nowMs += 56 * MINUTE
    expect(await source.getToken(AUDIENCE)).toBe('token-1')
    nowMs += 4 * MINUTE
    await expect(source.getToken(AUDIENCE)).rejects.toBeInstanceOf(TokenRequestFailedError)
  })

  test('is used in its last five minutes without a wait for a service that has just failed', async () => {
    const source = tokenSource()
    await source.getToken(AUDIENCE)
    script(fail(500))
    nowMs += 56 * MINUTE
    await source.getToken(AUDIENCE)
    expect(calls()).toBe(1 + 3)
    script(hang)
    expect(await source.getToken(AUDIENCE)).toBe('token-1')
    expect(calls()).toBe(1 + 3)
    script(issue())
    nowMs += MINUTE / 2
    expect(await source.getToken(AUDIENCE)).toBe('token-2')
  })

  test('is still used when its background renewal fails, which is tried again after a pause', async () => {
    const source = tokenSource()
    await source.getToken(AUDIENCE)
    script(fail(400), issue())
    nowMs += 48 * MINUTE
    expect(await source.getToken(AUDIENCE)).toBe('token-1')
    await until(() => log.length === 1)
    expect(await source.getToken(AUDIENCE)).toBe('token-1')
    expect(calls()).toBe(2)
    nowMs += MINUTE / 2
    await until(async () => (await source.getToken(AUDIENCE)) === 'token-2')
  })

  test('of a short life is kept for most of it', async () => {
    script(issue({ expires_in: 100 }))
    const source = tokenSource()
    await source.getToken(AUDIENCE)
    nowMs += 79_000
    expect(await source.getToken(AUDIENCE)).toBe('token-1')
    nowMs += 11_000
    expect(await source.getToken(AUDIENCE)).toBe('token-2')
  })

  test('that a service refused is fetched anew, and one it never saw is kept', async () => {
    const source = tokenSource()
    await source.getToken(AUDIENCE)
    source.forget(AUDIENCE, 'an older token')
    expect(await source.getToken(AUDIENCE)).toBe('token-1')
    source.forget(AUDIENCE, 'token-1')
    expect(await source.getToken(AUDIENCE)).toBe('token-2')
  })

  test('may come with its life as text, as older endpoints send it', async () => {
    script(issue({ expires_in: '3600' }))
    expect(await tokenSource().getToken(AUDIENCE)).toBe('token-1')
  })

  test.each([
    ['is empty', { access_token: '' }],
    ['would break a header', { access_token: 'a\r\nX-Evil: 1' }],
    ['is not text', { access_token: {} }],
    ['is of another type', { token_type: 'pop' }],
    ['has no life', { expires_in: undefined }],
    ['has expired', { expires_in: 0 }],
  ])('that %s is not used', async (_, change) => {
    script(issue(change))
    await expect(tokenSource().getToken(AUDIENCE)).rejects.toMatchObject({ code: 'AUTH_TOKEN_UNAVAILABLE' })
  })
})

describe('an identity service in trouble', () => {
  test('is asked three times by 50 turns, one call at a time, and all get one error (K01)', async () => {
    script(fail(500))
    const errors = await turns(tokenSource(), 50)
    expect(new Set(errors).size).toBe(1)
    expect(errors[0]).toMatchObject({
      code: 'AUTH_TOKEN_UNAVAILABLE',
      retryable: true,
      facts: { status: 500, audience: AUDIENCE },
    })
    expect(calls()).toBe(3)
    expect(mostInFlight).toBe(1)
    expect(log).toMatchObject([{ ev: 'auth.token_failed', code: 'AUTH_TOKEN_UNAVAILABLE' }])
  })

  test('that asks for two seconds gets them (K02)', async () => {
    script(fail(429, {}, { 'retry-after': '2' }), issue())
    expect(new Set(await turns(tokenSource(), 50))).toEqual(new Set(['token-1']))
    expect(waits).toEqual([2_000])
    expect(calls()).toBe(2)
  })

  test('that asks for longer than a turn may wait is left alone for that long', async () => {
    script(fail(429, {}, { 'retry-after': '30' }), issue())
    const source = tokenSource()
    await expect(source.getToken(AUDIENCE)).rejects.toMatchObject({ facts: { retryAfterSeconds: 30 } })
    nowMs += 29_999
    await expect(source.getToken('another-bot')).rejects.toMatchObject({ facts: { retryAfterSeconds: 30 } })
    expect(calls()).toBe(1)
    nowMs += 1
    expect(await source.getToken(AUDIENCE)).toBe('token-1')
  })

  test('that asks for a date is understood', async () => {
    script(fail(503, {}, { 'retry-after': new Date(Date.now() + 3_600_000).toUTCString() }))
    const failure = tokenSource().getToken(AUDIENCE)
    await expect(failure).rejects.toMatchObject({ facts: { retryAfterSeconds: expect.closeTo(3600, -1) as number } })
  })

  test('that asks for a year is asked again after five minutes', async () => {
    script(fail(429, {}, { 'retry-after': '31536000' }), issue())
    const source = tokenSource()
    await source.getToken(AUDIENCE).catch(() => {})
    nowMs += 5 * MINUTE
    expect(await source.getToken(AUDIENCE)).toBe('token-1')
  })

  test('that hangs is given up, try by try and in total (K03)', async () => {
    script(hang)
    const source = tokenSource({ tryTimeoutMs: 20, totalTimeoutMs: 10_000 })
    await expect(source.getToken(AUDIENCE)).rejects.toMatchObject({ facts: { reason: 'ETIMEDOUT' } })
    expect(waits).toHaveLength(2)
  })

  test('that used up the total time is not asked again (K03)', async () => {
    script((request, response, body) => {
      nowMs += 10_000
      fail(500)(request, response, body)
    })
    await expect(tokenSource().getToken(AUDIENCE)).rejects.toBeInstanceOf(TokenRequestFailedError)
    expect(calls()).toBe(1)
  })

  test('that resets connections is asked again, one call at a time (K04)', async () => {
    script(reset, reset, issue())
    expect(new Set(await turns(tokenSource(), 50))).toEqual(new Set(['token-1']))
    expect(mostInFlight).toBe(1)
  })

  test('that fails once costs one pause (K06)', async () => {
    script(fail(500), issue())
    expect(await tokenSource().getToken(AUDIENCE)).toBe('token-1')
    expect(waits).toHaveLength(1)
    expect(waits[0]).toBeLessThan(500)
  })

  test('that recovered after all tries serves the next turn (K06)', async () => {
    script(fail(500), fail(500), fail(500), issue())
    const source = tokenSource()
    await source.getToken(AUDIENCE).catch(() => {})
    expect(await source.getToken(AUDIENCE)).toBe('token-1')
  })

  test('that sends a megabyte is not listened to', async () => {
    script(issue({ filler: 'x'.repeat(1024 * 1024) }))
    await expect(tokenSource().getToken(AUDIENCE)).rejects.toMatchObject({ code: 'AUTH_TOKEN_UNAVAILABLE' })
  })

  test.each([
    ['refuses the audience', fail(400, { error: 'invalid_scope' })],
    ['refuses without a word', fail(403)],
  ])('that %s is not asked twice', async (_, answer) => {
    script(answer)
    await expect(tokenSource().getToken(AUDIENCE)).rejects.toMatchObject({
      code: 'AUTH_TOKEN_UNAVAILABLE',
      retryable: false,
    })
    expect(calls()).toBe(1)
  })
})

describe('refused credentials', () => {
  const refuse = (error: string, entra: string): Answer =>
    fail(401, { error, error_description: `${entra}: prose that may say anything. Trace ID: 1`, error_codes: [1] })

  test('stop the calls for 30 s, whatever the audience, and raise one alarm (K05)', async () => {
    script(refuse('invalid_client', 'AADSTS7000215'))
    const source = tokenSource()
    for (const seconds of [0, 29, 1]) {
      nowMs += seconds * 1_000
      await expect(source.getToken(AUDIENCE)).rejects.toBeInstanceOf(CredentialsRefusedError)
      await expect(source.getToken('another-bot')).rejects.toBeInstanceOf(CredentialsRefusedError)
    }
    expect(calls()).toBe(2)
    expect(log).toMatchObject([{ ev: 'auth.token_failed', code: 'AUTH_CREDENTIALS_REFUSED' }])
  })

  test('raise a new alarm after they had worked', async () => {
    script(
      refuse('invalid_client', 'AADSTS7000215'),
      issue({ expires_in: 1 }),
      refuse('invalid_client', 'AADSTS7000222'),
    )
    const source = tokenSource()
    for (let round = 0; round < 3; round += 1) {
      await source.getToken(AUDIENCE).catch(() => {})
      nowMs += 30_000
    }
    expect(log).toHaveLength(2)
  })

  test('name the app id and the settings to check', async () => {
    script(refuse('invalid_client', 'AADSTS7000215'))
    await expect(tokenSource().getToken(AUDIENCE)).rejects.toMatchObject({
      code: 'AUTH_CREDENTIALS_REFUSED',
      message: `The credentials of app id ${APP} were refused (HTTP 401, invalid_client, AADSTS7000215). Check MicrosoftAppPassword and MicrosoftAppTenantId for app id ${APP}.`,
    })
  })

  test('are known by the status when the service does not say more', async () => {
    script(fail(401))
    await expect(tokenSource().getToken(AUDIENCE)).rejects.toBeInstanceOf(CredentialsRefusedError)
  })

  test('of an app in another tenant point to MicrosoftAppTenantId', async () => {
    script(fail(400, { error: 'unauthorized_client', error_description: 'AADSTS700016: prose' }))
    await expect(tokenSource().getToken(AUDIENCE)).rejects.toMatchObject({
      code: 'AUTH_CREDENTIALS_REFUSED',
      message: expect.stringContaining('MicrosoftAppType=SingleTenant and MicrosoftAppTenantId') as string,
    })
  })
})

describe('the secret and the tokens', () => {
  const echo: Answer = (_request, response, body) => {
    const echoed = `AADSTS7000215 ${body} ${SECRET}`
    answerJson(
      response,
      401,
      { error: SECRET, error_description: echoed, access_token: SECRET },
      { 'retry-after': SECRET },
    )
  }

  test.each<[string, Answer]>([
    ['are refused by a service that echoes them', echo],
    ['meet a reset connection', reset],
    ['meet a server error', fail(500, { error: SECRET })],
    ['are refused', fail(401, { error: 'invalid_client', error_description: SECRET })],
  ])('show in no error and no log when they %s (K08)', async (_, answer) => {
    script(answer)
    const source = tokenSource()
    const error: unknown = await source.getToken(AUDIENCE).catch((thrown: unknown) => thrown)
    const seen = [error, source, log].map(
      (value) => inspect(value, { depth: null, showHidden: true }) + JSON.stringify(value),
    )
    expect(seen.join()).not.toMatch(/S3cret/i)
    expect(error).toBeInstanceOf(Error)
    expect((error as Error).cause).toBeUndefined()
  })

  test('show in no picture of the source that holds them (K08)', async () => {
    const source = tokenSource()
    await source.getToken(AUDIENCE)
    const seen = inspect(source, { depth: null, showHidden: true }) + JSON.stringify(source)
    expect(seen).not.toMatch(/S3cret|token-1/i)
  })
})
