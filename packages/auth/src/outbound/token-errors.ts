import { ParleyError } from '@parley/core'

/** What is known of a token request that failed. Never holds the request, the secret or the service's prose. */
export interface TokenFailureFacts {
  /** App id the token was asked for. */
  readonly appId: string
  /** Whom the token was to be for. */
  readonly audience: string
  /** Token endpoint that was asked. */
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

/** Common to the two ways of not getting a token. */
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

/** The identity service knows neither this app nor this secret. Asking again does not help; the settings must change. */
export class CredentialsRefusedError extends TokenError {
  static readonly code = 'AUTH_CREDENTIALS_REFUSED'
  readonly code: string = CredentialsRefusedError.code

  constructor(facts: TokenFailureFacts) {
    super(`The credentials of app id ${facts.appId} were refused (${describe(facts)}). ${remedy(facts)}`, facts)
  }
}

const APP_NOT_IN_TENANT = 'AADSTS700016'

function remedy({ entraError, appId, endpoint }: TokenFailureFacts): string {
  if (entraError === APP_NOT_IN_TENANT) {
    return (
      `The app is not in the tenant that was asked (${endpoint}): a SingleTenant bot needs MicrosoftAppType=SingleTenant ` +
      `and MicrosoftAppTenantId set to its own tenant.`
    )
  }
  return `Check MicrosoftAppPassword and MicrosoftAppTenantId for app id ${appId}.`
}

function describe({ status, oauthError, entraError, reason }: TokenFailureFacts): string {
  const known = [status && `HTTP ${status}`, oauthError, entraError, reason].filter(Boolean)
  return known.length > 0 ? known.join(', ') : 'unusable answer'
}
