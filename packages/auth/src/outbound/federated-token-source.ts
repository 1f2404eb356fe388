import { ParleyError } from '@parley/core'
import type { TokenSource } from '@parley/core'
import { publicCloud } from '../cloud.ts'
import type { Cloud } from '../cloud.ts'
import { createCachedTokenSource } from './cached-token-source.ts'
import type { TokenSourceOptions } from './cached-token-source.ts'
import { requestWithAssertion, withinTime } from './client-assertion.ts'
import { isSendable } from './token-answer.ts'
import { tokenEndpointOf } from './token-endpoint.ts'
import { AssertionUnavailableError } from './token-errors.ts'

/** Gives a token of another identity provider. Asked for every request; it need not cache, and should end with the signal. */
export type AssertionProvider = (signal: AbortSignal) => Promise<string>

/** An app that proves itself with a token of another identity provider which its registration trusts (federated credential). */
export interface FederatedOptions extends TokenSourceOptions {
  readonly appId: string
  /** Who gives that token: a function, or another token source such as a managed identity's. */
  readonly assertion: AssertionProvider | TokenSource
  /**
   * Whom a token source is asked a token for, as the federated credential states it. Default: Microsoft's for the cloud,
   * `api://AzureADTokenExchange` in public Azure. Functions know it themselves.
   */
  readonly assertionAudience?: string | undefined
  /** Tenant that issues the tokens: the bot's own for single-tenant bots. Default: the cloud's tenant for multi-tenant bots. */
  readonly tenantId?: string | undefined
  /** Default {@link publicCloud}. */
  readonly cloud?: Cloud | undefined
}

/**
 * Tokens for an app with a federated credential.
 *
 * `getToken` rejects with {@link AssertionUnavailableError} `AUTH_ASSERTION_UNAVAILABLE` when the other provider gives no
 * token, with {@link CredentialsRefusedError} `AUTH_CREDENTIALS_REFUSED` when the app does not trust that token, and with
 * {@link TokenRequestFailedError} `AUTH_TOKEN_UNAVAILABLE` when no token came after three tries in nine seconds.
 *
 * @throws {@link InsecureIdentityUrlError} `AUTH_URL_INSECURE`: the cloud's `loginUrl` would send the assertion in the clear.
 * @see https://learn.microsoft.com/entra/workload-id/workload-identity-federation
 */
export function createFederatedTokenSource(options: FederatedOptions): TokenSource {
  const { appId, assertion, cloud = publicCloud, tenantId } = options
  const { assertionAudience = exchangeAudienceOf(cloud) } = options
  const source = typeof assertion === 'function' ? undefined : assertion
  const provide = typeof assertion === 'function' ? assertion : () => assertion.getToken(assertionAudience)
  const request = requestWithAssertion({
    endpoint: tokenEndpointOf(cloud, tenantId),
    appId,
    assert: (signal) => obtainAssertion(provide, appId, signal),
    forget: (refused) => source?.forget(assertionAudience, refused),
    remedy: `Check issuer, subject and audience of the federated credential of app id ${appId}, and MicrosoftAppTenantId.`,
  })
  return createCachedTokenSource(request, options)
}

/** National clouds have their own; see the documentation of federated credentials. */
const EXCHANGE_AUDIENCES: Readonly<Record<string, string>> = {
  'login.microsoftonline.us': 'api://AzureADTokenExchangeUSGov',
  'login.partner.microsoftonline.cn': 'api://AzureADTokenExchangeChina',
}

function exchangeAudienceOf({ loginUrl }: Cloud): string {
  return EXCHANGE_AUDIENCES[new URL(loginUrl).hostname] ?? 'api://AzureADTokenExchange'
}

async function obtainAssertion(
  provide: (signal: AbortSignal) => Promise<unknown>,
  appId: string,
  signal: AbortSignal,
): Promise<string> {
  const assertion = await withinTime(provide, signal).catch((error: unknown) => {
    throw unavailable(appId, error, signal)
  })
  if (isSendable(assertion)) return assertion
  throw new AssertionUnavailableError(
    `The provider of the assertion for app id ${appId} gave no token: it must resolve to a compact token, without line breaks.`,
    'NOT_A_TOKEN',
  )
}

function unavailable(appId: string, error: unknown, signal: AbortSignal): AssertionUnavailableError {
  if (signal.aborted) {
    return new AssertionUnavailableError(
      `The provider of the assertion for app id ${appId} did not answer in time. Check what it waits for.`,
      'ETIMEDOUT',
    )
  }
  if (ParleyError.isParleyError(error)) {
    const message = `No assertion for app id ${appId}: ${error.message}`
    return new AssertionUnavailableError(message, error.code, { cause: error })
  }
  const reason = error instanceof Error ? error.name : typeof error
  return new AssertionUnavailableError(
    `The provider of the assertion for app id ${appId} failed (${reason}). Have it log why: its errors may hold secrets and are not repeated here.`,
    reason,
  )
}
