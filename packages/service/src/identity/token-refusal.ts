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

  /** Two statements about one thing. */
  static ambiguous(what: string): TokenRefusal {
    return new TokenRefusal(400, 'invalid_request', 90014, `The request states ${what}; it must do so once.`)
  }

  static invalidScope(scope: string): TokenRefusal {
    const text = `The scope '${printable(scope)}' is not valid for client credentials: it must end with '/.default'.`
    return new TokenRefusal(400, 'invalid_scope', 1002012, text)
  }

  static unknownTenant(tenant: string): TokenRefusal {
    const text = `Tenant '${printable(tenant)}' not found: give the tenant's id, or the name of the tenant of bots.`
    return new TokenRefusal(400, 'invalid_request', 90002, text)
  }

  static unknownClient(clientId: string, tenant: string): TokenRefusal {
    const text =
      `Application with identifier '${printable(clientId)}' was not found in the directory '${printable(tenant)}': ` +
      'compare MicrosoftAppId and MicrosoftAppTenantId with the bots this service was started with.'
    return new TokenRefusal(400, 'unauthorized_client', 700016, text)
  }

  static noCredential(): TokenRefusal {
    const text = `The request body must contain 'client_assertion' or 'client_secret' for the client_credentials grant.`
    return new TokenRefusal(401, 'invalid_client', 7000216, text)
  }

  static wrongSecret(clientId: string): TokenRefusal {
    const text = `Invalid client secret provided for app '${printable(clientId)}': check MicrosoftAppPassword.`
    return new TokenRefusal(401, 'invalid_client', 7000215, text)
  }

  static wrongAssertionType(): TokenRefusal {
    const text = `The 'client_assertion_type' must be 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'.`
    return new TokenRefusal(401, 'invalid_client', 7000214, text)
  }

  /** The statement cannot be read, or lacks something. */
  static malformedAssertion(problem: string): TokenRefusal {
    return new TokenRefusal(401, 'invalid_client', 50027, `The client assertion is invalid: ${problem}.`)
  }

  static wrongClientInAssertion(clientId: string): TokenRefusal {
    const text = `The client assertion's iss and sub must both be the 'client_id', '${printable(clientId)}'.`
    return new TokenRefusal(401, 'invalid_client', 700021, text)
  }

  static wrongAudience(audience: string, expected: string): TokenRefusal {
    const text = `The client assertion's aud is '${printable(audience)}' and must be '${expected}'.`
    return new TokenRefusal(401, 'invalid_client', 700023, text)
  }

  static outsideItsTime(problem: string): TokenRefusal {
    const text = `The client assertion is not within its valid time range: ${problem}. Check this machine's clock.`
    return new TokenRefusal(401, 'invalid_client', 700024, text)
  }

  static unknownCertificate(): TokenRefusal {
    const text = 'The certificate that the client assertion names is not registered with the app.'
    return new TokenRefusal(401, 'invalid_client', 700027, text)
  }

  static wrongSignature(): TokenRefusal {
    return new TokenRefusal(401, 'invalid_client', 700027, 'The client assertion contains an invalid signature.')
  }

  static certificateOutsideItsTime(): TokenRefusal {
    const text = 'The certificate is not within its validity period.'
    return new TokenRefusal(401, 'invalid_client', 1000502, text)
  }

  static replayedAssertion(): TokenRefusal {
    const text = `The client assertion's jti was used before: sign a new statement for every request.`
    return new TokenRefusal(401, 'invalid_client', 50012, text)
  }

  /** @param number - Which part of the federated credential does not fit. */
  static noFederation(number: 700211 | 700212 | 700213, part: string, value: string): TokenRefusal {
    const text = `No matching federated identity record found for presented assertion ${part} '${printable(value)}'.`
    return new TokenRefusal(401, 'invalid_client', number, text)
  }

  /** A failure that a developer has asked for. */
  static injected(status: number): TokenRefusal {
    const text = `A developer has asked for this failure (${status}).`
    if (status === 429) return new TokenRefusal(status, 'temporarily_unavailable', 90055, text)
    if (status >= 500) return new TokenRefusal(status, 'server_error', 90033, text)
    return new TokenRefusal(status, status === 401 ? 'invalid_client' : 'invalid_request', 90014, text)
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
