import { AuthenticationConfiguration } from './authentication-configuration.ts'
import { AuthenticationConstants } from './authentication-constants.ts'
import { validateChannelIdentity } from './channel-identity.ts'
import type { ClaimsIdentity } from './claims-identity.ts'
import type { ICredentialProvider } from './credential-provider.ts'
import { channelTokenParameters } from './token-validation-parameters.ts'
import type { TokenValidationParameters } from './token-validation-parameters.ts'
import { requireEndorsements, requireServiceUrl, toClaimsIdentity, verifyHeader } from './verify-header.ts'

/** Tokens of a channel service of its own, whose name is v4's `ChannelService` setting. */
export interface EnterpriseChannelValidationFunctions {
  ToBotFromEnterpriseChannelTokenValidationParameters: TokenValidationParameters
  authenticateChannelTokenWithServiceUrl(
    authHeader: string,
    credentials: ICredentialProvider,
    serviceUrl: string,
    channelId: string,
    channelService: string,
  ): Promise<ClaimsIdentity>
  authenticateChannelToken(
    authHeader: string,
    credentials: ICredentialProvider,
    channelId: string,
    channelService: string,
    authConfig?: AuthenticationConfiguration,
  ): Promise<ClaimsIdentity>
  validateIdentity(identity: ClaimsIdentity, credentials: ICredentialProvider): Promise<ClaimsIdentity>
}

export const EnterpriseChannelValidation: EnterpriseChannelValidationFunctions = {
  ToBotFromEnterpriseChannelTokenValidationParameters: channelTokenParameters(
    AuthenticationConstants.ToBotFromChannelTokenIssuer,
  ),

  async authenticateChannelTokenWithServiceUrl(authHeader, credentials, serviceUrl, channelId, channelService) {
    const identity = await EnterpriseChannelValidation.authenticateChannelToken(
      authHeader,
      credentials,
      channelId,
      channelService,
    )
    requireServiceUrl(identity, serviceUrl)
    return identity
  },

  async authenticateChannelToken(
    authHeader,
    credentials,
    channelId,
    channelService,
    authConfig = new AuthenticationConfiguration(),
  ) {
    const { requiredEndorsements } = authConfig
    const { ToBotFromEnterpriseChannelOpenIdMetadataUrlFormat: format } = AuthenticationConstants
    const identity = await verifyHeader({
      authHeader,
      credentials,
      settings: {
        channelIssuer: AuthenticationConstants.ToBotFromChannelTokenIssuer,
        channelMetadataUrl: format.replace('{channelService}', channelService),
      },
      kind: 'channel',
      invalid: 'Unauthorized. No valid identity.',
    })
    requireEndorsements(identity, authHeader, channelId, requiredEndorsements)
    return EnterpriseChannelValidation.validateIdentity(toClaimsIdentity(identity), credentials)
  },

  validateIdentity(identity, credentials) {
    const issuer = AuthenticationConstants.ToBotFromChannelTokenIssuer
    return validateChannelIdentity(identity, credentials, { issuer, missing: 'Unauthorized. No valid identity.' })
  },
}
