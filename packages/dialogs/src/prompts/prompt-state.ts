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

/** The state of a prompt that begins. Activities to send say that an answer is expected, unless they say something else. */
export function beginPromptState(instance: DialogInstance, options: PromptOptions | undefined): PromptState {
  const stored = { ...options }
  if (stored.prompt) stored.prompt = expectingInput(stored.prompt)
  if (stored.retryPrompt) stored.retryPrompt = expectingInput(stored.retryPrompt)
  return Object.assign(instance.state, { options: stored, state: {} })
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

function expectingInput(prompt: string | Partial<Activity>): string | Partial<Activity> {
  if (typeof prompt !== 'object' || typeof prompt.inputHint === 'string') return prompt
  return { ...prompt, inputHint: InputHints.ExpectingInput }
}
