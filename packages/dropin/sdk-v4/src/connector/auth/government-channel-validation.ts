import { AuthenticationConfiguration } from './authentication-configuration.ts'
import { GovernmentConstants } from './authentication-constants.ts'
import { validateChannelIdentity } from './channel-identity.ts'
import type { ClaimsIdentity } from './claims-identity.ts'
import type { ICredentialProvider } from './credential-provider.ts'
import { channelTokenParameters } from './token-validation-parameters.ts'
import type { TokenValidationParameters } from './token-validation-parameters.ts'
import { requireEndorsements, requireServiceUrl, toClaimsIdentity, verifyHeader } from './verify-header.ts'

/** Tokens of the channel service in Azure for the US Government. */
export interface GovernmentChannelValidationFunctions {
  /** Where the keys are found, in place of the channel service's own metadata. */
  OpenIdMetadataEndpoint: string | undefined
  ToBotFromGovernmentChannelTokenValidationParameters: TokenValidationParameters
  authenticateChannelTokenWithServiceUrl(
    authHeader: string,
    credentials: ICredentialProvider,
    serviceUrl: string,
    channelId: string,
  ): Promise<ClaimsIdentity>
  authenticateChannelToken(
    authHeader: string,
    credentials: ICredentialProvider,
    channelId: string,
    authConfig?: AuthenticationConfiguration,
  ): Promise<ClaimsIdentity>
  validateIdentity(identity: ClaimsIdentity, credentials: ICredentialProvider): Promise<ClaimsIdentity>
}

export const GovernmentChannelValidation: GovernmentChannelValidationFunctions = {
  OpenIdMetadataEndpoint: undefined,
  ToBotFromGovernmentChannelTokenValidationParameters: channelTokenParameters(
    GovernmentConstants.ToBotFromChannelTokenIssuer,
  ),

  async authenticateChannelTokenWithServiceUrl(authHeader, credentials, serviceUrl, channelId) {
    const identity = await GovernmentChannelValidation.authenticateChannelToken(authHeader, credentials, channelId)
    requireServiceUrl(identity, serviceUrl)
    return identity
  },

  async authenticateChannelToken(authHeader, credentials, channelId, authConfig = new AuthenticationConfiguration()) {
    const { requiredEndorsements } = authConfig
    const identity = await verifyHeader({
      authHeader,
      credentials,
      settings: {
        channelIssuer: GovernmentConstants.ToBotFromChannelTokenIssuer,
        channelMetadataUrl:
          GovernmentChannelValidation.OpenIdMetadataEndpoint || GovernmentConstants.ToBotFromChannelOpenIdMetadataUrl,
      },
      kind: 'channel',
      invalid: 'Unauthorized. No valid identity.',
    })
    requireEndorsements(identity, authHeader, channelId, requiredEndorsements)
    return GovernmentChannelValidation.validateIdentity(toClaimsIdentity(identity), credentials)
  },

  validateIdentity(identity, credentials) {
    const issuer = GovernmentConstants.ToBotFromChannelTokenIssuer
    return validateChannelIdentity(identity, credentials, { issuer, missing: 'Unauthorized. No valid identity.' })
  },
}
