import { createClientSecretTokenSource, InvalidCredentialError } from '@parley/auth'
import type { TokenSource } from '@parley/core'
import { GovernmentConstants } from '../auth/authentication-constants.ts'
import { AppCredentials } from './app-credentials.ts'
import type { AuthenticatorResult } from './authenticator-result.ts'
import { hide } from './hide.ts'
import { loginOf, sharedTokenSource } from './shared-token-sources.ts'

/** Credentials of an app with a password. */
export class MicrosoftAppCredentials extends AppCredentials {
  /** Credentials that leave requests unsigned. */
  static readonly Empty: MicrosoftAppCredentials = new MicrosoftAppCredentials(null as never, null as never)
  /** Not enumerable. */
  declare appPassword: string

  constructor(appId: string, appPassword: string, channelAuthTenant?: string, oAuthScope?: string) {
    super(appId, channelAuthTenant, oAuthScope)
    hide(this, 'appPassword', appPassword)
  }

  /**
   * @throws Error - There is no app id.
   * @throws InvalidCredentialError `AUTH_CREDENTIAL_INVALID`: there is no password.
   */
  override async getToken(forceRefresh = false): Promise<string> {
    if (!this.appId) throw new Error('getToken should not be called for empty credentials.')
    return super.getToken(forceRefresh)
  }

  protected async refreshToken(): Promise<AuthenticatorResult> {
    return this.refreshFrom(this.tokenSource())
  }

  protected override tokenSource(): TokenSource {
    const { appId, appPassword: secret, oAuthEndpoint } = this
    if (!secret) {
      throw new InvalidCredentialError('appPassword', `is empty for app id ${appId}: set MicrosoftAppPassword.`)
    }
    const make = (): TokenSource => createClientSecretTokenSource({ appId, secret, ...loginOf(oAuthEndpoint) })
    return sharedTokenSource(['secret', appId, secret, oAuthEndpoint], make)
  }
}

/** {@link MicrosoftAppCredentials} in Azure for the US Government. */
export class MicrosoftGovernmentAppCredentials extends MicrosoftAppCredentials {
  protected override GetToChannelFromBotOAuthScope(): string {
    return GovernmentConstants.ToChannelFromBotOAuthScope
  }

  protected override GetToChannelFromBotLoginUrlPrefix(): string {
    return GovernmentConstants.ToChannelFromBotLoginUrlPrefix
  }

  protected override GetDefaultChannelAuthTenant(): string {
    return GovernmentConstants.DefaultChannelAuthTenant
  }
}
