import type { Storage } from '@parley/state'
import type { TurnContext } from '@parley/core'
import { BotState } from '../core/index.ts'

/** State of `InspectionMiddleware`: one for the whole bot, as a session begins in one conversation and serves another. */
export class InspectionState extends BotState {
  constructor(storage: Storage) {
    super(storage, async (context) => this.getStorageKey(context))
  }

  protected getStorageKey(_turnContext: TurnContext): string {
    return 'InspectionState'
  }
}
