export {
  BotCallbackHandlerKey,
  BotTelemetryClientKey,
  CardFactory,
  INVOKE_RESPONSE_KEY,
  InvokeException,
  MessageFactory,
  NullTelemetryClient,
  RegisterClassMiddleware,
  TelemetryLoggerMiddleware,
  telemetryTrackDialogView,
  tokenExchangeOperationName,
  tokenResponseEventName,
  verifyStateOperationName,
} from '@parley/core'
export type {
  BotHandler,
  BotPageViewTelemetryClient,
  BotTelemetryClient,
  DeleteActivityHandler,
  InvokeResponse,
  Middleware,
  MiddlewareHandler,
  PagedResult,
  SendActivitiesHandler,
  TelemetryDependency,
  TelemetryEvent,
  TelemetryException,
  TelemetryPageView,
  TelemetryTrace,
  TranscriptInfo,
  TranscriptLogger,
  TranscriptStore,
  UpdateActivityHandler,
} from '@parley/core'
export { BotStatePropertyAccessor } from '@parley/state'
export type {
  CachedBotState,
  StatePropertyAccessor,
  Storage,
  StorageKeyFactory,
  StoreItem,
  StoreItems,
} from '@parley/state'
export type { TestActivityInspector } from '@parley/testing'
export type { BotFrameworkClient } from '../connector/clients/bot-framework-client.ts'
export { CloudAdapterBase } from './adapter/cloud-adapter-base.ts'
export {
  ConfigurationBotFrameworkAuthentication,
  createBotFrameworkAuthenticationFromConfiguration,
} from './adapter/configuration-bot-framework-authentication.ts'
export type { ConfigurationBotFrameworkAuthenticationOptions } from './adapter/configuration-bot-framework-authentication.ts'
export {
  ConfigurationServiceClientCredentialFactory,
  createServiceClientCredentialFactoryFromConfiguration,
} from './adapter/configuration-service-client-credential-factory.ts'
export type { ConfigurationServiceClientCredentialFactoryOptions } from './adapter/configuration-service-client-credential-factory.ts'
export { ActivityFactory } from './activity-factory.ts'
export { ActivityHandler, ActivityHandlerBase } from './activity-handler.ts'
export { AutoSaveStateMiddleware } from './auto-save-state-middleware.ts'
export { BotAdapter } from './bot-adapter.ts'
export { BotComponent, assertBotComponent } from './bot-component.ts'
export { BotStateSet } from './bot-state-set.ts'
export { BotState } from './bot-state.ts'
export { BrowserLocalStorage, BrowserSessionStorage } from './browser-storage.ts'
export { ComponentRegistration } from './component-registration.ts'
export { ConversationState } from './conversation-state.ts'
export { MemoryStorage } from './memory-storage.ts'
export { MemoryTranscriptStore } from './memory-transcript-store.ts'
export { MiddlewareSet } from './middleware-set.ts'
export { PrivateConversationState } from './private-conversation-state.ts'
export type { PropertyManager } from './property-manager.ts'
export { QueueStorage } from './queue-storage.ts'
export { getTopScoringIntent } from './recognizer-result.ts'
export type { IntentScore, RecognizerResult } from './recognizer-result.ts'
export { Severity } from './severity.ts'
export { ShowTypingMiddleware } from './show-typing-middleware.ts'
export {
  SkillConversationIdFactory,
  SkillConversationIdFactoryBase,
  SkillConversationReferenceKey,
} from './skill-conversation-id-factory.ts'
export type {
  BotFrameworkSkill,
  SkillConversationIdFactoryOptions,
  SkillConversationReference,
} from './skill-conversation-id-factory.ts'
export { SkypeMentionNormalizeMiddleware } from './skype-mention-normalize-middleware.ts'
export { assertStoreItems, calculateChangeHash } from './storage.ts'
export { StringUtils } from './string-utils.ts'
export { TestAdapter } from './test-adapter.ts'
export { TestFlow } from './test-flow.ts'
export { ConsoleTranscriptLogger, TranscriptLoggerMiddleware } from './transcript-logger.ts'
export { useBotState } from './use-bot-state.ts'
export { UserState } from './user-state.ts'
export {
  OAuthLoginTimeoutKey,
  OAuthLoginTimeoutMsValue,
  sharePointTokenExchange,
  TokenPollingSettingsKey,
} from './user-token-provider.ts'
export type {
  CoreAppCredentials,
  ExtendedUserTokenProvider,
  IUserTokenProvider,
  TokenPollingSettings,
} from './user-token-provider.ts'
export { TurnContext, TurnContextStateCollection } from './turn-context.ts'
