export type { BotStateBag, BotStateData } from './bot-state-bag.ts'
export { BotStateClient } from './bot-state-client.ts'
export type { BotStateClientOptions } from './bot-state-client.ts'
export {
  BotStateAnswerInvalidError,
  BotStateConflictError,
  BotStateError,
  BotStateFailedError,
  BotStateRefusedError,
  BotStateRejectedError,
  BotStateTooLargeError,
  BotStateUnreachableError,
} from './bot-state-errors.ts'
export type { BotStateErrorFacts } from './bot-state-errors.ts'
