import { IdentityUnreachableError } from '../identity-http.ts'
import type { IdentityAnswer } from '../identity-http.ts'
import { CredentialsRefusedError, TokenRequestFailedError } from './token-errors.ts'
import type { TokenFailureFacts } from './token-errors.ts'

/** Whom to name in an error: an address may hold a password, or in its query a secret. */
export function endpointName({ origin, pathname }: URL): string {
  return origin + pathname
}

/** A token as the identity service gave it. */
export interface IssuedToken {
  readonly token: string
  readonly lifetimeMs: number
}

/** How one kind of endpoint says no. */
export interface FailureRules {
  /** Whether the endpoint does not accept the app or its credential: asking again is of no use until the settings change. */
  readonly isRefusal: (facts: TokenFailureFacts) => boolean
  /** Whether asking again soon can help. */
  readonly isRetryable: (status: number) => boolean
  /** What to check after a refusal. */
  readonly remedy: string
}

/** Largest answer that is read; tokens are a few KiB. */
export const MAX_ANSWER_BYTES: number = 64 * 1024

/**
 * The answer to a token request that is under way.
 *
 * @throws {@link TokenRequestFailedError} `AUTH_TOKEN_UNAVAILABLE`: there was none.
 */
export async function answered(answer: Promise<IdentityAnswer>, facts: TokenFailureFacts): Promise<IdentityAnswer> {
  try {
    return await answer
  } catch (error) {
    const reason = error instanceof IdentityUnreachableError ? error.reason : undefined
    throw new TokenRequestFailedError({ ...facts, reason }, true)
  }
}

/**
 * The token of an answer.
 *
 * @throws {@link CredentialsRefusedError} `AUTH_CREDENTIALS_REFUSED`: the app or its credential is not accepted.
 * @throws {@link TokenRequestFailedError} `AUTH_TOKEN_UNAVAILABLE`: everything else.
 */
export function readTokenAnswer(answer: IdentityAnswer, known: TokenFailureFacts, rules: FailureRules): IssuedToken {
  if (answer.status === 200) return requireToken(answer.body, known)
  const facts = { ...known, ...readFailure(answer) }
  if (rules.isRefusal(facts)) throw new CredentialsRefusedError(facts, rules.remedy)
  throw new TokenRequestFailedError(facts, rules.isRetryable(answer.status))
}

/** RFC 6749 §5.2: these say, like the status 401, that the app could not prove itself. */
export function isOAuthRefusal({ status, oauthError, entraError = '' }: TokenFailureFacts): boolean {
  if (status === 401 || oauthError === 'invalid_client' || oauthError === 'unauthorized_client') return true
  // No federated credential matches the assertion: 70021 and the finer codes that begin with it come as invalid_request too.
  return entraError.startsWith('AADSTS70021')
}

/** Statuses after which the same request may succeed. */
export function isTransient(status: number): boolean {
  return status >= 500 || status === 429 || status === 408
}

function requireToken(body: unknown, facts: TokenFailureFacts): IssuedToken {
  const { access_token: token, token_type: type = 'Bearer', ...times } = asObject(body)
  const lifetimeMs = lifetimeOf(times)
  const isBearer = typeof type === 'string' && type.toLowerCase() === 'bearer'
  if (isBearer && isSendable(token) && lifetimeMs > 0) return { token, lifetimeMs }
  throw new TokenRequestFailedError({ ...facts, status: 200 }, true)
}

/** App Service tells only when a token ends, in seconds since 1970; everybody else how long it lives. `NaN` when unknown. */
function lifetimeOf({ expires_in: seconds, expires_on: endsAt }: Record<string, unknown>): number {
  if (seconds !== undefined || endsAt === undefined) return Number(seconds) * 1000
  return Number(endsAt) * 1000 - Date.now()
}

/** Whether it is text that can go into a header or a form as it is: visible ASCII. */
export function isSendable(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)
}

function readFailure({ status, body, retryAfter }: IdentityAnswer): Partial<TokenFailureFacts> {
  const { error, error_description: description, message } = asObject(body)
  return {
    status,
    oauthError: OAUTH_ERRORS.find((known) => known === error),
    // Depending on who answers.
    entraError: [description, message, asObject(error)['message']].map(entraErrorIn).find((code) => code !== undefined),
    retryAfterSeconds: parseRetryAfter(retryAfter),
  }
}

function entraErrorIn(prose: unknown): string | undefined {
  return typeof prose === 'string' ? /AADSTS\d{4,8}/.exec(prose)?.[0] : undefined
}

/** Known values only: a service that echoes the request must not get the secret into our errors. */
const OAUTH_ERRORS = [
  'invalid_client',
  'invalid_grant',
  'invalid_request',
  'invalid_resource',
  'invalid_scope',
  'server_error',
  'temporarily_unavailable',
  'unauthorized_client',
  'unsupported_grant_type',
]

/** Seconds of a `Retry-After`, in either form of RFC 9110 §10.2.3. */
function parseRetryAfter(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  if (/^\d{1,9}$/.test(value)) return Number(value)
  const seconds = (Date.parse(value) - Date.now()) / 1000
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
