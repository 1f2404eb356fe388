import { randomUUID } from 'node:crypto'
import { ParleyError } from '@parley/core'

/** A token request the identity provider refuses, in the terms of Entra ID: OAuth's error and the number behind it. */
export class TokenRefusal extends ParleyError {
  static readonly code = 'SERVICE_TOKEN_REFUSED'
  readonly code: string = TokenRefusal.code
  readonly status: number
  /** OAuth 2.0 error, e.g. `invalid_client`. */
  readonly oauthError: string
  /** The number of the AADSTS code. */
  readonly number: number

  private constructor(status: number, oauthError: string, number: number, message: string) {
    super(message)
    this.status = status
    this.oauthError = oauthError
    this.number = number
  }

  static unsupportedGrant(grantType: string): TokenRefusal {
    const text = `The app requested an unsupported grant type '${printable(grantType)}'; use client_credentials.`
    return new TokenRefusal(400, 'unsupported_grant_type', 70003, text)
  }

  static missing(field: string): TokenRefusal {
    return new TokenRefusal(400, 'invalid_request', 900144, `The request body must contain the parameter '${field}'.`)
  }

  static invalidScope(scope: string): TokenRefusal {
    const text = `The scope '${printable(scope)}' is not valid for client credentials: it must end with '/.default'.`
    return new TokenRefusal(400, 'invalid_scope', 1002012, text)
  }

  static unknownClient(clientId: string, tenant: string): TokenRefusal {
    const text =
      `Application with identifier '${printable(clientId)}' was not found in the directory '${printable(tenant)}': ` +
      'compare MicrosoftAppId and MicrosoftAppTenantId with the bots this service was started with.'
    return new TokenRefusal(400, 'unauthorized_client', 700016, text)
  }

  static wrongSecret(clientId: string): TokenRefusal {
    const text = `Invalid client secret provided for app '${printable(clientId)}': check MicrosoftAppPassword.`
    return new TokenRefusal(401, 'invalid_client', 7000215, text)
  }

  /** The answer's body, as Entra ID sends it. */
  toBody(now: Date): Readonly<Record<string, unknown>> {
    const timestamp = `${now.toISOString().slice(0, 19).replace('T', ' ')}Z`
    const traceId = randomUUID()
    const correlationId = randomUUID()
    return {
      error: this.oauthError,
      error_description:
        `AADSTS${this.number}: ${this.message} ` +
        `Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
      error_codes: [this.number],
      timestamp,
      trace_id: traceId,
      correlation_id: correlationId,
    }
  }
}

/** What the caller sent, fit to be sent back: no control characters, and short. */
function printable(value: string): string {
  return value.replace(/[^\x20-\x7e]/g, '?').slice(0, 64)
}
