import { ChannelServiceHandlerBase, StatusCodeError } from '@parley/adapter'
import { StatusCodes } from '@parley/core'
import { AuthenticationConstants } from '../connector/auth/authentication-constants.ts'
import { JwtTokenValidation } from '../connector/auth/jwt-token-validation.ts'
import { SkillValidation } from '../connector/auth/skill-validation.ts'
import type { AuthenticationConfiguration } from '../connector/auth/authentication-configuration.ts'
import type { ClaimsIdentity } from '../connector/auth/claims-identity.ts'
import type { ICredentialProvider } from '../connector/auth/credential-provider.ts'

/** The channel the caller is said to come from; tokens of other bots do not depend on it. */
const UNKNOWN_CHANNEL = 'unknown'

/** A {@link ChannelServiceHandlerBase} for bots with a credential provider. */
export class ChannelServiceHandler extends ChannelServiceHandlerBase {
  private readonly credentialProvider: ICredentialProvider
  private readonly authConfig: AuthenticationConfiguration
  protected readonly channelService: string

  /**
   * @param channelService - Default: the variable `ChannelService` of the environment.
   * @throws Error The provider or the configuration is missing.
   */
  constructor(
    credentialProvider: ICredentialProvider,
    authConfig: AuthenticationConfiguration,
    channelService?: string,
  ) {
    super()
    if (!credentialProvider) throw new Error('ChannelServiceHandler(): missing credentialProvider')
    if (!authConfig) throw new Error('ChannelServiceHandler(): missing authConfig')
    this.credentialProvider = credentialProvider
    this.authConfig = authConfig
    this.channelService = channelService || (process.env[AuthenticationConstants.ChannelService] as string)
  }

  /** Without a header only a bot without credentials is answered. */
  protected override async authenticate(authHeader: string): Promise<ClaimsIdentity> {
    if (authHeader) {
      const { credentialProvider, channelService, authConfig } = this
      return JwtTokenValidation.validateAuthHeader(
        authHeader,
        credentialProvider,
        channelService,
        UNKNOWN_CHANNEL,
        undefined,
        authConfig,
      )
    }
    if (await this.credentialProvider.isAuthenticationDisabled()) return SkillValidation.createAnonymousSkillClaim()
    throw new StatusCodeError(StatusCodes.UNAUTHORIZED)
  }
}
