import type { CardAction } from '@parley/core'

/** Something a user may choose. */
export interface Choice {
  /** What the bot gets when it is chosen, and what is shown when there is no {@link Choice.action}. */
  value: string
  /** The button that stands for it. `type` is `imBack` when absent; of `title` and `value` one is enough. */
  action?: CardAction
  /** Other words for it. */
  synonyms?: string[]
}
