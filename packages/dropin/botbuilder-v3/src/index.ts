export { MemoryBotStorage } from './bot/memory-bot-storage.ts'
export { Middleware } from './bot/middleware.ts'
export { UniversalBot } from './bot/universal-bot.ts'
export { CardAction } from './cards/card-action.ts'
export { CardImage } from './cards/card-image.ts'
export { AnimationCard, AudioCard, CardMedia, MediaCard, VideoCard } from './cards/media-card.ts'
export { Fact, ReceiptCard, ReceiptItem } from './cards/receipt-card.ts'
export { OAuthCard, SigninCard } from './cards/signin-card.ts'
export { SuggestedActions } from './cards/suggested-actions.ts'
export { HeroCard, Keyboard, ThumbnailCard } from './cards/thumbnail-card.ts'
export { ChatConnector } from './connector/chat-connector.ts'
export { SettingsError } from './connector/connector-settings.ts'
export { ConsoleConnector } from './connector/console-connector.ts'
export { StateEndpointMissingError } from './connector/state-bags.ts'
export {
  AttachmentLayout,
  InputHint,
  ListStyle,
  PromptType,
  RecognizeMode,
  RecognizeOrder,
  ResumeReason,
  TextFormat,
} from './constants.ts'
export { ActionSet } from './dialogs/action-set.ts'
export { Dialog } from './dialogs/dialog.ts'
export { DialogAction } from './dialogs/dialog-action.ts'
export { IntentDialog } from './dialogs/intent-dialog.ts'
export { Library } from './dialogs/library.ts'
export { SimpleDialog } from './dialogs/simple-dialog.ts'
export { WaterfallDialog } from './dialogs/waterfall-dialog.ts'
export { Message } from './message.ts'
export { Prompt } from './prompts/prompt.ts'
export { PromptChoice, PromptConfirm } from './prompts/prompt-choice.ts'
export { Prompts } from './prompts/prompts.ts'
export { PromptAttachment, PromptNumber, PromptText, PromptTime } from './prompts/simple-prompts.ts'
export { EntityRecognizer } from './recognizing/entity-recognizer.ts'
export { IntentRecognizer } from './recognizing/intent-recognizer.ts'
export { IntentRecognizerSet } from './recognizing/intent-recognizer-set.ts'
export { LuisRecognizer } from './recognizing/luis-recognizer.ts'
export { LocalizedRegExpRecognizer, RegExpRecognizer } from './recognizing/regexp-recognizer.ts'
export { Session } from './session/session.ts'
export type { SessionConstructor } from './session/session.ts'
export { SessionLogger } from './session/session-logger.ts'
export { UnsupportedError } from './unsupported-error.ts'
export type {
  IAnimationCard,
  IAttachment,
  IAudioCard,
  ICardAction,
  ICardImage,
  ICardMediaUrl,
  IFact,
  IIsAttachment,
  IIsCardAction,
  IIsCardImage,
  IIsCardMedia,
  IIsFact,
  IIsReceiptItem,
  IIsSuggestedActions,
  IMediaCard,
  IMediaEventValue,
  IOAuthCard,
  IReceiptCard,
  IReceiptItem,
  ISigninCard,
  ISuggestedActions,
  IThumbnailCard,
  IVideoCard,
} from './contracts/cards.ts'
export type {
  IBotStorage,
  IBotStorageContext,
  IBotStorageData,
  IChatConnectorEndpoint,
  IChatConnectorSettings,
  IConnector,
  IEventMiddleware,
  IUniversalBotSettings,
} from './contracts/connectors.ts'
export type {
  IBeginDialogActionOptions,
  ICancelActionOptions,
  IDialogActionOptions,
  IDialogVersionOptions,
  IDialogWaterfallStep,
  IDisambiguateRouteHandler,
  IFirstRunOptions,
  IMiddlewareMap,
  ISelectRouteHandler,
  ISessionMiddleware,
  ISessionOptions,
  ITriggerActionOptions,
} from './contracts/dialogs.ts'
export type {
  AttachmentType,
  IAddress,
  IChatConnectorAddress,
  IContactRelationUpdate,
  IConversationMembers,
  IConversationUpdate,
  IConversationsResult,
  IEvent,
  IIdentity,
  IIsMessage,
  IMessage,
  IMessageOptions,
  IMessageReaction,
  IMessageUpdate,
  IPagedMembersResult,
  ISemanticAction,
  ISourceEventMap,
  IStartConversationAddress,
  ITextHighlight,
  ITokenResponse,
  ITranscript,
  MatchType,
  MessageType,
  SemanticActionStates,
  TextOrMessageType,
  TextType,
  ValueListType,
} from './contracts/events.ts'
export type {
  IChoice,
  IDisambiguateChoices,
  IPromptAttachmentFeatures,
  IPromptAttachmentOptions,
  IPromptAttachmentResult,
  IPromptChoiceFeatures,
  IPromptChoiceOptions,
  IPromptChoiceResult,
  IPromptConfirmResult,
  IPromptContext,
  IPromptFeatures,
  IPromptNumberOptions,
  IPromptNumberResult,
  IPromptOptions,
  IPromptResult,
  IPromptTextFeatures,
  IPromptTextOptions,
  IPromptTextResult,
  IPromptTimeResult,
  IPrompts,
} from './contracts/prompts.ts'
export type {
  IActionRouteData,
  IDefaultLocalizerSettings,
  IDialogResult,
  IDialogState,
  IEntity,
  IFindActionRouteContext,
  IFindMatchResult,
  IFindRoutesHandler,
  IIntent,
  IIntentDialogOptions,
  IIntentRecognizer,
  IIntentRecognizerResult,
  IIntentRecognizerSetOptions,
  ILocalizer,
  ILuisModelMap,
  IRecognizeContext,
  IRecognizeDialogContext,
  IRecognizeResult,
  IRegExpMap,
  IRouteResult,
  ISessionState,
  SessionLog,
} from './contracts/recognizing.ts'
export type { SessionDialog, SessionLibrary } from './contracts/session.ts'
