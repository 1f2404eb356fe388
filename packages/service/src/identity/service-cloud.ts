/** Whose part the service plays: that of the public cloud, or of the one for the US Government. */
export type ServiceCloudName = 'public' | 'usGov'

/** What differs between clouds in the tokens they issue and take. */
export interface ServiceCloud {
  readonly name: ServiceCloudName
  /** Audience of the tokens that open the Connector API. */
  readonly connectorAudience: string
  /** `iss` of the cloud's tokens for bots. */
  readonly channelIssuer: string
  /** The tenant that multi-tenant bots get their tokens from, … */
  readonly botTenantId: string
  /** … and what it is called. */
  readonly botTenantName: string
  /** Audience of the tokens of another issuer that an app may show instead of a secret. */
  readonly exchangeAudience: string
}

export const SERVICE_CLOUDS: Readonly<Record<ServiceCloudName, ServiceCloud>> = {
  public: {
    name: 'public',
    connectorAudience: 'https://api.botframework.com',
    channelIssuer: 'https://api.botframework.com',
    botTenantId: 'd6d49420-f39b-4df7-a1dc-d59a935871db',
    botTenantName: 'botframework.com',
    exchangeAudience: 'api://AzureADTokenExchange',
  },
  usGov: {
    name: 'usGov',
    connectorAudience: 'https://api.botframework.us',
    channelIssuer: 'https://api.botframework.us',
    botTenantId: 'cab8a31a-1906-4287-a0d8-4eef66b95f6e',
    botTenantName: 'microsoftservices.onmicrosoft.us',
    exchangeAudience: 'api://AzureADTokenExchangeUSGov',
  },
}
