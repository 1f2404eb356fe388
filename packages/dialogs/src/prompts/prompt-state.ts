import { InputHints } from '@parley/core'
import type { Activity, OpenValue, TurnContext } from '@parley/core'
import type { DialogInstance } from '../dialog-instance.ts'
import type { PromptOptions } from './prompt-options.ts'
import type { PromptRecognizerResult, PromptValidator } from './prompt-validator.ts'

/** What is stored of a prompt that waits; SDK v4 stores it the same way. */
export interface PromptState {
  options: PromptOptions
  /** What belongs to the validator; `attemptCount` is kept in it. */
  state: Record<string, OpenValue>
}

/** The state of a prompt that begins. */
export function beginPromptState(instance: DialogInstance, options: PromptOptions | undefined): PromptState {
  return Object.assign(instance.state, { options: withInputHint(options, InputHints.ExpectingInput), state: {} })
}

/** A copy in which activities to send say whether an answer is expected: that, unless they say something else. */
export function withInputHint(options: PromptOptions | undefined, inputHint: InputHints): PromptOptions {
  const copy = { ...options }
  if (copy.prompt) copy.prompt = hinting(copy.prompt, inputHint)
  if (copy.retryPrompt) copy.retryPrompt = hinting(copy.retryPrompt, inputHint)
  return copy
}

/** Asks the validator and counts that. */
export function validate<T>(
  validator: PromptValidator<T>,
  context: TurnContext,
  recognized: PromptRecognizerResult<T>,
  { state, options }: PromptState,
): Promise<boolean> {
  state['attemptCount'] = (state['attemptCount'] ?? 0) + 1
  return validator({ context, recognized, state, options, attemptCount: state['attemptCount'] })
}

/** What to say: on a retry the retry prompt, if there is one. */
export function promptToSend(options: PromptOptions, isRetry: boolean): string | Partial<Activity> | undefined {
  return (isRetry && options.retryPrompt) || options.prompt
}

/** Asks the user; without a prompt nothing is said. */
export async function sendPrompt(context: TurnContext, options: PromptOptions, isRetry: boolean): Promise<void> {
  const prompt = promptToSend(options, isRetry)
  if (prompt) await context.sendActivity(prompt, undefined, InputHints.ExpectingInput)
}

function hinting(prompt: string | Partial<Activity>, inputHint: InputHints): string | Partial<Activity> {
  if (typeof prompt !== 'object' || typeof prompt.inputHint === 'string') return prompt
  return { ...prompt, inputHint }
}
