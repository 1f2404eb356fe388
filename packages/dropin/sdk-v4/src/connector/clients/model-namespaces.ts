import type { CompositeMapper } from '../../stdlib/index.ts'
import type * as teams from './teams-connector-models.ts'
import type * as tokens from './token-api-models.ts'
import type { ConversationsGetConversationPagedMembersOptionalParams as PagedMembersParams } from './conversations.ts'

/** Types of the user token service. It has no values. */
export const TokenApiModels: Readonly<Record<string, never>> = {}
export declare namespace TokenApiModels {
  type AadResourceUrls = tokens.AadResourceUrls
  type BotSignInGetSignInResourceOptionalParams = tokens.BotSignInGetSignInResourceOptionalParams
  type BotSignInGetSignInResourceResponse = tokens.BotSignInGetSignInResourceResponse
  type BotSignInGetSignInUrlOptionalParams = tokens.BotSignInGetSignInUrlOptionalParams
  type BotSignInGetSignInUrlResponse = tokens.BotSignInGetSignInUrlResponse
  type ErrorModel = tokens.ErrorModel
  type ErrorResponse = tokens.ErrorResponse
  type InnerHttpError = tokens.InnerHttpError
  type TokenApiClientOptions = tokens.TokenApiClientOptions
  type UserTokenExchangeAsyncResponse = tokens.UserTokenExchangeAsyncResponse
  type UserTokenGetAadTokensOptionalParams = tokens.UserTokenGetAadTokensOptionalParams
  type UserTokenGetAadTokensResponse = tokens.UserTokenGetAadTokensResponse
  type UserTokenGetTokenOptionalParams = tokens.UserTokenGetTokenOptionalParams
  type UserTokenGetTokenResponse = tokens.UserTokenGetTokenResponse
  type UserTokenGetTokenStatusOptionalParams = tokens.UserTokenGetTokenStatusOptionalParams
  type UserTokenGetTokenStatusResponse = tokens.UserTokenGetTokenStatusResponse
  type UserTokenSignOutOptionalParams = tokens.UserTokenSignOutOptionalParams
  type UserTokenSignOutResponse = tokens.UserTokenSignOutResponse
}

/** Types of the connector of Teams. It has no values. */
export const TeamsConnectorModels: Readonly<Record<string, never>> = {}
export declare namespace TeamsConnectorModels {
  type BatchBatchFailedEntriesResponse = teams.BatchBatchFailedEntriesResponse
  type BatchBatchOperationStateResponse = teams.BatchBatchOperationStateResponse
  type CancelOperationResponse = teams.CancelOperationResponse
  type ConversationsGetConversationPagedMembersOptionalParams = PagedMembersParams
  type TeamsBatchOperationResponse = teams.TeamsBatchOperationResponse
  type TeamsConnectorClientOptions = teams.TeamsConnectorClientOptions
  type TeamsFetchChannelListResponse = teams.TeamsFetchChannelListResponse
  type TeamsFetchMeetingParticipantOptionalParams = teams.TeamsFetchMeetingParticipantOptionalParams
  type TeamsFetchMeetingParticipantResponse = teams.TeamsFetchMeetingParticipantResponse
  type TeamsFetchTeamDetailsResponse = teams.TeamsFetchTeamDetailsResponse
  type TeamsMeetingInfoResponse = teams.TeamsMeetingInfoResponse
  type TeamsMeetingNotificationResponse = teams.TeamsMeetingNotificationResponse
}

const MAPPED = [
  'ChannelInfo',
  'ConversationList',
  'TeamDetails',
  'TeamInfo',
  'NotificationInfo',
  'TenantInfo',
  'TeamsChannelData',
  'TeamsChannelDataSettings',
  'ChannelAccount',
  'TeamsChannelAccount',
  'Meeting',
  'TeamsMeetingParticipant',
  'TeamsMeetingInfo',
  'TeamsMeetingDetails',
  'MeetingNotification',
  'MeetingNotificationChannelData',
  'OnBehalfOf',
  'MeetingNotificationRecipientFailureInfo',
  'MeetingNotificationResponse',
  'CardAction',
  'CardImage',
  'O365ConnectorCardFact',
  'O365ConnectorCardImage',
  'O365ConnectorCardActionBase',
  'O365ConnectorCardSection',
  'O365ConnectorCard',
  'O365ConnectorCardViewAction',
  'O365ConnectorCardOpenUriTarget',
  'O365ConnectorCardOpenUri',
  'O365ConnectorCardHttpPOST',
  'O365ConnectorCardInputBase',
  'O365ConnectorCardActionCard',
  'O365ConnectorCardTextInput',
  'O365ConnectorCardDateInput',
  'O365ConnectorCardMultichoiceInputChoice',
  'O365ConnectorCardMultichoiceInput',
  'O365ConnectorCardActionQuery',
  'SigninStateVerificationQuery',
  'MessagingExtensionQueryOptions',
  'MessagingExtensionParameter',
  'MessagingExtensionQuery',
  'Activity',
  'MessageActionsPayloadUser',
  'MessageActionsPayloadApp',
  'MessageActionsPayloadConversation',
  'MessageActionsPayloadFrom',
  'MessageActionsPayloadBody',
  'MessageActionsPayloadAttachment',
  'MessageActionsPayloadMention',
  'MessageActionsPayloadReaction',
  'MessageActionsPayload',
  'TaskModuleRequest',
  'MessagingExtensionAction',
  'TaskModuleResponseBase',
  'Attachment',
  'MessagingExtensionAttachment',
  'MessagingExtensionSuggestedAction',
  'MessagingExtensionResult',
  'CacheInfo',
  'MessagingExtensionActionResponse',
  'MessagingExtensionResponse',
  'FileConsentCard',
  'FileDownloadInfo',
  'FileInfoCard',
  'FileUploadInfo',
  'FileConsentCardResponse',
  'TaskModuleTaskInfo',
  'TaskModuleContinueResponse',
  'TaskModuleMessageResponse',
  'TaskModuleResponse',
  'TaskModuleRequestContext',
  'AppBasedLinkQuery',
  'BatchOperationRequest',
  'BatchOperationResponse',
  'GetTeamsOperationStateResponse',
  'GetTeamsFailedEntriesResponse',
  'TeamsMember',
] as const
type MappedName = (typeof MAPPED)[number]

/**
 * Descriptions of the models of Teams, by name. They name the models only: nothing here maps by them, because bodies go over
 * the wire whole.
 */
export const TeamsConnectorMappers: Readonly<Record<MappedName, CompositeMapper>> = Object.fromEntries(
  MAPPED.map((className): [string, CompositeMapper] => [
    className,
    { serializedName: className, type: { name: 'Composite', className, modelProperties: {} } },
  ]),
) as Record<MappedName, CompositeMapper>
