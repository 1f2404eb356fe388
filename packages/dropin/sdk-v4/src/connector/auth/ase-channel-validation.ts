import { AuthenticationConfiguration } from './authentication-configuration.ts'
import { AuthenticationConstants, GovernmentConstants } from './authentication-constants.ts'
import { AuthenticationError } from './authentication-error.ts'
import type { ClaimsIdentity } from './claims-identity.ts'
import { isGovernment } from './tenant-settings.ts'
import { BetweenBotAndAseChannelTokenValidationParameters, issuersOf } from './token-validation-parameters.ts'
import { toClaimsIdentity, verifyHeader } from './verify-header.ts'

/** The bot's own token, as the Direct Line App Service Extension sends it for the channel `AseChannel`. */
export interface AseChannelValidationFunctions {
  MetadataUrl: string | undefined
  /** Takes `MicrosoftAppId`, `MicrosoftAppTenantId` and `ChannelService` of a bot's configuration. */
  // oxlint-disable-next-line typescript/no-explicit-any -- SDK v4's signature
  init(configuration: any): void
  isTokenFromAseChannel(channelId: string): boolean
  authenticateAseChannelToken(authHeader: string, authConfig?: AuthenticationConfiguration): Promise<ClaimsIdentity>
}

/** The bot that {@link AseChannelValidationFunctions.init} was told of. */
let bot: { readonly appId: string | undefined; readonly tenantId: string | undefined } = {
  appId: undefined,
  tenantId: undefined,
}

/** The Bot Framework's and Microsoft's other tenant. */
const MICROSOFT_TENANTS = ['f8cdef31-a31e-4b4a-93e4-5f571e91255a', 'd6d49420-f39b-4df7-a1dc-d59a935871db']

export const AseChannelValidation: AseChannelValidationFunctions = {
  MetadataUrl: undefined,
  init(configuration) {
    const { MicrosoftAppId: appId, MicrosoftAppTenantId: tenantId, ChannelService } = configuration
    bot = { appId, tenantId }
    const constants = isGovernment(ChannelService) ? GovernmentConstants : AuthenticationConstants
    AseChannelValidation.MetadataUrl = constants.ToBotFromEmulatorOpenIdMetadataUrl
    BetweenBotAndAseChannelTokenValidationParameters.issuer = [tenantId, ...MICROSOFT_TENANTS].flatMap((tenant) => [
      `https://sts.windows.net/${tenant}/`,
      `https://login.microsoftonline.com/${tenant}/v2.0`,
      `https://login.microsoftonline.us/${tenant}/v2.0`,
    ])
  },

  isTokenFromAseChannel(channelId) {
    return channelId === 'AseChannel'
  },

  async authenticateAseChannelToken(authHeader, authConfig = new AuthenticationConfiguration()) {
    const { validTokenIssuers = [] } = authConfig
    const issuers = issuersOf(BetweenBotAndAseChannelTokenValidationParameters)
    if (issuers.length === 0 || !bot.appId) throw new AuthenticationError('Unauthorized. No valid identity.', 401)
    const identity = await verifyHeader({
      authHeader,
      credentials: { isValidAppId: async (appId) => appId === bot.appId },
      settings: {
        tenantMetadataUrl: AseChannelValidation.MetadataUrl,
        tenantIssuers: [...issuers, ...validTokenIssuers],
        tenantId: bot.tenantId,
      },
      kind: 'emulator',
      invalid: 'Unauthorized. No valid identity.',
    })
    return toClaimsIdentity(identity)
  },
}
