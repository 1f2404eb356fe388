import type { Middleware, TurnContext } from '@parley/core'
import type { BotState } from './bot-state.ts'
import { BotStateSet } from './bot-state-set.ts'

/** Saves states at the end of every turn that did not fail. */
export class AutoSaveStateMiddleware implements Middleware {
  /** The states to save. */
  botStateSet: BotStateSet

  /** @throws {@link NotBotStateError} `STATE_NOT_BOT_STATE`. */
  constructor(...botStates: BotState[]) {
    this.botStateSet = new BotStateSet(...botStates)
  }

  async onTurn(context: TurnContext, next: () => Promise<void>): Promise<void> {
    await next()
    await this.botStateSet.saveAllChanges(context, false)
  }

  /** Adds states; see {@link BotStateSet.add}. */
  add(...botStates: BotState[]): this {
    this.botStateSet.add(...botStates)
    return this
  }
}
