import { AuthenticationConfiguration } from './authentication-configuration.ts'
import { AuthenticationConstants } from './authentication-constants.ts'
import { validateChannelIdentity } from './channel-identity.ts'
import { claimedFacts } from './claimed.ts'
import type { ClaimsIdentity } from './claims-identity.ts'
import type { ICredentialProvider } from './credential-provider.ts'
import { channelTokenParameters, issuersOf } from './token-validation-parameters.ts'
import type { TokenValidationParameters } from './token-validation-parameters.ts'
import { requireEndorsements, requireServiceUrl, toClaimsIdentity, verifyHeader } from './verify-header.ts'

/** Tokens of the channel service in public Azure. */
export interface ChannelValidationFunctions {
  /** Where the keys are found, in place of the channel service's own metadata. */
  OpenIdMetadataEndpoint: string | undefined
  ToBotFromChannelTokenValidationParameters: TokenValidationParameters
  authenticateChannelTokenWithServiceUrl(
    authHeader: string,
    credentials: ICredentialProvider,
    serviceUrl: string,
    channelId: string,
    authConfig?: AuthenticationConfiguration,
  ): Promise<ClaimsIdentity>
  authenticateChannelToken(
    authHeader: string,
    credentials: ICredentialProvider,
    channelId: string,
    authConfig?: AuthenticationConfiguration,
  ): Promise<ClaimsIdentity>
  validateIdentity(identity: ClaimsIdentity, credentials: ICredentialProvider): Promise<ClaimsIdentity>
}

export const ChannelValidation: ChannelValidationFunctions = {
  OpenIdMetadataEndpoint: undefined,
  ToBotFromChannelTokenValidationParameters: channelTokenParameters(
    AuthenticationConstants.ToBotFromChannelTokenIssuer,
  ),

  async authenticateChannelTokenWithServiceUrl(authHeader, credentials, serviceUrl, channelId, authConfig) {
    const identity = await ChannelValidation.authenticateChannelToken(authHeader, credentials, channelId, authConfig)
    requireServiceUrl(identity, serviceUrl)
    return identity
  },

  async authenticateChannelToken(authHeader, credentials, channelId, authConfig = new AuthenticationConfiguration()) {
    const { requiredEndorsements } = authConfig
    const issuers = issuersOf(ChannelValidation.ToBotFromChannelTokenValidationParameters)
    const channelMetadataUrl =
      ChannelValidation.OpenIdMetadataEndpoint || AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl
    const identity = await verifyHeader({
      authHeader,
      credentials,
      settings: { channelIssuer: oneOf(issuers, authHeader), channelMetadataUrl },
      kind: 'channel',
      invalid: 'Unauthorized. Is not authenticated',
    })
    requireEndorsements(identity, authHeader, channelId, requiredEndorsements)
    return ChannelValidation.validateIdentity(toClaimsIdentity(identity), credentials)
  },

  validateIdentity(identity, credentials) {
    const issuer = AuthenticationConstants.ToBotFromChannelTokenIssuer
    return validateChannelIdentity(identity, credentials, { issuer, missing: 'Unauthorized. Is not authenticated' })
  },
}

/** The issuer that the token names, when it is on the list; else the first. */
function oneOf(issuers: readonly string[], authHeader: string): string | undefined {
  const claimed = claimedFacts(authHeader)?.['iss']
  return issuers.find((issuer) => issuer === claimed) ?? issuers[0]
}
