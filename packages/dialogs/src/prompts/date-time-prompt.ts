import type { OpenValue, TurnContext } from '@parley/core'
import { textRecognizers } from '../recognition/text-recognizers.ts'
import { cultureOf } from './prompt-culture.ts'
import type { PromptOptions } from './prompt-options.ts'
import type { PromptRecognizerResult, PromptValidator } from './prompt-validator.ts'
import { Prompt } from './prompt.ts'

/** One of the things a date or time may mean. */
export interface DateTimeResolution {
  /**
   * The expression as it was said, without what it leaves open: "tomorrow at 5" is two, at `T05` and at `T17`.
   *
   * @see https://en.wikipedia.org/wiki/TimeML
   */
  timex: string
  /** `date`, `time`, `datetime`, `daterange`, `duration`, `set`, … */
  type: string
  /** The date or time; of a duration, its seconds. Ranges have `start` and `end` in its place. */
  value: string
  /** Of a range: where it begins, and where it ends. */
  start?: string
  end?: string
}

/**
 * Asks for a date, a time or a duration: of a text with several, the first. The answer is all it may mean, in the time of the
 * host. Nothing is found in a text of more than 1 000 characters.
 */
export class DateTimePrompt extends Prompt<DateTimeResolution[]> {
  /** The language, where the activity does not say it. Default: English. */
  defaultLocale: string | undefined

  constructor(dialogId: string, validator?: PromptValidator<DateTimeResolution[]>, defaultLocale?: string) {
    super(dialogId, validator)
    this.defaultLocale = defaultLocale
  }

  protected override async onRecognize(
    context: TurnContext,
    _state: OpenValue,
    _options: PromptOptions,
  ): Promise<PromptRecognizerResult<DateTimeResolution[]>> {
    const { text } = context.activity
    if (!text) return { succeeded: false }
    const [found] = textRecognizers.dateTimes(text, cultureOf(context, this.defaultLocale))
    return found?.resolution
      ? { succeeded: true, value: found.resolution['values'].map(toResolution) }
      : { succeeded: false }
  }
}

/** Without what the recognizer notes for itself. */
function toResolution(value: OpenValue): DateTimeResolution {
  const resolution = { ...value }
  delete resolution.sourceEntity
  return resolution
}
