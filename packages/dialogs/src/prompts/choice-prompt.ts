import type { OpenValue, TurnContext } from '@parley/core'
import { getChannelId } from '../choices/channel.ts'
import type { ChoiceFactoryOptions } from '../choices/choice-factory.ts'
import type { FindChoicesOptions, FoundChoice } from '../choices/find-choices.ts'
import { recognizeChoices } from '../choices/recognize-choices.ts'
import { ListStyle } from './list-style.ts'
import { cultureWithDefaults } from './prompt-culture.ts'
import { PromptCultureModels } from './prompt-culture-models.ts'
import type { PromptOptions } from './prompt-options.ts'
import { promptToSend } from './prompt-state.ts'
import type { PromptRecognizerResult, PromptValidator } from './prompt-validator.ts'
import { Prompt } from './prompt.ts'

/** How choices are written out, by language: tags in lower case. */
interface ChoiceDefaults {
  [locale: string]: ChoiceFactoryOptions
}

/**
 * Asks to choose from {@link PromptOptions.choices}. The answer may be the choice's value, the title of its button, a synonym, or
 * its number: see {@link recognizeChoices}.
 */
export class ChoicePrompt extends Prompt<FoundChoice> {
  /** The language, where the activity does not say it. Default: English. */
  defaultLocale: string | undefined
  /** How the choices are shown where {@link PromptOptions.style} does not say it. Default: as suits the channel. */
  style: ListStyle = ListStyle.auto
  /** How they are written out. Default: as the language does. */
  choiceOptions: ChoiceFactoryOptions | undefined
  /** How they are looked for in the answer. `locale` counts when the activity has none. */
  recognizerOptions: FindChoicesOptions | undefined
  private choiceDefaults: ChoiceDefaults

  /**
   * @param choiceDefaults - How choices are written out, by language: takes the place of {@link PromptCultureModels}. A language
   * that is missing there is written as English is.
   */
  constructor(
    dialogId: string,
    validator?: PromptValidator<FoundChoice>,
    defaultLocale?: string,
    choiceDefaults?: ChoiceDefaults,
  ) {
    super(dialogId, validator)
    this.defaultLocale = defaultLocale
    this.choiceDefaults = choiceDefaults ?? supportedDefaults()
  }

  protected override async onPrompt(
    context: TurnContext,
    _state: OpenValue,
    options: PromptOptions,
    isRetry: boolean,
  ): Promise<void> {
    const culture = cultureWithDefaults(context, this.defaultLocale, this.choiceDefaults)
    const message = this.appendChoices(
      promptToSend(options, isRetry) as string,
      getChannelId(context),
      options.choices ?? [],
      options.style ?? this.style,
      this.choiceOptions ?? this.choiceDefaults[culture],
    )
    await context.sendActivity(message)
  }

  protected override async onRecognize(
    context: TurnContext,
    _state: OpenValue,
    options: PromptOptions,
  ): Promise<PromptRecognizerResult<FoundChoice>> {
    const { text } = context.activity
    if (!text) return { succeeded: false }
    const defaultLocale = this.recognizerOptions?.locale || this.defaultLocale
    const locale = cultureWithDefaults(context, defaultLocale, this.choiceDefaults)
    const [found] = recognizeChoices(text, options.choices ?? [], { ...this.recognizerOptions, locale })
    return found ? { succeeded: true, value: found.resolution } : { succeeded: false }
  }
}

function supportedDefaults(): ChoiceDefaults {
  return Object.fromEntries(
    PromptCultureModels.getSupportedCultures().map(({ locale, separator, inlineOr, inlineOrMore }) => [
      locale,
      { inlineSeparator: separator, inlineOr, inlineOrMore, includeNumbers: true },
    ]),
  )
}
