export { allowedCallersClaimsValidator } from './auth/allowed-callers-claims-validator.ts'
export { AseChannelValidation } from './auth/ase-channel-validation.ts'
export type { AseChannelValidationFunctions } from './auth/ase-channel-validation.ts'
export type { AuthenticateRequestResult } from './auth/authenticate-request-result.ts'
export { AuthenticationConfiguration } from './auth/authentication-configuration.ts'
export type { ValidateClaims } from './auth/authentication-configuration.ts'
export { AuthenticationConstants, ConversationConstants, GovernmentConstants } from './auth/authentication-constants.ts'
export type {
  AuthenticationConstantsTable,
  ConversationConstantsTable,
  GovernmentConstantsTable,
} from './auth/authentication-constants.ts'
export { AuthenticationError } from './auth/authentication-error.ts'
export type { StatusCode } from './auth/authentication-error.ts'
export { BotFrameworkAuthenticationFactory } from './auth/bot-framework-authentication-factory.ts'
export { BotFrameworkAuthentication } from './auth/bot-framework-authentication.ts'
export { ChannelValidation } from './auth/channel-validation.ts'
export type { ChannelValidationFunctions } from './auth/channel-validation.ts'
export { ClaimsIdentity } from './auth/claims-identity.ts'
export type { Claim } from './auth/claims-identity.ts'
export { SimpleCredentialProvider } from './auth/credential-provider.ts'
export type { ICredentialProvider } from './auth/credential-provider.ts'
export { EmulatorValidation } from './auth/emulator-validation.ts'
export type { EmulatorValidationFunctions } from './auth/emulator-validation.ts'
export { EndorsementsValidator } from './auth/endorsements-validator.ts'
export { EnterpriseChannelValidation } from './auth/enterprise-channel-validation.ts'
export type { EnterpriseChannelValidationFunctions } from './auth/enterprise-channel-validation.ts'
export { GovernmentChannelValidation } from './auth/government-channel-validation.ts'
export type { GovernmentChannelValidationFunctions } from './auth/government-channel-validation.ts'
export { JwtTokenValidation } from './auth/jwt-token-validation.ts'
export type { JwtTokenValidationFunctions } from './auth/jwt-token-validation.ts'
export { SkillValidation } from './auth/skill-validation.ts'
export type { SkillValidationFunctions } from './auth/skill-validation.ts'
export {
  BetweenBotAndAseChannelTokenValidationParameters,
  ToBotFromBotOrEmulatorTokenValidationParameters,
} from './auth/token-validation-parameters.ts'
export type { TokenValidationParameters } from './auth/token-validation-parameters.ts'
export { Attachments } from './clients/attachments.ts'
export type { AttachmentsGetAttachmentResponse } from './clients/attachments.ts'
export type { BotFrameworkClient, BotFrameworkFetch } from './clients/bot-framework-client.ts'
export type { ConnectorClientOptions } from './clients/connector-client-options.ts'
export { ConnectorClient } from './clients/connector-client.ts'
export { ConnectorFactory } from './clients/connector-factory.ts'
export { Conversations } from './clients/conversations.ts'
export type {
  ConversationsGetConversationPagedMembersOptionalParams,
  ConversationsGetConversationsOptionalParams,
} from './clients/conversations.ts'
export { EmulatorApiClient } from './clients/emulator-api-client.ts'
export { TeamsConnectorMappers, TeamsConnectorModels, TokenApiModels } from './clients/model-namespaces.ts'
export { retryAction } from './clients/retry-action.ts'
export { TeamsConnectorClient, TeamsConnectorClientContext } from './clients/teams-connector-client.ts'
export type {
  BatchBatchFailedEntriesResponse,
  BatchBatchOperationStateResponse,
  CancelOperationResponse,
  TeamsBatchOperationResponse,
  TeamsConnectorClientOptions,
  TeamsFetchChannelListResponse,
  TeamsFetchMeetingParticipantOptionalParams,
  TeamsFetchMeetingParticipantResponse,
  TeamsFetchTeamDetailsResponse,
  TeamsMeetingInfoResponse,
  TeamsMeetingNotificationResponse,
} from './clients/teams-connector-models.ts'
export { Teams } from './clients/teams.ts'
export { BotSignIn, TokenApiClient, UserToken } from './clients/token-api-client.ts'
export type {
  AadResourceUrls,
  BotSignInGetSignInResourceOptionalParams,
  BotSignInGetSignInResourceResponse,
  BotSignInGetSignInUrlOptionalParams,
  BotSignInGetSignInUrlResponse,
  ErrorModel,
  ErrorResponse,
  InnerHttpError,
  TokenApiClientOptions,
  UserTokenExchangeAsyncResponse,
  UserTokenGetAadTokensOptionalParams,
  UserTokenGetAadTokensResponse,
  UserTokenGetTokenOptionalParams,
  UserTokenGetTokenResponse,
  UserTokenGetTokenStatusOptionalParams,
  UserTokenGetTokenStatusResponse,
  UserTokenSignOutOptionalParams,
  UserTokenSignOutResponse,
} from './clients/token-api-models.ts'
export { UserTokenClient } from './clients/user-token-client.ts'
export { AppCredentials } from './credentials/app-credentials.ts'
export type { ConfidentialClientLike } from './credentials/app-credentials.ts'
export type { AuthenticatorResult } from './credentials/authenticator-result.ts'
export { CertificateAppCredentials } from './credentials/certificate-app-credentials.ts'
export { FederatedAppCredentials } from './credentials/federated-app-credentials.ts'
export {
  CertificateServiceClientCredentialsFactory,
  FederatedServiceClientCredentialsFactory,
  ManagedIdentityServiceClientCredentialsFactory,
  MsalServiceClientCredentialsFactory,
} from './credentials/identity-credentials-factories.ts'
export { JwtTokenProviderFactory } from './credentials/jwt-token-provider-factory.ts'
export type { IJwtTokenProviderFactory } from './credentials/jwt-token-provider-factory.ts'
export {
  ManagedIdentityAppCredentials,
  ManagedIdentityAuthenticator,
} from './credentials/managed-identity-app-credentials.ts'
export { MicrosoftAppCredentials, MicrosoftGovernmentAppCredentials } from './credentials/microsoft-app-credentials.ts'
export { MsalAppCredentials } from './credentials/msal-app-credentials.ts'
export type { Certificate } from './credentials/msal-app-credentials.ts'
export { PasswordServiceClientCredentialFactory } from './credentials/password-service-client-credential-factory.ts'
export { ServiceClientCredentialsFactory } from './credentials/service-client-credentials-factory.ts'
export { TokenCredentials } from './credentials/token-credentials.ts'
export type { OptionsOrCallback, RestResult } from './rest/operation.ts'
export type { ServiceClientCredentials } from '../stdlib/index.ts'
export type { SignInUrlResponse, TokenExchangeRequest, TokenStatus } from '../schema/index.ts'
export { ReadReceiptInfo } from '@parley/teams'
