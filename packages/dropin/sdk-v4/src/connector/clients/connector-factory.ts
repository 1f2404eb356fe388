import type { ServiceClientCredentialsFactory } from '../credentials/service-client-credentials-factory.ts'
import { ConnectorClient } from './connector-client.ts'
import type { ConnectorClientOptions } from './connector-client-options.ts'

/** Makes connector clients for a sender. */
export abstract class ConnectorFactory {
  /** @param audience - Whom tokens are for; absent: the channel service. */
  abstract create(serviceUrl: string, audience?: string): Promise<ConnectorClient>
}

/** Told to services; it names the versions of v4 that the packages stand for. */
export const USER_AGENT = 'Microsoft-BotFramework/3.1 botframework-connector/4.23.3'

/** Makes clients with the bot's own credentials. */
export class CredentialsConnectorFactory extends ConnectorFactory {
  private readonly appId: string
  private readonly toChannelFromBotOAuthScope: string
  private readonly loginEndpoint: string
  private readonly validateAuthority: boolean
  private readonly credentialFactory: ServiceClientCredentialsFactory
  private readonly connectorClientOptions: ConnectorClientOptions

  constructor(
    appId: string,
    toChannelFromBotOAuthScope: string,
    loginEndpoint: string,
    validateAuthority: boolean,
    credentialFactory: ServiceClientCredentialsFactory,
    connectorClientOptions: ConnectorClientOptions = {},
  ) {
    super()
    this.appId = appId
    this.toChannelFromBotOAuthScope = toChannelFromBotOAuthScope
    this.loginEndpoint = loginEndpoint
    this.validateAuthority = validateAuthority
    this.credentialFactory = credentialFactory
    this.connectorClientOptions = connectorClientOptions
  }

  async create(serviceUrl: string, audience?: string): Promise<ConnectorClient> {
    const credentials = await this.credentialFactory.createCredentials(
      this.appId,
      audience || this.toChannelFromBotOAuthScope,
      this.loginEndpoint,
      this.validateAuthority,
    )
    return new ConnectorClient(credentials, optionsFor(serviceUrl, this.connectorClientOptions))
  }
}

function optionsFor(baseUri: string, options: ConnectorClientOptions): ConnectorClientOptions {
  const { userAgent: own } = options
  const userAgent = typeof own === 'function' ? own(USER_AGENT) : [USER_AGENT, own].filter(Boolean).join(' ')
  return { ...options, baseUri, userAgent }
}
