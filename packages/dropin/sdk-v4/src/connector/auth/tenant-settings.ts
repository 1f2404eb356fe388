import type { AuthenticationConfiguration } from './authentication-configuration.ts'
import { AuthenticationConstants, GovernmentConstants } from './authentication-constants.ts'
import type { VerifierSettings } from './token-verifier.ts'
import { ToBotFromBotOrEmulatorTokenValidationParameters, issuersOf } from './token-validation-parameters.ts'

/** Whose tenant tokens are accepted in a cloud: those of v4's list as it is now, and those of the bot's configuration. */
export function tenantSettings(
  channelService: string,
  { validTokenIssuers = [] }: AuthenticationConfiguration,
): VerifierSettings {
  const constants = isGovernment(channelService) ? GovernmentConstants : AuthenticationConstants
  return {
    tenantMetadataUrl: constants.ToBotFromEmulatorOpenIdMetadataUrl,
    tenantIssuers: [...issuersOf(ToBotFromBotOrEmulatorTokenValidationParameters), ...validTokenIssuers],
  }
}

/** Whether v4's `ChannelService` setting names Azure for the US Government. What is empty is returned as it is, as in v4. */
export function isGovernment(channelService: string): boolean {
  if (!channelService) return channelService as unknown as boolean
  return channelService.toLowerCase() === GovernmentConstants.ChannelService
}
