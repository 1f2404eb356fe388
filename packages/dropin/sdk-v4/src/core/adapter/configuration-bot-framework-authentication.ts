import type { Activity } from '@parley/core'
import { AuthenticationConfiguration } from '../../connector/auth/authentication-configuration.ts'
import { BotFrameworkAuthenticationFactory } from '../../connector/auth/bot-framework-authentication-factory.ts'
import { BotFrameworkAuthentication } from '../../connector/auth/bot-framework-authentication.ts'
import type { AuthenticateRequestResult } from '../../connector/auth/authenticate-request-result.ts'
import type { ClaimsIdentity } from '../../connector/auth/claims-identity.ts'
import {
  isUnchanged,
  methodsOf,
  parleyAuthenticationOf,
  provideParleyAuthentication,
} from '../../connector/auth/parley-authentication.ts'
import type { BotFrameworkClient, BotFrameworkFetch } from '../../connector/clients/bot-framework-client.ts'
import type { ConnectorClientOptions } from '../../connector/clients/connector-client-options.ts'
import type { ConnectorFactory } from '../../connector/clients/connector-factory.ts'
import type { UserTokenClient } from '../../connector/clients/user-token-client.ts'
import type { ServiceClientCredentialsFactory } from '../../connector/credentials/service-client-credentials-factory.ts'
import type { Configuration } from './configuration.ts'
import {
  ConfigurationServiceClientCredentialFactory,
  CREDENTIAL_OPTIONS,
} from './configuration-service-client-credential-factory.ts'
import { warnOfMistypedOptions } from './known-options.ts'

/** A bot's settings under the names of its environment. What is not set has the value of the public cloud. */
export interface ConfigurationBotFrameworkAuthenticationOptions {
  MicrosoftAppId?: string | undefined
  MicrosoftAppTenantId?: string | undefined
  OAuthApiEndpoint?: string | undefined
  BotOpenIdMetadata?: string | null | undefined
  /** Empty for the public cloud, `https://botframework.azure.us` for that of the US government. */
  ChannelService?: string | undefined
  /** Default `true`. */
  ValidateAuthority?: string | boolean | undefined
  ToChannelFromBotLoginUrl?: string | undefined
  ToChannelFromBotOAuthScope?: string | undefined
  ToBotFromChannelTokenIssuer?: string | undefined
  OAuthUrl?: string | undefined
  ToBotFromChannelOpenIdMetadataUrl?: string | undefined
  ToBotFromEmulatorOpenIdMetadataUrl?: string | undefined
  /** What callers are told the bot is; default by its cloud. */
  CallerId?: string | undefined
  CertificateThumbprint?: string | undefined
  CertificatePrivateKey?: string | undefined
  // oxlint-disable-next-line typescript/no-explicit-any -- bots pass `process.env`, and objects of their own
  [key: string]: any
}

const OPTIONS: readonly string[] = [
  ...CREDENTIAL_OPTIONS,
  'OAuthApiEndpoint',
  'BotOpenIdMetadata',
  'ChannelService',
  'ValidateAuthority',
  'ToChannelFromBotLoginUrl',
  'ToChannelFromBotOAuthScope',
  'ToBotFromChannelTokenIssuer',
  'OAuthUrl',
  'ToBotFromChannelOpenIdMetadataUrl',
  'ToBotFromEmulatorOpenIdMetadataUrl',
  'CallerId',
]

/** Authentication both ways, as the settings of the bot describe it. */
export class ConfigurationBotFrameworkAuthentication extends BotFrameworkAuthentication {
  private readonly inner: BotFrameworkAuthentication

  /**
   * @param botFrameworkAuthConfig - Settings, such as `process.env`.
   * @param credentialsFactory - Default: made of the same settings.
   * @param authConfiguration - Which callers may use the bot as a skill, and the like.
   * @param botFrameworkClientFetch - Calls skills. Default: Parley's own way out.
   * @param connectorClientOptions - Options of the clients that send replies.
   * @throws Error The cloud is not known, or a setting of the credentials is missing.
   */
  constructor(
    botFrameworkAuthConfig: ConfigurationBotFrameworkAuthenticationOptions = {},
    credentialsFactory?: ServiceClientCredentialsFactory,
    authConfiguration?: AuthenticationConfiguration,
    botFrameworkClientFetch?: BotFrameworkFetch,
    connectorClientOptions: ConnectorClientOptions = {},
  ) {
    super()
    const config = botFrameworkAuthConfig
    checkValidateAuthority(config.ValidateAuthority)
    const credentials = credentialsFactory ?? new ConfigurationServiceClientCredentialFactory(config)
    this.inner = BotFrameworkAuthenticationFactory.create(
      config.ChannelService as string,
      config.ValidateAuthority === undefined ? true : String(config.ValidateAuthority).toLowerCase() !== 'false',
      config.ToChannelFromBotLoginUrl as string,
      config.ToChannelFromBotOAuthScope as string,
      config.ToBotFromChannelTokenIssuer as string,
      (config.OAuthUrl ?? config.OAuthApiEndpoint) as string,
      (config.BotOpenIdMetadata ?? config.ToBotFromChannelOpenIdMetadataUrl) as string,
      config.ToBotFromEmulatorOpenIdMetadataUrl as string,
      config.CallerId as string,
      credentials,
      authConfiguration ?? new AuthenticationConfiguration(),
      botFrameworkClientFetch,
      connectorClientOptions,
    )
    warnOfMistypedOptions(config, OPTIONS)
    provideParleyAuthentication(this, () =>
      isUnchanged(this, ConfigurationBotFrameworkAuthentication.prototype, METHODS)
        ? parleyAuthenticationOf(this.inner)
        : undefined,
    )
  }

  override authenticateChannelRequest(authHeader: string): Promise<ClaimsIdentity> {
    return this.inner.authenticateChannelRequest(authHeader)
  }

  authenticateRequest(activity: Activity, authHeader: string): Promise<AuthenticateRequestResult> {
    return this.inner.authenticateRequest(activity, authHeader)
  }

  authenticateStreamingRequest(authHeader: string, channelIdHeader: string): Promise<AuthenticateRequestResult> {
    return this.inner.authenticateStreamingRequest(authHeader, channelIdHeader)
  }

  override createBotFrameworkClient(): BotFrameworkClient {
    return this.inner.createBotFrameworkClient()
  }

  createConnectorFactory(claimsIdentity: ClaimsIdentity): ConnectorFactory {
    return this.inner.createConnectorFactory(claimsIdentity)
  }

  createUserTokenClient(claimsIdentity: ClaimsIdentity): Promise<UserTokenClient> {
    return this.inner.createUserTokenClient(claimsIdentity)
  }
}

const METHODS = methodsOf(ConfigurationBotFrameworkAuthentication.prototype)

/** Makes an authentication of the settings of a {@link Configuration}; of the environment's defaults without one. */
export function createBotFrameworkAuthenticationFromConfiguration(
  configuration: Configuration | null,
  credentialsFactory?: ServiceClientCredentialsFactory,
  authConfiguration?: AuthenticationConfiguration,
  botFrameworkClientFetch?: BotFrameworkFetch,
  connectorClientOptions: ConnectorClientOptions = {},
): BotFrameworkAuthentication {
  return new ConfigurationBotFrameworkAuthentication(
    configuration?.get<ConfigurationBotFrameworkAuthenticationOptions>(),
    credentialsFactory,
    authConfiguration,
    botFrameworkClientFetch,
    connectorClientOptions,
  )
}

function checkValidateAuthority(value: unknown): void {
  if (value === undefined || typeof value === 'string' || typeof value === 'boolean') return
  throw new TypeError(`ValidateAuthority is a ${typeof value}; a string or boolean is expected.`)
}
