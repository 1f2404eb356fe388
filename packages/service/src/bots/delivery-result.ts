import type { BotProblem } from './bot-problem.ts'

/** How a bot took an activity. */
export type DeliveryResult =
  | { readonly kind: 'accepted'; readonly status: number }
  | {
      readonly kind: 'failed'
      readonly problem: BotProblem
      /** Whether the bot may have acted on the activity; if not, sending it again does no harm. */
      readonly reached: boolean
    }
