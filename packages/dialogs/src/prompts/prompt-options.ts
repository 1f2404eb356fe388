import type { Activity } from '@parley/core'
import type { Choice } from '../choices/choice.ts'
import type { ListStyle } from '../choices/list-style.ts'

/** What a prompt asks, and again when the answer was not understood. It is kept in the state of the conversation. */
export interface PromptOptions {
  prompt?: string | Partial<Activity>
  /** Sent instead of {@link PromptOptions.prompt} from the second time on, unless the validator has said something. */
  retryPrompt?: string | Partial<Activity>
  choices?: (string | Choice)[]
  /** Default: that of the prompt. */
  style?: ListStyle
  /** For the validator. */
  validations?: object
  /** The language answers are understood in, as a tag. */
  recognizeLanguage?: string
}
