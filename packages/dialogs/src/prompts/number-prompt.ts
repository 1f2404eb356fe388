import type { TurnContext } from '@parley/core'
import { recognizeNumber } from '../recognition/recognize-number.ts'
import { cultureOf } from './prompt-culture.ts'
import type { PromptOptions } from './prompt-options.ts'
import type { PromptRecognizerResult, PromptValidator } from './prompt-validator.ts'
import { Prompt } from './prompt.ts'

/** Asks for a number, in digits or in words: of a text with several, the first. See {@link recognizeNumber} for languages. */
export class NumberPrompt extends Prompt<number> {
  /** The language, where the activity does not say it. Default: English. */
  defaultLocale?: string

  constructor(dialogId: string, validator?: PromptValidator<number>, defaultLocale?: string) {
    super(dialogId, validator)
    if (defaultLocale !== undefined) this.defaultLocale = defaultLocale
  }

  protected override async onRecognize(
    context: TurnContext,
    _state: unknown,
    _options: PromptOptions,
  ): Promise<PromptRecognizerResult<number>> {
    const { text } = context.activity
    const value = text ? recognizeNumber(text, cultureOf(context, this.defaultLocale)) : undefined
    return value === undefined ? { succeeded: false } : { succeeded: true, value }
  }
}
