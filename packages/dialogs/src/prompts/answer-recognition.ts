import type { Activity } from '@parley/core'
import type { PromptRecognizerResult } from './prompt-validator.ts'

/** What was understood ahead of the prompt's turn, and of what. */
interface Ahead {
  activity: Activity
  text: string | undefined
  locale: string | undefined
  result: PromptRecognizerResult<unknown>
}

/**
 * An answer is asked about twice: when dialogs are told that it has come, and when the prompt continues. This keeps the first
 * result for the second time, by the stored state of the prompt, which is that of one prompt in one conversation.
 */
const recognizedAhead = new WeakMap<object, Ahead>()

/** Keeps what was understood for {@link takeRecognized}. */
export function keepRecognized<T>(state: object, activity: Activity, result: PromptRecognizerResult<T>): void {
  recognizedAhead.set(state, { activity, text: activity.text, locale: activity.locale, result })
}

/** What was understood of this activity, once; nothing if it has been changed since. */
export function takeRecognized<T>(state: object, activity: Activity): PromptRecognizerResult<T> | undefined {
  const ahead = recognizedAhead.get(state)
  recognizedAhead.delete(state)
  const isSame = ahead?.activity === activity && ahead.text === activity.text && ahead.locale === activity.locale
  return isSame ? (ahead.result as PromptRecognizerResult<T>) : undefined
}
