import { setTimeout as sleep } from 'node:timers/promises'
import { ParleyError, silentLogger } from '@parley/core'
import type { Logger, TokenSource } from '@parley/core'
import { BoundedMap } from '@parley/core/internal'
import type { IssuedToken } from './token-answer.ts'
import { AssertionUnavailableError, CredentialsRefusedError, TokenRequestFailedError } from './token-errors.ts'

/** Gets one token, once. All that a kind of credential has to bring; caching, sharing and retrying are done here. */
export type RequestToken = (audience: string, signal: AbortSignal) => Promise<IssuedToken>

/** What every kind of token source takes. */
export interface TokenSourceOptions {
  /** Hears of tokens that could not be had, once per attempt or per spell of refused credentials. Default: nobody. */
  readonly logger?: Logger | undefined
  /** Milliseconds of a clock that only counts forward. Default: this host's monotonic clock. */
  readonly now?: (() => number) | undefined
  /** Waits between tries. Default: a timer. */
  readonly delay?: ((ms: number) => Promise<unknown>) | undefined
  /** Longest time of one try. Default 5 s. */
  readonly tryTimeoutMs?: number | undefined
  /** Longest time of all tries of one call. Default 9 s: below that of the call which needs the token, which then tells why. */
  readonly totalTimeoutMs?: number | undefined
}

const MAX_TRIES = 3
const FIRST_PAUSE_MS = 250
const RENEW_AT = 0.8
const MARGIN_MS = 5 * 60_000
const MAX_MARGIN = 0.1
const RENEWAL_PAUSE_MS = 30_000
const REFUSED_PAUSE_MS = 30_000
const MAX_RETRY_AFTER_MS = 5 * 60_000
const MAX_AUDIENCES = 1_000

interface HeldToken {
  readonly token: string
  /** From here on it is renewed in the background, … */
  renewAt: number
  /** … from here on a caller waits for the renewal, … */
  dueAt: number
  /** … and here it is over. */
  readonly expiresAt: number
}

/**
 * A source that keeps the tokens of one credential, one per audience. One request at a time per audience, whoever asks; the
 * credential and the tokens live in this closure, out of reach of `util.inspect` and `JSON.stringify`.
 *
 * @param firstPauseMs - Before the second try, give or take a half; doubled before the third.
 */
export function createCachedTokenSource(
  request: RequestToken,
  options: TokenSourceOptions = {},
  firstPauseMs: number = FIRST_PAUSE_MS,
): TokenSource {
  const { logger = silentLogger, now = () => performance.now() } = options
  const obtain = withRetries(request, { ...options, firstPauseMs, now })
  const held = new BoundedMap<string, HeldToken>(MAX_AUDIENCES)
  const underWay = new Map<string, Promise<string>>()
  let pause: { readonly until: number; readonly error: Error } | undefined
  let refusalLogged = false

  async function fetchToken(audience: string): Promise<string> {
    try {
      const issued = await obtain(audience)
      held.set(audience, hold(issued, now()))
      refusalLogged = false
      return issued.token
    } catch (error) {
      pause = pauseAfter(error, now()) ?? pause
      report(error, audience)
      throw error
    }
  }

  function report(error: unknown, audience: string): void {
    const isRefusal = error instanceof CredentialsRefusedError
    if (isRefusal && refusalLogged) return
    refusalLogged ||= isRefusal
    const code = ParleyError.isParleyError(error) ? { code: error.code } : {}
    const sentence = error instanceof Error ? error.message : 'No token could be obtained for outgoing calls.'
    logger.error({ ev: 'auth.token_failed', audience, ...code }, sentence)
  }

  function shareFetch(audience: string): Promise<string> {
    if (pause && now() < pause.until) return Promise.reject(pause.error)
    let fetching = underWay.get(audience)
    if (!fetching) {
      fetching = fetchToken(audience).finally(() => underWay.delete(audience))
      underWay.set(audience, fetching)
    }
    return fetching
  }

  /** The caller has a good token: a failed renewal is logged where it happens and tried again later. */
  function renewInBackground(audience: string, current: HeldToken): void {
    current.renewAt = now() + RENEWAL_PAUSE_MS
    shareFetch(audience).catch(() => {})
  }

  async function renew(audience: string, current: HeldToken | undefined): Promise<string> {
    try {
      return await shareFetch(audience)
    } catch (error) {
      if (!current || now() >= current.expiresAt) throw error
      // The token is good still: not every turn until its end is to wait for a service that just failed.
      current.dueAt = current.renewAt = Math.min(now() + RENEWAL_PAUSE_MS, current.expiresAt)
      return current.token
    }
  }

  return Object.freeze({
    async getToken(audience: string): Promise<string> {
      const current = held.get(audience)
      if (!current || now() >= current.dueAt) return renew(audience, current)
      if (now() >= current.renewAt) renewInBackground(audience, current)
      return current.token
    },
    forget(audience: string, token: string): void {
      if (held.get(audience)?.token === token) held.delete(audience)
    },
  })
}

/** The margin is for what happens between taking a token and its arrival; short-lived tokens get a shorter one. */
function hold({ token, lifetimeMs }: IssuedToken, now: number): HeldToken {
  const expiresAt = now + lifetimeMs
  const margin = Math.min(MARGIN_MS, lifetimeMs * MAX_MARGIN)
  return { token, renewAt: now + lifetimeMs * RENEW_AT, dueAt: expiresAt - margin, expiresAt }
}

/** How long nobody asks after a failure: refused credentials stay refused, and a service that asked for a pause gets it. */
function pauseAfter(error: unknown, now: number): { until: number; error: Error } | undefined {
  if (error instanceof CredentialsRefusedError) return { until: now + REFUSED_PAUSE_MS, error }
  if (error instanceof TokenRequestFailedError && error.facts.retryAfterSeconds !== undefined) {
    return { until: now + Math.min(error.facts.retryAfterSeconds * 1000, MAX_RETRY_AFTER_MS), error }
  }
  return undefined
}

type Retrying = TokenSourceOptions & { readonly firstPauseMs: number; readonly now: () => number }

/** Up to three tries within the total time; what cannot succeed is not tried again. */
function withRetries(request: RequestToken, options: Retrying): (audience: string) => Promise<IssuedToken> {
  const { now, firstPauseMs, delay = sleep, tryTimeoutMs = 5_000, totalTimeoutMs = 9_000 } = options
  return async (audience) => {
    const deadline = now() + totalTimeoutMs
    for (let tried = 1; ; tried += 1) {
      try {
        const timeoutMs = Math.max(1, Math.min(tryTimeoutMs, deadline - now()))
        return await request(audience, AbortSignal.timeout(Math.ceil(timeoutMs)))
      } catch (error) {
        const waitMs = pauseBeforeRetry(error, firstPauseMs * 2 ** (tried - 1))
        if (tried === MAX_TRIES || waitMs === undefined || now() + waitMs >= deadline) throw error
        await delay(waitMs)
      }
    }
  }
}

/** @param backOffMs - When the service did not say how long. */
function pauseBeforeRetry(error: unknown, backOffMs: number): number | undefined {
  const isOurs = error instanceof TokenRequestFailedError || error instanceof AssertionUnavailableError
  if (!isOurs || !error.retryable) return undefined
  const asked = error instanceof TokenRequestFailedError ? error.facts.retryAfterSeconds : undefined
  return asked === undefined ? backOffMs * (0.5 + Math.random()) : asked * 1000
}
