import type { TokenSource } from '@parley/core'
import { createCachedTokenSource } from './cached-token-source.ts'
import type { TokenSourceOptions } from './cached-token-source.ts'
import { getDirectly } from './direct-http.ts'
import { resolveEndpoint } from './managed-identity-endpoint.ts'
import type { ManagedIdentityEndpoint } from './managed-identity-endpoint.ts'
import {
  answered,
  endpointName,
  isOAuthRefusal,
  isTransient,
  MAX_ANSWER_BYTES,
  readTokenAnswer,
} from './token-answer.ts'
import type { FailureRules } from './token-answer.ts'
import type { TokenFailureFacts } from './token-errors.ts'

/** An identity that Azure gives to the machine or app the bot runs on. No secret is involved. */
export interface ManagedIdentityOptions extends TokenSourceOptions {
  /** Client id of a user-assigned identity; for bots of type `UserAssignedMsi` their app id. Default: the system-assigned one. */
  readonly appId?: string | undefined
  /** Who is asked. Default: the metadata service (IMDS). See {@link managedIdentityEndpointFrom}. */
  readonly endpoint?: ManagedIdentityEndpoint | undefined
}

/** The metadata service wants at least a second of rest; half of this is the shortest pause. */
const FIRST_PAUSE_MS = 2_000

/**
 * Tokens for an app with a managed identity. The endpoint is asked directly: no proxy, no redirects.
 *
 * `getToken` rejects with {@link CredentialsRefusedError} `AUTH_CREDENTIALS_REFUSED` when the host does not have that identity,
 * and with {@link TokenRequestFailedError} `AUTH_TOKEN_UNAVAILABLE` when no token came after three tries in nine seconds. The
 * metadata service may be away for 70 seconds while it is updated (404, 410); the calls after that succeed.
 *
 * @throws {@link InvalidCredentialError} `AUTH_CREDENTIAL_INVALID`: an endpoint that is not on this host.
 * @see https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token
 * @see https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
 */
export function createManagedIdentityTokenSource(options: ManagedIdentityOptions = {}): TokenSource {
  const { appId, endpoint = { kind: 'imds' } } = options
  const { url, apiVersion, headers } = resolveEndpoint(endpoint)
  const identity = appId ?? '(system-assigned identity)'
  const rules: FailureRules = { isRefusal, isRetryable, remedy: remedyFor(appId) }

  return createCachedTokenSource(
    async (audience, signal) => {
      const question = new URL(url)
      question.searchParams.set('api-version', apiVersion)
      question.searchParams.set('resource', audience)
      if (appId) question.searchParams.set('client_id', appId)
      const facts: TokenFailureFacts = { appId: identity, audience, endpoint: endpointName(url) }
      const answer = await answered(getDirectly(question, headers, { signal, maxBytes: MAX_ANSWER_BYTES }), facts)
      return readTokenAnswer(answer, facts, rules)
    },
    options,
    FIRST_PAUSE_MS,
  )
}

/** A bad request that neither is about the audience nor comes from Microsoft Entra: the host does not know the identity. */
function isRefusal(facts: TokenFailureFacts): boolean {
  const { status, oauthError, entraError } = facts
  if (isOAuthRefusal(facts) || status === 403) return true
  return (
    status === 400 && entraError === undefined && oauthError !== 'invalid_resource' && oauthError !== 'invalid_scope'
  )
}

/** 404 and 410: the metadata service is being updated. */
function isRetryable(status: number): boolean {
  return isTransient(status) || status === 404 || status === 410
}

function remedyFor(appId: string | undefined): string {
  return appId
    ? `Check that MicrosoftAppId is the client id of a user-assigned identity, and that this identity is assigned to this host.`
    : 'Check that this host has a system-assigned identity, or name a user-assigned one by its client id.'
}
