import { AssertionError } from 'node:assert'
import type { AccessToken, TokenCredential } from '../../stdlib/index.ts'
import { AppCredentials } from './app-credentials.ts'
import type { AuthenticatorResult } from './authenticator-result.ts'
import { hide } from './hide.ts'
import type { IJwtTokenProviderFactory } from './jwt-token-provider-factory.ts'

/** Asks for the tokens of a managed identity. */
export class ManagedIdentityAuthenticator {
  private readonly resource: string
  declare private readonly tokenProvider: TokenCredential

  constructor(appId: string, resource: string, tokenProviderFactory: IJwtTokenProviderFactory) {
    requirePart(appId?.trim(), 'ManagedIdentityAuthenticator', 'appId')
    requirePart(resource?.trim(), 'ManagedIdentityAuthenticator', 'resource')
    requirePart(tokenProviderFactory, 'ManagedIdentityAuthenticator', 'tokenProviderFactory')
    this.resource = resource.endsWith('/.default') ? resource : `${resource}/.default`
    hide(this, 'tokenProvider', tokenProviderFactory.createAzureServiceTokenProvider(appId))
  }

  async getToken(): Promise<AccessToken> {
    return (await this.tokenProvider.getToken(this.resource)) as AccessToken
  }
}

/** Credentials of a managed identity. */
export class ManagedIdentityAppCredentials extends AppCredentials {
  private readonly tokenProviderFactory: IJwtTokenProviderFactory
  private authenticator: ManagedIdentityAuthenticator

  constructor(appId: string, oAuthScope: string, tokenProviderFactory: IJwtTokenProviderFactory) {
    super(appId, undefined, oAuthScope)
    requirePart(appId?.trim(), 'ManagedIdentityAppCredentials', 'appId')
    requirePart(tokenProviderFactory, 'ManagedIdentityAppCredentials', 'tokenProviderFactory')
    this.tokenProviderFactory = tokenProviderFactory
    this.authenticator = new ManagedIdentityAuthenticator(appId, this.oAuthScope, tokenProviderFactory)
  }

  protected async refreshToken(): Promise<AuthenticatorResult> {
    const { token, expiresOnTimestamp } = await this.authenticator.getToken()
    return { accessToken: token, expiresOn: new Date(expiresOnTimestamp) }
  }
}

/** @throws AssertionError with v4's text. */
export function requirePart(part: unknown, className: string, name: string): void {
  if (!part) throw new AssertionError({ message: `${className}.constructor(): missing ${name}.` })
}
