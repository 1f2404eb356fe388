import type { BotState } from '@parley/state'
import { BotStateSet as ParleyBotStateSet, NotBotStateError } from '@parley/state'

/** Several states that are loaded and saved together; refuses in v4's way. */
export class BotStateSet extends ParleyBotStateSet {
  /**
   * Adds states: anything with the methods `load` and `saveChanges`.
   *
   * @throws Error: something else was added.
   */
  override add(...botStates: BotState[]): this {
    try {
      return super.add(...botStates)
    } catch (error) {
      throw error instanceof NotBotStateError ? new Error(error.message) : error
    }
  }
}
