import { inspect } from 'node:util'
import { silentLogger } from '@parley/core'
import type { Logger, TokenSource } from '@parley/core'
import type { TokenSourceOptions } from '../src/outbound/cached-token-source.ts'
import type { AssertionUnavailableError, TokenRequestFailedError } from '../src/outbound/token-errors.ts'
import { IdentityServer } from './identity-server.ts'
import { fail, hang, issue, reset, ScriptedEndpoint } from './scripted-endpoint.ts'
import type { Answer } from './scripted-endpoint.ts'

export const AUDIENCE = 'https://api.botframework.com'

/** One kind of credential, as the suite needs it. */
export interface CredentialKind {
  /** What it asks, with its query, for a token for {@link AUDIENCE}. */
  readonly path: string
  readonly create: (url: string, options: TokenSourceOptions) => TokenSource
  /** What it holds and must not show. What it sends is found out. */
  readonly secrets: () => readonly string[]
}

/** What every kind of credential owes: one request for all, bounded retries, no redirects, and silence about secrets. */
export function tokenSourceSuite({ path, create, secrets }: CredentialKind): void {
  let server: IdentityServer
  let endpoint: ScriptedEndpoint
  let nowMs: number
  let waits: number[]
  let log: object[]
  const logger: Logger = { ...silentLogger, error: (facts, message) => log.push({ ...facts, message }) }

  beforeAll(async () => {
    server = await IdentityServer.start()
  })

  beforeEach(() => {
    endpoint = new ScriptedEndpoint(server, path)
    nowMs = 1_000
    waits = []
    log = []
  })

  afterAll(() => server.close())

  const tokenSource = (options: TokenSourceOptions = {}): TokenSource =>
    create(server.url, {
      logger,
      now: () => nowMs,
      delay: async (ms) => {
        waits.push(ms)
        nowMs += ms
      },
      ...options,
    })

  const failureOf = (source: TokenSource): Promise<unknown> =>
    source.getToken(AUDIENCE).then(
      () => 'a token',
      (error: unknown) => error,
    )

  test('asks once for 50 concurrent turns and keeps the token', async () => {
    const source = tokenSource()
    const tokens = await Promise.all(Array.from({ length: 50 }, () => source.getToken(AUDIENCE)))
    expect(new Set(tokens)).toEqual(new Set(['token-1']))
    expect(endpoint.asked).toHaveLength(1)
  })

  test.each<[string, Answer]>([
    ['401 invalid_client', fail(401, { error: 'invalid_client', error_description: 'AADSTS700027: prose' })],
    ['400 unauthorized_client', fail(400, { error: 'unauthorized_client' })],
  ])('stops for 30 s after %s, with one alarm', async (_, refusal) => {
    endpoint.script(refusal, issue())
    const source = tokenSource()
    expect(await failureOf(source)).toMatchObject({ code: 'AUTH_CREDENTIALS_REFUSED' })
    nowMs += 29_999
    expect(await failureOf(source)).toMatchObject({ code: 'AUTH_CREDENTIALS_REFUSED' })
    expect(endpoint.asked).toHaveLength(1)
    expect(log).toMatchObject([{ ev: 'auth.token_failed', code: 'AUTH_CREDENTIALS_REFUSED' }])
    nowMs += 1
    expect(await source.getToken(AUDIENCE)).toBe('token-1')
  })

  test('waits as long as a 429 asks', async () => {
    endpoint.script(fail(429, {}, { 'retry-after': '2' }), issue())
    expect(await tokenSource().getToken(AUDIENCE)).toBe('token-1')
    expect(waits).toEqual([2_000])
  })

  test('gets its token after two times 500', async () => {
    endpoint.script(fail(500), fail(500), issue())
    expect(await tokenSource({ totalTimeoutMs: 60_000 }).getToken(AUDIENCE)).toBe('token-1')
    expect(endpoint.asked).toHaveLength(3)
  })

  test('gives up after three times 500', async () => {
    endpoint.script(fail(500))
    const failure = await failureOf(tokenSource({ totalTimeoutMs: 60_000 }))
    expect(failure).toMatchObject({ code: 'AUTH_TOKEN_UNAVAILABLE', retryable: true, facts: { status: 500 } })
    expect(endpoint.asked).toHaveLength(3)
  })

  test('gives up an endpoint that hangs', async () => {
    endpoint.script(hang)
    const failure = await failureOf(tokenSource({ tryTimeoutMs: 20, totalTimeoutMs: 60_000 }))
    expect(reasonOf(failure)).toBe('ETIMEDOUT')
    expect(waits).toHaveLength(2)
  })

  test('gives up an endpoint that stops in the middle of its answer', async () => {
    endpoint.script((_request, response) => response.writeHead(200, { 'content-length': '100' }).write('{"access'))
    const failure = await failureOf(tokenSource({ tryTimeoutMs: 20, totalTimeoutMs: 60_000 }))
    expect(reasonOf(failure)).toBe('ETIMEDOUT')
  })

  test.each<[string, Answer]>([
    ['is not JSON', (_request, response) => response.writeHead(200).end('{"access_token":"to')],
    ['is JSON of another kind', (_request, response) => response.writeHead(200).end('null')],
    ['has no token', issue({ access_token: undefined })],
    ['says no life', issue({ expires_in: undefined })],
    ['is nested deeply', (_request, response) => response.writeHead(500).end('['.repeat(30_000) + ']'.repeat(30_000))],
    ['is a megabyte', issue({ filler: 'x'.repeat(1024 * 1024) })],
  ])('makes no token of an answer that %s', async (_, answer) => {
    endpoint.script(answer)
    expect(await failureOf(tokenSource())).toMatchObject({ code: 'AUTH_TOKEN_UNAVAILABLE' })
  })

  test('does not follow a redirect', async () => {
    server.routes.set('/elsewhere', {})
    endpoint.script(fail(307, {}, { location: '/elsewhere' }))
    expect(await failureOf(tokenSource())).toMatchObject({ code: 'AUTH_TOKEN_UNAVAILABLE', retryable: false })
    expect(server.count('/elsewhere')).toBe(0)
    expect(endpoint.asked).toHaveLength(1)
  })

  const echo =
    (status: number): Answer =>
    (request, response, body) => {
      const all = [...request.rawHeaders, body, decodeURIComponent(body), ...secrets()].join(' ')
      fail(status, { error: all, error_description: `AADSTS700027 ${all}`, message: all, access_token: all })(
        request,
        response,
        body,
      )
    }

  test.each<[string, Answer]>([
    ['is refused by an endpoint that echoes everything', echo(401)],
    ['meets an endpoint in trouble that echoes everything', echo(500)],
    ['gets an echo instead of a token', echo(200)],
    ['meets a reset connection', reset],
    ['meets an endpoint that hangs', hang],
    ['gets its token', issue()],
  ])('shows no secret in errors, logs or pictures of itself when it %s (K08)', async (_, answer) => {
    endpoint.script(answer)
    const source = tokenSource({ tryTimeoutMs: 50, totalTimeoutMs: 60_000 })
    const failure = await failureOf(source)
    const picture = [source, failure, log]
      .map((value) => inspect(value, { depth: null, showHidden: true }) + JSON.stringify(value) + String(value))
      .join('\n')
    for (const secret of [...secrets(), ...sent()]) expect(picture).not.toContain(secret)
    if (failure instanceof Error) expect(failure.cause).toBeUndefined()
  })

  test('shows no password of the address it asks', async () => {
    endpoint.script(fail(500))
    const source = create(server.url.replace('//', '//user:S3cret-of-the-address@'), { logger, delay: async () => {} })
    const failure = await failureOf(source)
    expect(failure).toMatchObject({ code: 'AUTH_TOKEN_UNAVAILABLE' })
    expect(inspect([failure, log], { depth: null }) + JSON.stringify([failure, log])).not.toContain('S3cret-of')
  })

  /** Everything by which the endpoint was persuaded, and the tokens it gave. */
  function sent(): string[] {
    const proofs = endpoint.asked.flatMap(({ headers, body }) => [
      new URLSearchParams(body).get('client_assertion'),
      headers['x-identity-header'],
    ])
    return ['token-1', ...proofs].filter((proof) => typeof proof === 'string')
  }
}

/** On a busy machine the time of a try may be up before the endpoint is asked, while the credential is still being read. */
function reasonOf(failure: unknown): string | undefined {
  expect(failure).toMatchObject({ code: expect.stringMatching(/^AUTH_(TOKEN|ASSERTION)_UNAVAILABLE$/) as string })
  const { facts, reason } = failure as Partial<TokenRequestFailedError & AssertionUnavailableError>
  return facts?.reason ?? reason
}
