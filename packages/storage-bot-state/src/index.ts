export type { BotStateBag, BotStateData } from './bot-state-bag.ts'
export { BotStateClient } from './bot-state-client.ts'
export type { BotStateClientOptions } from './bot-state-client.ts'
export {
  BotStateAnswerInvalidError,
  BotStateConflictError,
  BotStateError,
  BotStateFailedError,
  BotStateItemInvalidError,
  BotStateRefusedError,
  BotStateRejectedError,
  BotStateTooLargeError,
  BotStateUnreachableError,
} from './bot-state-errors.ts'
export type { BotStateErrorFacts } from './bot-state-errors.ts'
export { BotStateStorage } from './bot-state-storage.ts'
export type { BotStateStorageOptions } from './bot-state-storage.ts'
