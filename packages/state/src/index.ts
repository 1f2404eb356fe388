export { AutoSaveStateMiddleware } from './auto-save-state-middleware.ts'
export { BotStatePropertyAccessor } from './bot-state-property-accessor.ts'
export type { LoadableState, StatePropertyAccessor } from './bot-state-property-accessor.ts'
export { BotStateSet } from './bot-state-set.ts'
export { BotState } from './bot-state.ts'
export type { BotStateOptions, CachedBotState, StorageKeyFactory } from './bot-state.ts'
export { calculateChangeHash } from './change-hash.ts'
export { ConversationState } from './conversation-state.ts'
export { FileStorage } from './file-storage/file-storage.ts'
export type { FileStorageOptions } from './file-storage/file-storage.ts'
export {
  StorageAccessError,
  StorageBusyError,
  StorageDamagedError,
  StorageFullError,
  StorageIoError,
} from './file-storage/file-storage-errors.ts'
export { MemoryStorage } from './memory-storage.ts'
export { PrivateConversationState } from './private-conversation-state.ts'
export { NotBotStateError, StateKeyMissingError, StateTooLargeError } from './state-errors.ts'
export {
  NotSerializableError,
  StorageArgumentError,
  StorageConflictError,
  StorageTimeoutError,
} from './storage-errors.ts'
export { ABSENT_ETAG, assertKeys, assertStoreItems, isUnconditional } from './storage.ts'
export type { Storage, StoreItem, StoreItems } from './storage.ts'
export { storeItemText } from './store-item-text.ts'
export { FileTranscriptStore } from './transcripts/file-transcript-store.ts'
export { MemoryTranscriptStore } from './transcripts/memory-transcript-store.ts'
export { StateTraceMiddleware } from './state-trace-middleware.ts'
export { UserState } from './user-state.ts'
