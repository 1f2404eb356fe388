import { AuthenticationConstants } from '../../../connector/auth/authentication-constants.ts'
import type { AuthenticationConfiguration } from '../../../connector/auth/authentication-configuration.ts'
import type { ConnectorClientOptions } from '../../../connector/clients/connector-client-options.ts'
import { warnOfMistypedOptions } from '../../../core/adapter/known-options.ts'
import type { NodeWebSocketFactoryBase } from '../../../streaming/index.ts'

/** Settings of a `BotFrameworkAdapter`. Without an app id everybody on this machine is let in, and calls are unsigned. */
export interface BotFrameworkAdapterSettings {
  appId: string
  appPassword: string
  /** The bot's tenant. Default: that of multi-tenant bots. */
  channelAuthTenant?: string | undefined
  /** Address of the user token service. Default: that of the cloud. */
  oAuthEndpoint?: string | undefined
  /** Where the keys of channels are found, for the whole process. Default: `BotOpenIdMetadata` of the environment. */
  openIdMetadata?: string | undefined
  /** Which cloud. Default: `ChannelService` of the environment, else public Azure. */
  channelService?: string | undefined
  /** Not used: there are no streaming connections. */
  webSocketFactory?: NodeWebSocketFactoryBase | undefined
  /** Thumbprint of the certificate that stands in for the password; needs `certificatePrivateKey`. */
  certificateThumbprint?: string | undefined
  /** Its key in PEM form. */
  certificatePrivateKey?: string | undefined
  /** Which bots may use this one as a skill, and the like. */
  authConfig?: AuthenticationConfiguration | undefined
  /** Options of the clients that send replies. */
  clientOptions?: ConnectorClientOptions | undefined
}

const KNOWN: readonly string[] = [
  'appId',
  'appPassword',
  'channelAuthTenant',
  'oAuthEndpoint',
  'openIdMetadata',
  'channelService',
  'webSocketFactory',
  'certificateThumbprint',
  'certificatePrivateKey',
  'authConfig',
  'clientOptions',
]

/** The settings, with what v4 takes from the environment. */
export function resolveSettings(
  given: Partial<BotFrameworkAdapterSettings> | null | undefined,
): BotFrameworkAdapterSettings {
  warnOfMistypedOptions(given ?? {}, KNOWN)
  const settings = { appId: '', appPassword: '', ...given }
  // Only v4's adapter reads the environment itself; existing bots are configured by it.
  const {
    [AuthenticationConstants.ChannelService]: service,
    [AuthenticationConstants.BotOpenIdMetadataKey]: metadata,
  } = process.env
  return {
    ...settings,
    channelService: settings.channelService || service,
    openIdMetadata: settings.openIdMetadata || metadata,
  }
}
