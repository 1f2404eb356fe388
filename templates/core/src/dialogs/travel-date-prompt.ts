import { TurnContext } from '@parley/core'
import { DateTimePrompt } from '@parley/dialogs'
import type { DateTimeResolution } from '@parley/dialogs'

/**
 * The day a date means, as `YYYY-MM-DD`, when it says day, month and year: "tomorrow" and "May 3, 2027" do, but "Friday" may be
 * any, "May 3" is every year, and "next week" has seven days.
 */
export function definiteDay([resolution]: readonly DateTimeResolution[]): string | undefined {
  if (!resolution) return undefined
  const { timex, value, start } = resolution
  const [day] = /^\d{4}-\d{2}-\d{2}(?=T|$)/.exec(timex) ?? []
  // Days that no calendar has, such as February 31, are said to be not resolved.
  return day !== undefined && (value ?? start)?.startsWith(day) ? day : undefined
}

/** Asks until the answer is a definite day. It also reads dates out of what was said before. */
export class TravelDatePrompt extends DateTimePrompt {
  constructor(dialogId: string) {
    super(dialogId, async ({ recognized }) => recognized.succeeded && definiteDay(recognized.value ?? []) !== undefined)
  }

  /** The definite day in a text, in the language of the turn. */
  async readDay(context: TurnContext, text: string): Promise<string | undefined> {
    const said = new TurnContext(context.adapter, { ...context.activity, text })
    const { value = [] } = await this.onRecognize(said, {}, {})
    return definiteDay(value)
  }
}
