import type { TurnContext } from '@parley/core'
import type { BotState } from './bot-state.ts'
import { NotBotStateError } from './state-errors.ts'

/** Several states that are loaded and saved together. */
export class BotStateSet {
  readonly botStates: BotState[] = []

  /** @throws {@link NotBotStateError} `STATE_NOT_BOT_STATE`. */
  constructor(...botStates: BotState[]) {
    this.add(...botStates)
  }

  /**
   * Adds states: anything with the methods `load` and `saveChanges`.
   *
   * @throws {@link NotBotStateError} `STATE_NOT_BOT_STATE`.
   */
  add(...botStates: BotState[]): this {
    if (!botStates.every(isBotState)) throw new NotBotStateError()
    this.botStates.push(...botStates)
    return this
  }

  /** Loads all states at the same time. */
  async loadAll(context: TurnContext, force = false): Promise<void> {
    await settle(this.botStates.map((state) => state.load(context, force)))
  }

  /** Saves all states at the same time. When one cannot be saved the others still are, and then this rejects. */
  async saveAllChanges(context: TurnContext, force = false): Promise<void> {
    await settle(this.botStates.map((state) => state.saveChanges(context, force)))
  }
}

function isBotState(value: unknown): boolean {
  const { load, saveChanges } = (value ?? {}) as Partial<BotState>
  return typeof load === 'function' && typeof saveChanges === 'function'
}

/** Waits for all, so that nothing goes on after the turn, and rejects as the first one that did. */
async function settle(operations: Promise<unknown>[]): Promise<void> {
  await Promise.allSettled(operations)
  await Promise.all(operations)
}
