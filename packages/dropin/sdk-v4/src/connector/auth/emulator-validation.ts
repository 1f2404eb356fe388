import { AuthenticationConfiguration } from './authentication-configuration.ts'
import { claimedFacts } from './claimed.ts'
import type { ClaimsIdentity } from './claims-identity.ts'
import type { ICredentialProvider } from './credential-provider.ts'
import { isValidTokenFormat } from './token-format.ts'
import { tenantSettings } from './tenant-settings.ts'
import { ToBotFromBotOrEmulatorTokenValidationParameters, issuersOf } from './token-validation-parameters.ts'
import type { TokenValidationParameters } from './token-validation-parameters.ts'
import { toClaimsIdentity, verifyHeader } from './verify-header.ts'

/** The bot's own token, as the Emulator sends it. */
export interface EmulatorValidationFunctions {
  ToBotFromEmulatorTokenValidationParameters: TokenValidationParameters
  /** Whether the issuer that a token names is one of the Emulator's. Nothing is verified. */
  isTokenFromEmulator(authHeader: string): boolean
  authenticateEmulatorToken(
    authHeader: string,
    credentials: ICredentialProvider,
    channelService: string,
    channelId: string,
    authConfig?: AuthenticationConfiguration,
  ): Promise<ClaimsIdentity>
}

export const EmulatorValidation: EmulatorValidationFunctions = {
  ToBotFromEmulatorTokenValidationParameters: ToBotFromBotOrEmulatorTokenValidationParameters,

  isTokenFromEmulator(authHeader) {
    if (!isValidTokenFormat(authHeader)) return false
    const issuer = claimedFacts(authHeader)?.['iss']
    return issuersOf(EmulatorValidation.ToBotFromEmulatorTokenValidationParameters).some((one) => one === issuer)
  },

  /** More than in v4 the token must be *for* the bot: what the bot sends to every channel is not let in here. */
  async authenticateEmulatorToken(
    authHeader,
    credentials,
    channelService,
    _channelId,
    authConfig = new AuthenticationConfiguration(),
  ) {
    const { requiredEndorsements, ...rules } = authConfig
    const identity = await verifyHeader({
      authHeader,
      credentials,
      settings: tenantSettings(channelService, { requiredEndorsements, ...rules }),
      kind: 'emulator',
      invalid: 'Unauthorized. No valid identity.',
    })
    return toClaimsIdentity(identity)
  },
}
