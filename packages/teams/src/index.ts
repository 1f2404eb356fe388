export type {
  BatchFailedEntriesResponse,
  BatchFailedEntry,
  BatchOperationRequest,
  BatchOperationResponse,
  BatchOperationStateResponse,
} from './models/batch-operations.ts'
export type { BotConfigAuth, ConfigResponse, ConfigResponseConfig } from './models/bot-config.ts'
export type {
  ChannelInfo,
  ConversationList,
  NotificationInfo,
  OnBehalfOf,
  TeamDetails,
  TeamInfo,
  TeamsChannelData,
  TeamsChannelDataSettings,
  TeamsMeetingInfo,
  TenantInfo,
} from './models/channel-data.ts'
export type {
  FileConsentCard,
  FileConsentCardResponse,
  FileDownloadInfo,
  FileDownloadInfoAttachment,
  FileInfoCard,
  FileUploadInfo,
  TeamsAttachment,
} from './models/files.ts'
export type {
  MeetingNotification,
  MeetingNotificationBase,
  MeetingNotificationChannelData,
  MeetingNotificationRecipientFailureInfo,
  MeetingNotificationResponse,
  MeetingStageSurface,
  MeetingSurface,
  MeetingTabIconSurface,
  TargetedMeetingNotification,
  TargetedMeetingNotificationValue,
} from './models/meeting-notifications.ts'
export type {
  Meeting,
  MeetingDetails,
  MeetingEndEventDetails,
  MeetingEventDetails,
  MeetingInfo,
  MeetingParticipantsEventDetails,
  MeetingStartEventDetails,
  MeetingSummary,
  TeamsMeetingMember,
  TeamsMeetingParticipant,
  UserMeetingDetails,
} from './models/meetings.ts'
export type { TeamsChannelAccount, TeamsMember, TeamsPagedMembersResult } from './models/members.ts'
export type {
  ApplicationIdentityType,
  ConversationIdentityType,
  MessageActionsPayload,
  MessageActionsPayloadApp,
  MessageActionsPayloadAttachment,
  MessageActionsPayloadBody,
  MessageActionsPayloadConversation,
  MessageActionsPayloadFrom,
  MessageActionsPayloadMention,
  MessageActionsPayloadReaction,
  MessageActionsPayloadUser,
  UserIdentityType,
} from './models/message-actions.ts'
export type {
  AppBasedLinkQuery,
  BotMessagePreviewActionType,
  CommandContext,
  MessagingExtensionAction,
  MessagingExtensionActionResponse,
  MessagingExtensionAttachment,
  MessagingExtensionParameter,
  MessagingExtensionQuery,
  MessagingExtensionQueryOptions,
  MessagingExtensionResponse,
  MessagingExtensionResult,
  MessagingExtensionResultType,
  MessagingExtensionSuggestedAction,
} from './models/messaging-extensions.ts'
export type { O365ConnectorCardActionQuery, SigninStateVerificationQuery } from './models/sign-in-queries.ts'
export type {
  TabContext,
  TabEntityContext,
  TabRequest,
  TabResponse,
  TabResponseCard,
  TabResponseCards,
  TabResponsePayload,
  TabSubmit,
  TabSubmitData,
  TabSuggestedActions,
} from './models/tabs.ts'
export type {
  BotMessagePreviewType,
  CacheInfo,
  TaskModuleCardResponse,
  TaskModuleContinueResponse,
  TaskModuleMessageResponse,
  TaskModuleRequest,
  TaskModuleRequestContext,
  TaskModuleResponse,
  TaskModuleResponseBase,
  TaskModuleSize,
  TaskModuleTaskInfo,
} from './models/task-modules.ts'
export { MediaType } from './models/sharepoint/ace-actions.ts'
export type {
  AceCardAction,
  ConfirmationDialog,
  ExecuteCardAction,
  ExecuteCardParameters,
  ExternalLinkActionParameters,
  ExternalLinkCardAction,
  FocusParameters,
  GetLocationActionParameters,
  GetLocationCardAction,
  Location,
  OnCardSelectionAction,
  QuickViewCardAction,
  QuickViewParameters,
  SelectMediaActionParameters,
  SelectMediaCardAction,
  ShowLocationActionParameters,
  ShowLocationCardAction,
  SubmitCardAction,
  SubmitCardParameters,
} from './models/sharepoint/ace-actions.ts'
export type {
  AceCardImage,
  BaseCardComponent,
  CardBarComponent,
  CardButtonBase,
  CardButtonComponent,
  CardComponentName,
  CardSearchBoxComponent,
  CardSearchFooterComponent,
  CardTextComponent,
  CardTextInputComponent,
  ICardSearchBoxButton,
  ICardTextInputIconButton,
  ICardTextInputTitleButton,
} from './models/sharepoint/ace-card-components.ts'
export {
  BasicCardView,
  ImageCardView,
  PrimaryTextCardView,
  SearchCardView,
  SignInCardView,
  TextInputCardView,
} from './models/sharepoint/ace-card-views.ts'
export type {
  BaseCardViewParameters,
  CardViewActionsFooterParameters,
  CardViewFooterParameters,
  CardViewParameters,
  SearchCardViewParameters,
  SignInCardViewParameters,
  TextCardViewParameters,
  TextInputCardViewParameters,
} from './models/sharepoint/ace-card-views.ts'
export type { AceCardSize, AceData, AceRequest } from './models/sharepoint/ace-data.ts'
export type {
  BaseHandleActionResponse,
  CardViewHandleActionResponse,
  CardViewResponse,
  HandleActionResponse,
  NoOpHandleActionResponse,
  QuickViewData,
  QuickViewHandleActionResponse,
  QuickViewResponse,
  SetPropertyPaneConfigurationResponse,
  ViewResponseType,
} from './models/sharepoint/ace-responses.ts'
export { DropDownOptionType, PopupWindowPosition } from './models/sharepoint/property-pane-fields.ts'
export type {
  PropertyPaneCheckboxProperties,
  PropertyPaneChoiceGroupIconProperties,
  PropertyPaneChoiceGroupImageSize,
  PropertyPaneChoiceGroupOption,
  PropertyPaneChoiceGroupProperties,
  PropertyPaneDropDownOption,
  PropertyPaneDropDownProperties,
  PropertyPaneLabelProperties,
  PropertyPaneLinkPopupWindowProperties,
  PropertyPaneLinkProperties,
  PropertyPaneSliderProperties,
  PropertyPaneTextFieldProperties,
  PropertyPaneToggleProperties,
} from './models/sharepoint/property-pane-fields.ts'
export { FieldType } from './models/sharepoint/property-pane.ts'
export type {
  GetPropertyPaneConfigurationResponse,
  PropertyPaneFieldProperties,
  PropertyPaneGroup,
  PropertyPaneGroupField,
  PropertyPaneGroupOrConditionalGroup,
  PropertyPanePage,
  PropertyPanePageHeader,
} from './models/sharepoint/property-pane.ts'
export { ReadReceiptInfo } from './read-receipt-info.ts'
export { SharePointActivityHandler } from './sharepoint-activity-handler.ts'
export {
  SharePointSSOTokenExchangeMiddleware,
  sharePointTokenExchange,
} from './sharepoint-sso-token-exchange-middleware.ts'
export { TeamsActivityHandler } from './teams-activity-handler.ts'
export {
  teamsGetChannelId,
  teamsGetSelectedChannelId,
  teamsGetTeamId,
  teamsGetTeamInfo,
  teamsGetTeamMeetingInfo,
  teamsGetTeamOnBehalfOf,
  teamsGetTenant,
  teamsNotifyUser,
} from './teams-channel-data.ts'
export { InvokeValueError, TeamsArgumentError, TeamsConnectorMissingError, TeamsScopeError } from './teams-errors.ts'
export { TeamsInfo } from './teams-info.ts'
export type { MessageSubmitAction, SigninFailure } from './teams-invoke-values.ts'
export { TeamsSSOTokenExchangeMiddleware } from './teams-sso-token-exchange-middleware.ts'
