import type { Cloud } from '../cloud.ts'
import { postForm } from '../identity-http.ts'
import { checkIdentityUrl } from '../identity-url.ts'
import {
  answered,
  endpointName,
  isOAuthRefusal,
  isTransient,
  MAX_ANSWER_BYTES,
  readTokenAnswer,
} from './token-answer.ts'
import type { IssuedToken } from './token-answer.ts'
import type { TokenFailureFacts } from './token-errors.ts'

/** One question to a token endpoint. */
export interface TokenQuestion {
  readonly endpoint: URL
  /** How the app proves itself. Holds the secret: it goes into the request and nowhere else. */
  readonly proof: Readonly<Record<string, string>>
  readonly appId: string
  readonly audience: string
  /** What to check when the app or its proof is refused. */
  readonly remedy: string
  readonly signal: AbortSignal
}

/**
 * The token endpoint of a tenant; of the cloud's tenant for multi-tenant bots when none is named.
 *
 * @throws {@link InsecureIdentityUrlError} `AUTH_URL_INSECURE`: the cloud's `loginUrl` would send secrets in the clear.
 */
export function tokenEndpointOf(cloud: Cloud, tenantId: string | undefined): URL {
  const tenant = encodeURIComponent(tenantId || cloud.defaultTenant)
  return checkIdentityUrl(`${cloud.loginUrl}${tenant}/oauth2/v2.0/token`, 'loginUrl')
}

/**
 * Asks an OAuth 2.0 token endpoint once for a token of the app itself (client-credentials grant).
 *
 * @throws {@link CredentialsRefusedError} `AUTH_CREDENTIALS_REFUSED`: the app or its credential is not accepted.
 * @throws {@link TokenRequestFailedError} `AUTH_TOKEN_UNAVAILABLE`: everything else.
 */
export async function askTokenEndpoint(question: TokenQuestion): Promise<IssuedToken> {
  const { endpoint, proof, appId, audience, remedy, signal } = question
  const facts: TokenFailureFacts = { appId, audience, endpoint: endpointName(endpoint) }
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: appId,
    ...proof,
    scope: `${audience}/.default`,
  })
  const answer = await answered(postForm(endpoint, form, { signal, maxBytes: MAX_ANSWER_BYTES }), facts)
  return readTokenAnswer(answer, facts, { isRefusal: isOAuthRefusal, isRetryable: isTransient, remedy })
}
