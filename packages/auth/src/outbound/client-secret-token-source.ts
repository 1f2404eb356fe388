import type { TokenSource } from '@parley/core'
import { publicCloud } from '../cloud.ts'
import type { Cloud } from '../cloud.ts'
import { createCachedTokenSource } from './cached-token-source.ts'
import type { TokenSourceOptions } from './cached-token-source.ts'
import { askTokenEndpoint, tokenEndpointOf } from './token-endpoint.ts'

/** An app that proves itself with a secret (`MicrosoftAppPassword`). */
export interface ClientSecretOptions extends TokenSourceOptions {
  readonly appId: string
  readonly secret: string
  /** Tenant that issues the tokens: the bot's own for single-tenant bots. Default: the cloud's tenant for multi-tenant bots. */
  readonly tenantId?: string | undefined
  /** Default {@link publicCloud}. */
  readonly cloud?: Cloud | undefined
}

/**
 * Tokens for an app with a client secret.
 *
 * `getToken` rejects with {@link CredentialsRefusedError} `AUTH_CREDENTIALS_REFUSED` when app or secret are wrong, and with
 * {@link TokenRequestFailedError} `AUTH_TOKEN_UNAVAILABLE` when no token came after three tries in nine seconds.
 *
 * @throws {@link InsecureIdentityUrlError} `AUTH_URL_INSECURE`: the cloud's `loginUrl` would send the secret in the clear.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 */
export function createClientSecretTokenSource(options: ClientSecretOptions): TokenSource {
  const { appId, secret, cloud = publicCloud, tenantId } = options
  const endpoint = tokenEndpointOf(cloud, tenantId)
  const remedy = `Check MicrosoftAppPassword and MicrosoftAppTenantId for app id ${appId}.`
  return createCachedTokenSource(
    (audience, signal) =>
      askTokenEndpoint({ endpoint, proof: { client_secret: secret }, appId, audience, remedy, signal }),
    options,
  )
}
