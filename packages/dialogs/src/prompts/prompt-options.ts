import type { Activity } from '@parley/core'
import type { Choice } from '../choices/choice.ts'
import type { ListStyle } from './list-style.ts'

/** How a prompt asks. Stored with the prompt, as JSON. */
export interface PromptOptions {
  /** What the user is asked. */
  prompt?: string | Partial<Activity>
  /** What the user is told when the answer would not do; default {@link PromptOptions.prompt}. */
  retryPrompt?: string | Partial<Activity>
  /** What the user may choose from. */
  choices?: (string | Choice)[]
  /** How the choices are shown, instead of how the prompt is set up to show them. */
  style?: ListStyle
  /** For the validator: what the answer is to be checked by. */
  validations?: object
  /** The language of the answer, where that is not the activity's. */
  recognizeLanguage?: string
}
