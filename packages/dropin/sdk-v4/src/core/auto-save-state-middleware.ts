import { AutoSaveStateMiddleware as ParleyAutoSaveStateMiddleware } from '@parley/state'
import type { BotState } from '@parley/state'
import { BotStateSet } from './bot-state-set.ts'

/** Saves states at the end of every turn that did not fail; refuses in v4's way. */
export class AutoSaveStateMiddleware extends ParleyAutoSaveStateMiddleware {
  /** @throws Error: something without `load` and `saveChanges` was given. */
  constructor(...botStates: BotState[]) {
    super()
    this.botStateSet = new BotStateSet(...botStates)
  }
}
