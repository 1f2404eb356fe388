import { InvalidCloudError, localCloud } from '@parley/auth'
import { CallerIdConstants } from '@parley/core'
import type { BotFrameworkFetch } from '../clients/bot-framework-client.ts'
import type { ConnectorClientOptions } from '../clients/connector-client-options.ts'
import type { ServiceClientCredentialsFactory } from '../credentials/service-client-credentials-factory.ts'
import type { AuthenticationConfiguration } from './authentication-configuration.ts'
import { AuthenticationConstants, GovernmentConstants } from './authentication-constants.ts'
import type { GovernmentConstantsTable } from './authentication-constants.ts'
import type { BotFrameworkAuthentication } from './bot-framework-authentication.ts'
import { ParameterizedBotFrameworkAuthentication } from './parameterized-bot-framework-authentication.ts'

/** Makes v4's authentication. */
export class BotFrameworkAuthenticationFactory {
  /** For public Azure, without credentials. */
  static create(): BotFrameworkAuthentication
  /**
   * As soon as one of the addresses or the caller id is given, all of them are used as given. Else `channelService` names the
   * cloud.
   *
   * @param channelService - Empty: public Azure. `https://botframework.azure.us`: Azure for the US Government. Unlike in v4, an
   * address of this machine, `http://127.0.0.1:3979`: a local service.
   * @throws Error - Another `channelService`.
   */
  static create(
    channelService: string | undefined,
    validateAuthority: boolean | undefined,
    toChannelFromBotLoginUrl: string | undefined,
    toChannelFromBotOAuthScope: string | undefined,
    toBotFromChannelTokenIssuer: string | undefined,
    oAuthUrl: string | undefined,
    toBotFromChannelOpenIdMetadataUrl: string | undefined,
    toBotFromEmulatorOpenIdMetadataUrl: string | undefined,
    callerId: string | undefined,
    credentialFactory: ServiceClientCredentialsFactory,
    authConfiguration: AuthenticationConfiguration,
    botFrameworkClientFetch?: BotFrameworkFetch,
    connectorClientOptions?: ConnectorClientOptions,
  ): BotFrameworkAuthentication
  static create(
    channelService?: string,
    validateAuthority?: boolean,
    loginUrl?: string,
    oAuthScope?: string,
    issuer?: string,
    oAuthUrl?: string,
    channelMetadataUrl?: string,
    emulatorMetadataUrl?: string,
    callerId?: string,
    ...rest: [
      credentialFactory?: ServiceClientCredentialsFactory,
      authConfiguration?: AuthenticationConfiguration,
      botFrameworkClientFetch?: BotFrameworkFetch,
      connectorClientOptions?: ConnectorClientOptions,
    ]
  ): BotFrameworkAuthentication {
    const given = [loginUrl, oAuthScope, issuer, oAuthUrl, channelMetadataUrl, emulatorMetadataUrl, callerId] as const
    const isGiven = given.some((value) => value?.trim())
    const parameters = isGiven ? given : presetOf(channelService)
    const options = rest as unknown as [ServiceClientCredentialsFactory, AuthenticationConfiguration]
    return new ParameterizedBotFrameworkAuthentication(
      isGiven ? (validateAuthority as boolean) : true,
      ...(parameters as readonly [string, string, string, string, string, string, string]),
      ...options,
    )
  }
}

function presetOf(channelService: string | undefined): readonly string[] {
  if (!channelService?.trim()) return parametersOf(AuthenticationConstants, CallerIdConstants.PublicAzureChannel)
  if (channelService.trim() === GovernmentConstants.ChannelService) {
    return parametersOf(GovernmentConstants, CallerIdConstants.USGovChannel)
  }
  const local = localPresetOf(channelService.trim())
  if (local) return local
  throw new Error('The provided ChannelService value is not supported.')
}

/** A local service is named as for every other bot of Parley; v4 would want seven addresses. */
function localPresetOf(channelService: string): readonly string[] | undefined {
  if (!/^https?:\/\//.test(channelService)) return undefined
  try {
    const cloud = localCloud(channelService)
    return [
      `${cloud.loginUrl}${cloud.defaultTenant}`,
      cloud.outboundAudience,
      cloud.channelIssuer,
      cloud.userTokenUrl,
      cloud.channelMetadataUrl,
      cloud.tenantMetadataUrl,
      cloud.callerId,
    ]
  } catch (error) {
    if (error instanceof InvalidCloudError) return undefined
    throw error
  }
}

function parametersOf(constants: Omit<GovernmentConstantsTable, 'ChannelService'>, callerId: string): string[] {
  return [
    constants.ToChannelFromBotLoginUrl,
    constants.ToChannelFromBotOAuthScope,
    constants.ToBotFromChannelTokenIssuer,
    constants.OAuthUrl,
    constants.ToBotFromChannelOpenIdMetadataUrl,
    constants.ToBotFromEmulatorOpenIdMetadataUrl,
    callerId,
  ]
}
