import type { TurnContext } from '@parley/core'
import type { PromptOptions } from './prompt-options.ts'

/** What a prompt understood. */
export interface PromptRecognizerResult<T> {
  succeeded: boolean
  /** The answer, if it was understood. */
  value?: T
}

/** What a validator may look at. */
export interface PromptValidatorContext<T> {
  /** The turn; a validator that sends something takes the place of the retry prompt. */
  readonly context: TurnContext
  /** What was understood; the validator may change its `value`, which is what the prompt returns. */
  readonly recognized: PromptRecognizerResult<T>
  /** Kept between the attempts, with the conversation: put there what the next attempt needs, as JSON. */
  readonly state: object
  readonly options: PromptOptions
  /** How often the user has answered, this time included. */
  readonly attemptCount: number
}

/** Says whether an answer will do; it is asked about answers that were not understood, too. */
export type PromptValidator<T> = (prompt: PromptValidatorContext<T>) => Promise<boolean>
