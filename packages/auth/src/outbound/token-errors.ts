import { ParleyError } from '@parley/core'

/** What is known of a token request that failed. Never holds the request, the secret or the service's prose. */
export interface TokenFailureFacts {
  /** App id the token was asked for. */
  readonly appId: string
  /** Whom the token was to be for. */
  readonly audience: string
  /** Token endpoint that was asked, without credentials and query. */
  readonly endpoint: string
  /** HTTP status, when there was an answer. */
  readonly status?: number | undefined
  /** OAuth error code, e.g. `invalid_client`. */
  readonly oauthError?: string | undefined
  /** Microsoft Entra error code, e.g. `AADSTS7000215`. */
  readonly entraError?: string | undefined
  /** System error code, when there was no answer, e.g. `ETIMEDOUT`. */
  readonly reason?: string | undefined
  /** Seconds the service asked to wait. */
  readonly retryAfterSeconds?: number | undefined
}

/** Common to the two ways of being answered without a token. */
abstract class TokenError extends ParleyError {
  readonly facts: TokenFailureFacts

  constructor(message: string, facts: TokenFailureFacts) {
    super(message)
    this.facts = Object.freeze({ ...facts })
  }
}

/** No token could be had: the identity service is unreachable, in trouble, or refuses the audience. */
export class TokenRequestFailedError extends TokenError {
  static readonly code = 'AUTH_TOKEN_UNAVAILABLE'
  readonly code: string = TokenRequestFailedError.code
  /** Whether asking again soon can help. */
  readonly retryable: boolean

  constructor(facts: TokenFailureFacts, retryable: boolean) {
    const advice = retryable
      ? 'Try again later, and check that this host can reach it.'
      : 'Check the audience, the app and its tenant.'
    super(`No token for ${facts.audience} from ${facts.endpoint}: ${describe(facts)}. ${advice}`, facts)
    this.retryable = retryable
  }
}

/** The identity service does not accept this app or its credential. Asking again does not help; the settings must change. */
export class CredentialsRefusedError extends TokenError {
  static readonly code = 'AUTH_CREDENTIALS_REFUSED'
  readonly code: string = CredentialsRefusedError.code

  /** @param remedy - What to check for this kind of credential, unless the service's error code tells better. */
  constructor(facts: TokenFailureFacts, remedy: string) {
    const advice = REMEDIES[facts.entraError ?? '']?.(facts) ?? remedy
    super(`The credentials of app id ${facts.appId} were refused (${describe(facts)}). ${advice}`, facts)
  }
}

/**
 * The statement that proves the app to the identity service could not be had: its file or whoever provides it failed. A cause
 * is kept only when it is a `ParleyError`, which holds no secrets; other errors may hold whole requests.
 */
export class AssertionUnavailableError extends ParleyError {
  static readonly code = 'AUTH_ASSERTION_UNAVAILABLE'
  readonly code: string = AssertionUnavailableError.code
  /** Code or name of what went wrong, e.g. `ENOENT`, `ETIMEDOUT`, `TypeError`. */
  readonly reason: string
  /** Whether asking again soon can help: the provider may only be slow. */
  readonly retryable: boolean

  constructor(message: string, reason: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
    this.retryable = reason === 'ETIMEDOUT'
  }
}

/** A credential that cannot work as it was given. Raised when the token source is made, never during a call. */
export class InvalidCredentialError extends ParleyError {
  static readonly code = 'AUTH_CREDENTIAL_INVALID'
  readonly code: string = InvalidCredentialError.code
  /** The option that is to blame. */
  readonly option: string
  /** The message without the option's name, for callers that know the value under another name. */
  readonly problem: string

  /** @param problem - What is wrong with the option and what to do, as the rest of a sentence. Never its value. */
  constructor(option: string, problem: string) {
    super(`\`${option}\` ${problem}`)
    this.option = option
    this.problem = problem
  }
}

/** By Microsoft Entra code, where it tells more than the kind of credential does. */
const REMEDIES: Readonly<Record<string, (facts: TokenFailureFacts) => string>> = {
  // The app is not in the tenant.
  AADSTS700016: ({ endpoint }) =>
    `The app is not in the tenant that was asked (${endpoint}): a SingleTenant bot needs MicrosoftAppType=SingleTenant ` +
    `and MicrosoftAppTenantId set to its own tenant.`,
  // The assertion is not valid yet or not any more.
  AADSTS700024: () =>
    'The assertion that proves the app was not in its time: check the clock of this host, and who renews the assertion.',
}

function describe({ status, oauthError, entraError, reason }: TokenFailureFacts): string {
  const known = [status && `HTTP ${status}`, oauthError, entraError, reason].filter(Boolean)
  return known.length > 0 ? known.join(', ') : 'unusable answer'
}
