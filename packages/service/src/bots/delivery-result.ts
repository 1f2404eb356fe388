import type { BotProblem } from './bot-problem.ts'

/** What a bot answered to an invoke. */
export interface InvokeAnswer {
  readonly status: number
  /** JSON, or text when it is none; absent when the answer was empty. */
  readonly body?: unknown
}

/** How a bot took an activity. */
export type DeliveryResult =
  | {
      readonly kind: 'accepted'
      readonly status: number
      /** For an invoke, whatever its status: it was not the delivery that failed. */
      readonly answer?: InvokeAnswer
    }
  | {
      readonly kind: 'failed'
      readonly problem: BotProblem
      /** Whether the bot may have acted on the activity; if not, sending it again does no harm. */
      readonly reached: boolean
    }
