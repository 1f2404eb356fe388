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
export { ActivityHandlerBase, TurnInvalidError, installationStep } from './activity-handler-base.ts'
export { ActivityHandler } from './activity-handler.ts'
export type { BotHandler } from './activity-handler.ts'
export type { Activity, MessageReaction } from './activity.ts'
export { ActionTypes } from './attachments.ts'
export type { Attachment, CardAction, SuggestedActions } from './attachments.ts'
export { BotAdapter, NotImplementedError, toError } from './bot-adapter.ts'
export type { TurnErrorHandler, TurnLogic } from './bot-adapter.ts'
export { CallerIdConstants } from './caller-ids.ts'
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
export { ClaimsIdentity } from './claims-identity.ts'
export type { Claim } from './claims-identity.ts'
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
export type { Entity, GeoCoordinates, Mention, Place, SemanticAction, TextHighlight, Thing } from './entities.ts'
export { InboundRefusedError, ParleyError } from './errors.ts'
export type { InboundRefusedOptions, Refusal } from './errors.ts'
export { InvokeException } from './invoke-exception.ts'
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
export { INVOKE_RESPONSE_KEY } from './invoke-response.ts'
export { silentLogger } from './logger.ts'
export type { LogMethod, Logger } from './logger.ts'
export { InvalidMiddlewareError, MiddlewareSet } from './middleware-set.ts'
export type { Middleware, MiddlewareHandler } from './middleware-set.ts'
export { NextCalledTwiceError, NextNotAwaitedError, compose } from './middleware.ts'
export type { MiddlewareFunction } from './middleware.ts'
export type { OpenSet, OpenValue } from './open-types.ts'
export { tokenExchangeOperationName, tokenResponseEventName, verifyStateOperationName } from './sign-in-names.ts'
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
export type { TokenSource } from './token-source.ts'
export { TurnContextStateCollection } from './turn-state.ts'
