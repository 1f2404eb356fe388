import { postForm, IdentityUnreachableError } from '../identity-http.ts'
import type { IdentityAnswer } from '../identity-http.ts'
import { CredentialsRefusedError, TokenRequestFailedError } from './token-errors.ts'
import type { TokenFailureFacts } from './token-errors.ts'

/** A token as the identity service gave it. */
export interface IssuedToken {
  readonly token: string
  readonly lifetimeMs: number
}

/** One question to a token endpoint. */
export interface TokenQuestion {
  readonly endpoint: URL
  /** Grant, credential and scope. Holds the secret: it goes into the request and nowhere else. */
  readonly form: URLSearchParams
  /** For errors and logs. */
  readonly appId: string
  readonly audience: string
  readonly signal: AbortSignal
}

const MAX_ANSWER_BYTES = 64 * 1024

/**
 * Asks an OAuth 2.0 token endpoint once.
 *
 * @throws {@link CredentialsRefusedError} `AUTH_CREDENTIALS_REFUSED`: the app or its credential is not accepted.
 * @throws {@link TokenRequestFailedError} `AUTH_TOKEN_UNAVAILABLE`: everything else.
 */
export async function askTokenEndpoint({
  endpoint,
  form,
  signal,
  appId,
  audience,
}: TokenQuestion): Promise<IssuedToken> {
  const facts: TokenFailureFacts = { appId, audience, endpoint: endpoint.href }
  const answer = await post(endpoint, form, signal, facts)
  if (answer.status === 200) return requireToken(answer.body, facts)
  throw failureOf(answer, facts)
}

async function post(
  endpoint: URL,
  form: URLSearchParams,
  signal: AbortSignal,
  facts: TokenFailureFacts,
): Promise<IdentityAnswer> {
  try {
    return await postForm(endpoint, form, { signal, maxBytes: MAX_ANSWER_BYTES })
  } catch (error) {
    const reason = error instanceof IdentityUnreachableError ? error.reason : undefined
    throw new TokenRequestFailedError({ ...facts, reason }, true)
  }
}

function requireToken(body: unknown, facts: TokenFailureFacts): IssuedToken {
  const { access_token: token, token_type: type = 'Bearer', expires_in: seconds } = asObject(body)
  const lifetimeMs = Number(seconds) * 1000
  const isBearer = typeof type === 'string' && type.toLowerCase() === 'bearer'
  // Only visible ASCII can be sent in a header.
  if (isBearer && typeof token === 'string' && /^[\x21-\x7e]+$/.test(token) && lifetimeMs > 0)
    return { token, lifetimeMs }
  throw new TokenRequestFailedError({ ...facts, status: 200 }, true)
}

function failureOf({ status, body, retryAfter }: IdentityAnswer, known: TokenFailureFacts): Error {
  const { error, error_description: description } = asObject(body)
  const oauthError = knownOAuthError(error)
  const entraError = /AADSTS\d{4,8}/.exec(String(description))?.[0]
  const facts = { ...known, status, oauthError, entraError, retryAfterSeconds: parseRetryAfter(retryAfter) }
  if (status === 401 || REFUSALS.has(oauthError)) return new CredentialsRefusedError(facts)
  return new TokenRequestFailedError(facts, isRetryable(status))
}

function isRetryable(status: number): boolean {
  return status >= 500 || status === 429 || status === 408
}

/** RFC 6749 §5.2: 401 and `invalid_client` say that the app could not prove itself. */
const REFUSALS: ReadonlySet<string | undefined> = new Set(['invalid_client', 'unauthorized_client'])

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

/** Known values only: a service that echoes the request must not get the secret into our errors. */
function knownOAuthError(error: unknown): string | undefined {
  return OAUTH_ERRORS.find((known) => known === error)
}

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
