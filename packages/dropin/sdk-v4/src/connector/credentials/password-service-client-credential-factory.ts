import { isLoopbackHost } from '@parley/core'
import type { ServiceClientCredentials } from '../../stdlib/index.ts'
import { AuthenticationConstants, GovernmentConstants } from '../auth/authentication-constants.ts'
import { hide } from './hide.ts'
import { loginPartsOf } from './login-parts.ts'
import { MicrosoftAppCredentials, MicrosoftGovernmentAppCredentials } from './microsoft-app-credentials.ts'
import type { ServiceClientCredentialsFactory } from './service-client-credentials-factory.ts'

/** Makes credentials of an app with a password. Without an app id everybody is let in and calls are unsigned. */
export class PasswordServiceClientCredentialFactory implements ServiceClientCredentialsFactory {
  appId: string | null
  /** Not enumerable. */
  declare password: string | null
  tenantId: string | null

  /** @param tenantId - Of a single-tenant bot. */
  constructor(appId: string, password: string, tenantId?: string) {
    this.appId = appId
    hide(this, 'password', password)
    this.tenantId = tenantId ?? null
  }

  async isValidAppId(appId = ''): Promise<boolean> {
    return appId === this.appId
  }

  async isAuthenticationDisabled(): Promise<boolean> {
    return !this.appId
  }

  /** @throws Error - The app id is another one; the text is v4's. */
  async createCredentials(
    appId: string,
    audience: string | undefined,
    loginEndpoint: string,
    _validateAuthority: boolean,
  ): Promise<ServiceClientCredentials> {
    if (await this.isAuthenticationDisabled()) return MicrosoftAppCredentials.Empty
    if (!(await this.isValidAppId(appId))) throw new Error('Invalid appId.')
    const parts = [appId, this.password as string, this.tenantId ?? undefined, audience] as const
    const login = loginEndpoint?.toLowerCase() ?? ''
    if (login.startsWith(AuthenticationConstants.ToChannelFromBotLoginUrlPrefix)) {
      return new MicrosoftAppCredentials(...parts)
    }
    if (login.startsWith(GovernmentConstants.ToChannelFromBotLoginUrlPrefix)) {
      return new MicrosoftGovernmentAppCredentials(...parts)
    }
    const credentials = new MicrosoftAppCredentials(...parts)
    // A cloud of its own: the endpoint is used as it is given.
    if (loginEndpoint) credentials.oAuthEndpoint = this.ownEndpoint(loginEndpoint)
    return credentials
  }

  /** The endpoint of a local service is that of all tenants, where `ChannelService` names the service. */
  private ownEndpoint(loginEndpoint: string): string {
    const { loginUrl, tenantId } = loginPartsOf(loginEndpoint)
    const isLocal = URL.canParse(loginUrl) && isLoopbackHost(new URL(loginUrl).hostname)
    const isForAll = isLocal && tenantId === AuthenticationConstants.DefaultChannelAuthTenant
    return isForAll && this.tenantId ? `${loginUrl}${this.tenantId}` : loginEndpoint
  }

  private toJSON(): unknown {
    return { name: this.constructor.name, appId: this.appId }
  }
}
