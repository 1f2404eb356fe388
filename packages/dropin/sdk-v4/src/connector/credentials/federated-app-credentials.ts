import { createFederatedTokenSource } from '@parley/auth'
import type { TokenSource } from '@parley/core'
import { AppCredentials } from './app-credentials.ts'
import type { AuthenticatorResult } from './authenticator-result.ts'
import { managedIdentitySource } from './jwt-token-provider-factory.ts'
import { requirePart } from './managed-identity-app-credentials.ts'
import { loginOf, sharedTokenSource } from './shared-token-sources.ts'

const EXCHANGE_AUDIENCE = 'api://AzureADTokenExchange'

/** Credentials of an app that trusts a managed identity. */
export class FederatedAppCredentials extends AppCredentials {
  private readonly clientId: string
  private readonly clientAudience: string

  /** @param clientId - Client id of the managed identity. */
  constructor(
    appId: string,
    clientId: string,
    channelAuthTenant?: string,
    oAuthScope?: string,
    clientAudience?: string,
  ) {
    super(appId, channelAuthTenant, oAuthScope)
    requirePart(appId?.trim(), 'FederatedAppCredentials', 'appId')
    this.clientId = clientId
    this.clientAudience = clientAudience ?? EXCHANGE_AUDIENCE
  }

  protected async refreshToken(): Promise<AuthenticatorResult> {
    return this.refreshFrom(this.tokenSource())
  }

  protected override tokenSource(): TokenSource {
    const { appId, clientId, clientAudience: assertionAudience, oAuthEndpoint } = this
    return sharedTokenSource(['federated', appId, clientId, assertionAudience, oAuthEndpoint], () =>
      createFederatedTokenSource({
        appId,
        assertion: managedIdentitySource(clientId),
        assertionAudience,
        ...loginOf(oAuthEndpoint),
      }),
    )
  }
}
