import { InputHints, MessageFactory } from '@parley/core'
import type { Activity } from '@parley/core'

/** A message that waits for an answer, written and spoken. */
export function question(text: string): Partial<Activity> {
  return MessageFactory.text(text, text, InputHints.ExpectingInput)
}

/** A message that another one follows. */
export function statement(text: string): Partial<Activity> {
  return MessageFactory.text(text, text, InputHints.IgnoringInput)
}
