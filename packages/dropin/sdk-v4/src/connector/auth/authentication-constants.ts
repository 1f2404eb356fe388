/** Addresses, claims and settings of authentication in public Azure. A plain object: callers assign to it. */
export interface AuthenticationConstantsTable {
  ToChannelFromBotLoginUrl: string
  ToChannelFromBotLoginUrlPrefix: string
  ToChannelFromBotTokenEndpointPath: string
  DefaultChannelAuthTenant: string
  ToChannelFromBotOAuthScope: string
  ToBotFromChannelTokenIssuer: string
  OAuthUrl: string
  BotOpenIdMetadataKey: string
  ChannelService: string
  OAuthUrlKey: string
  EmulateOAuthCardsKey: string
  ToBotFromChannelOpenIdMetadataUrl: string
  ToBotFromEnterpriseChannelOpenIdMetadataUrlFormat: string
  ToBotFromEmulatorOpenIdMetadataUrl: string
  ValidTokenIssuerUrlTemplateV1: string
  ValidTokenIssuerUrlTemplateV2: string
  ValidGovernmentTokenIssuerUrlTemplateV1: string
  ValidGovernmentTokenIssuerUrlTemplateV2: string
  /** What v4 accepted. Tokens are verified with RS256 alone, which is what every issuer uses. */
  AllowedSigningAlgorithms: string[]
  AuthorizedParty: string
  AudienceClaim: string
  IssuerClaim: string
  KeyIdHeader: string
  VersionClaim: string
  AppIdClaim: string
  ServiceUrlClaim: string
  TenantIdClaim: string
  AnonymousSkillAppId: string
  AnonymousAuthType: string
  CertificateThumbprint: string
  CertificatePrivateKey: string
}

export const AuthenticationConstants: AuthenticationConstantsTable = {
  ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
  ToChannelFromBotLoginUrlPrefix: 'https://login.microsoftonline.com/',
  ToChannelFromBotTokenEndpointPath: '/oauth2/v2.0/token',
  DefaultChannelAuthTenant: 'botframework.com',
  ToChannelFromBotOAuthScope: 'https://api.botframework.com',
  ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
  OAuthUrl: 'https://api.botframework.com',
  BotOpenIdMetadataKey: 'BotOpenIdMetadata',
  ChannelService: 'ChannelService',
  OAuthUrlKey: 'OAuthApiEndpoint',
  EmulateOAuthCardsKey: 'EmulateOAuthCards',
  ToBotFromChannelOpenIdMetadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  ToBotFromEnterpriseChannelOpenIdMetadataUrlFormat:
    'https://{channelService}.enterprisechannel.botframework.com/v1/.well-known/openidconfiguration',
  ToBotFromEmulatorOpenIdMetadataUrl: 'https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration',
  ValidTokenIssuerUrlTemplateV1: 'https://sts.windows.net/',
  ValidTokenIssuerUrlTemplateV2: 'https://login.microsoftonline.com/',
  ValidGovernmentTokenIssuerUrlTemplateV1: 'https://login.microsoftonline.us/',
  ValidGovernmentTokenIssuerUrlTemplateV2: 'https://login.microsoftonline.us/',
  AllowedSigningAlgorithms: ['RS256', 'RS384', 'RS512'],
  AuthorizedParty: 'azp',
  AudienceClaim: 'aud',
  IssuerClaim: 'iss',
  KeyIdHeader: 'kid',
  VersionClaim: 'ver',
  AppIdClaim: 'appid',
  ServiceUrlClaim: 'serviceurl',
  TenantIdClaim: 'tid',
  AnonymousSkillAppId: 'AnonymousSkill',
  AnonymousAuthType: 'anonymous',
  CertificateThumbprint: 'CertificateThumbprint',
  CertificatePrivateKey: 'CertificatePrivateKey',
}

/** The same in Azure for the US Government. */
export interface GovernmentConstantsTable {
  ChannelService: string
  ToChannelFromBotLoginUrl: string
  ToChannelFromBotLoginUrlPrefix: string
  DefaultChannelAuthTenant: string
  ToChannelFromBotOAuthScope: string
  ToBotFromChannelTokenIssuer: string
  OAuthUrl: string
  ToBotFromChannelOpenIdMetadataUrl: string
  ToBotFromEmulatorOpenIdMetadataUrl: string
}

export const GovernmentConstants: GovernmentConstantsTable = {
  ChannelService: 'https://botframework.azure.us',
  ToChannelFromBotLoginUrl: 'https://login.microsoftonline.us/MicrosoftServices.onmicrosoft.us',
  ToChannelFromBotLoginUrlPrefix: 'https://login.microsoftonline.us/',
  DefaultChannelAuthTenant: 'MicrosoftServices.onmicrosoft.us',
  ToChannelFromBotOAuthScope: 'https://api.botframework.us',
  ToBotFromChannelTokenIssuer: 'https://api.botframework.us',
  OAuthUrl: 'https://api.botframework.azure.us',
  ToBotFromChannelOpenIdMetadataUrl: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
  ToBotFromEmulatorOpenIdMetadataUrl:
    'https://login.microsoftonline.us/cab8a31a-1906-4287-a0d8-4eef66b95f6e/v2.0/.well-known/openid-configuration',
}

/** Names used in calls about conversations. */
export interface ConversationConstantsTable {
  ConversationIdHttpHeaderName: string
}

export const ConversationConstants: ConversationConstantsTable = {
  ConversationIdHttpHeaderName: 'x-ms-conversation-id',
}
