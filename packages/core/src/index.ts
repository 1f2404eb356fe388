export { RoleTypes } from './accounts.ts'
export type { ChannelAccount, ConversationAccount, ConversationReference } from './accounts.ts'
export {
  ActivityEventNames,
  ActivityImportance,
  ActivityTypes,
  AttachmentLayoutTypes,
  ContactRelationUpdateActionTypes,
  DeliveryModes,
  EndOfConversationCodes,
  InputHints,
  InstallationUpdateActionTypes,
  MessageReactionTypes,
  SemanticActionStateTypes,
  TextFormatTypes,
} from './activity-constants.ts'
export {
  isCommandActivity,
  isCommandResultActivity,
  isContactRelationUpdateActivity,
  isConversationUpdateActivity,
  isDeleteUserDataActivity,
  isEndOfConversationActivity,
  isEventActivity,
  isHandoffActivity,
  isInstallationUpdateActivity,
  isInvokeActivity,
  isKnownActivity,
  isMessageActivity,
  isMessageDeleteActivity,
  isMessageReactionActivity,
  isMessageUpdateActivity,
  isSuggestionActivity,
  isTraceActivity,
  isTypingActivity,
} from './activity-guards.ts'
export type { Activity, MessageReaction } from './activity.ts'
export { ActionTypes } from './attachments.ts'
export type { Attachment, CardAction, SuggestedActions } from './attachments.ts'
export { BODY_REFUSALS } from './body-refusals.ts'
export type { BodyRefusalCode } from './body-refusals.ts'
export { CallerIdConstants } from './caller-ids.ts'
export { CardFactory } from './card-factory.ts'
export type {
  AnimationCard,
  AudioCard,
  BasicCard,
  CardImage,
  Fact,
  HeroCard,
  MediaCard,
  MediaEventValue,
  MediaUrl,
  OAuthCard,
  ReceiptCard,
  ReceiptItem,
  SigninCard,
  ThumbnailCard,
  ThumbnailUrl,
  VideoCard,
} from './cards.ts'
export { Channels } from './channels.ts'
export type {
  AttachmentData,
  AttachmentInfo,
  AttachmentView,
  ConversationMembers,
  ConversationParameters,
  ConversationResourceResponse,
  ConversationsResult,
  ErrorModel,
  ErrorResponse,
  ExpectedReplies,
  InnerHttpError,
  PagedMembersResult,
  ResourceResponse,
  Transcript,
} from './connector-models.ts'
export {
  applyConversationReference,
  getContinuationActivity,
  getConversationReference,
  getMentions,
  getReplyConversationReference,
  removeMentionText,
  removeRecipientMention,
} from './conversation-reference.ts'
export type { Entity, GeoCoordinates, Mention, Place, SemanticAction, TextHighlight, Thing } from './entities.ts'
export type {
  AdaptiveCardAuthentication,
  AdaptiveCardInvokeAction,
  AdaptiveCardInvokeResponse,
  AdaptiveCardInvokeValue,
  InvokeResponse,
  SearchInvokeOptions,
  SearchInvokeResponse,
  SearchInvokeValue,
} from './invoke-models.ts'
export type {
  AddressedActivity,
  CommandActivity,
  CommandResultActivity,
  CommandResultValue,
  CommandValue,
  ContactRelationUpdateActivity,
  ConversationUpdateActivity,
  DeleteUserDataActivity,
  EndOfConversationActivity,
  EventActivity,
  HandoffActivity,
  InstallationUpdateActivity,
  InvokeActivity,
  InvokeResponseActivity,
  KnownActivity,
  MessageActivity,
  MessageContent,
  MessageDeleteActivity,
  MessageReactionActivity,
  MessageUpdateActivity,
  SuggestionActivity,
  TraceActivity,
  TypingActivity,
} from './known-activity.ts'
export { MessageFactory } from './message-factory.ts'
export { isForbiddenAddress, isLoopbackAddress, isLoopbackHost } from './network-address.ts'
export type { OpenSet, OpenValue } from './open-types.ts'
export { activityFromJson, parseActivity } from './parse-activity.ts'
export type { ParseActivityOptions } from './parse-activity.ts'
export { serializeActivity, toWireActivity } from './serialize-activity.ts'
export { URL_REFUSALS, checkServiceUrl, normalizeServiceUrl } from './service-url.ts'
export type { ServiceUrlPolicy } from './service-url.ts'
export { StatusCodes } from './status-codes.ts'
export type {
  SignInUrlResponse,
  TokenExchangeInvokeRequest,
  TokenExchangeInvokeResponse,
  TokenExchangeRequest,
  TokenExchangeResource,
  TokenExchangeState,
  TokenPostResource,
  TokenResponse,
  TokenStatus,
} from './token-models.ts'
export { ActivityHandlerBase, TurnInvalidError } from './activity-handler-base.ts'
export { ActivityHandler } from './activity-handler.ts'
export type { BotHandler } from './activity-handler.ts'
export { ClaimsIdentity } from './claims-identity.ts'
export type { Claim } from './claims-identity.ts'
export { InboundRefusedError, ParleyError } from './errors.ts'
export type { InboundRefusedOptions, Refusal } from './errors.ts'
export { InvokeException } from './invoke-exception.ts'
export { INVOKE_RESPONSE_KEY } from './invoke-response.ts'
export { silentLogger } from './logger.ts'
export type { LogMethod, Logger } from './logger.ts'
export { MiddlewareSet } from './middleware-set.ts'
export { compose, InvalidMiddlewareError, NextCalledTwiceError, NextNotAwaitedError } from './middleware.ts'
export type { MiddlewareFunction } from './middleware.ts'
export { tokenExchangeOperationName, tokenResponseEventName, verifyStateOperationName } from './sign-in-names.ts'
export type { TokenSource } from './token-source.ts'
export { NotImplementedError, RespondedResetError, TurnErrorHandlerError } from './turn-errors.ts'
export { BotAdapter, BotCallbackHandlerKey, TurnContext } from './turn-context.ts'
export type {
  DeleteActivityHandler,
  Middleware,
  MiddlewareHandler,
  SendActivitiesHandler,
  TurnErrorHandler,
  TurnLogic,
  UpdateActivityHandler,
} from './turn-context.ts'
export { TurnContextStateCollection } from './turn-state.ts'
export { UserTokenArgumentError, UserTokenClient } from './user-token-client.ts'
export { ConsoleTranscriptLogger } from './standard-middleware/console-transcript-logger.ts'
export { MiddlewareOptionError } from './standard-middleware/middleware-option-error.ts'
export { RegisterClassMiddleware } from './standard-middleware/register-class-middleware.ts'
export { SetSpeakMiddleware } from './standard-middleware/set-speak-middleware.ts'
export { ShowTypingMiddleware } from './standard-middleware/show-typing-middleware.ts'
export { TranscriptLoggerMiddleware } from './standard-middleware/transcript-logger-middleware.ts'
export type { TranscriptLoggerOptions } from './standard-middleware/transcript-logger-middleware.ts'
export type {
  PagedResult,
  TranscriptInfo,
  TranscriptLogger,
  TranscriptStore,
} from './standard-middleware/transcript.ts'
export {
  BotTelemetryClientKey,
  NullTelemetryClient,
  Severity,
  telemetryTrackDialogView,
} from './telemetry/bot-telemetry-client.ts'
export type {
  BotPageViewTelemetryClient,
  BotTelemetryClient,
  TelemetryDependency,
  TelemetryEvent,
  TelemetryException,
  TelemetryPageView,
  TelemetryTrace,
} from './telemetry/bot-telemetry-client.ts'
export { TelemetryConstants } from './telemetry/telemetry-constants.ts'
export { TelemetryLoggerMiddleware } from './telemetry/telemetry-logger-middleware.ts'
export type { TelemetryProperties } from './telemetry/telemetry-logger-middleware.ts'
