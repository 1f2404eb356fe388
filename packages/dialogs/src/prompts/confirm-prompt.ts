import type { OpenValue, TurnContext } from '@parley/core'
import { getChannelId } from '../choices/channel.ts'
import type { Choice } from '../choices/choice.ts'
import type { ChoiceFactoryOptions } from '../choices/choice-factory.ts'
import { recognizeChoices } from '../choices/recognize-choices.ts'
import { textRecognizers } from '../recognition/text-recognizers.ts'
import { ListStyle } from './list-style.ts'
import { cultureWithDefaults } from './prompt-culture.ts'
import { PromptCultureModels } from './prompt-culture-models.ts'
import type { PromptOptions } from './prompt-options.ts'
import { promptToSend } from './prompt-state.ts'
import type { PromptRecognizerResult, PromptValidator } from './prompt-validator.ts'
import { Prompt } from './prompt.ts'

/** Yes and no, in this order, and how they are written out, by language: tags in lower case. */
interface ConfirmDefaults {
  [locale: string]: { choices: (string | Choice)[]; options: ChoiceFactoryOptions }
}

/**
 * Asks for yes or no, in the words of the language ("yep", "nope"), or as the buttons say it. Where choices are numbered, the
 * answer may be 1 or 2.
 */
export class ConfirmPrompt extends Prompt<boolean> {
  /** The language, where the activity does not say it. Default: English. */
  defaultLocale: string | undefined
  /** How yes and no are shown. Default: as suits the channel. */
  style: ListStyle = ListStyle.auto
  /** How they are written out. Default: as the language does. */
  choiceOptions: ChoiceFactoryOptions | undefined
  /** What stands for yes and for no, in this order. Default: the words of the language. */
  confirmChoices: (string | Choice)[] | undefined
  private choiceDefaults: ConfirmDefaults

  /**
   * @param choiceDefaults - The words for yes and no, by language: takes the place of {@link PromptCultureModels}. A language that
   * is missing there is taken for English.
   */
  constructor(
    dialogId: string,
    validator?: PromptValidator<boolean>,
    defaultLocale?: string,
    choiceDefaults?: ConfirmDefaults,
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
    const { choices, choiceOptions } = this.choicesIn(this.cultureOf(context))
    const message = this.appendChoices(
      promptToSend(options, isRetry) as string,
      getChannelId(context),
      choices,
      this.style,
      choiceOptions,
    )
    await context.sendActivity(message)
  }

  protected override async onRecognize(
    context: TurnContext,
    _state: OpenValue,
    options: PromptOptions,
  ): Promise<PromptRecognizerResult<boolean>> {
    const { text } = context.activity
    if (!text) return { succeeded: false }
    const culture = this.cultureOf(context)
    const [said] = textRecognizers.booleans(text, options.recognizeLanguage || culture)
    if (said) return { succeeded: true, value: said.resolution['value'] }

    const { choices, choiceOptions } = this.choicesIn(culture)
    if (!(choiceOptions?.includeNumbers ?? true)) return { succeeded: false }
    const [chosen] = recognizeChoices(text, choices)
    return chosen ? { succeeded: true, value: chosen.resolution.index === 0 } : { succeeded: false }
  }

  private cultureOf(context: TurnContext): string {
    return cultureWithDefaults(context, this.defaultLocale, this.choiceDefaults)
  }

  private choicesIn(culture: string): {
    choices: (string | Choice)[]
    choiceOptions: ChoiceFactoryOptions | undefined
  } {
    const defaults = this.choiceDefaults[culture]
    return {
      choices: this.confirmChoices ?? defaults?.choices ?? [],
      choiceOptions: this.choiceOptions ?? defaults?.options,
    }
  }
}

function supportedDefaults(): ConfirmDefaults {
  return Object.fromEntries(
    PromptCultureModels.getSupportedCultures().map((model) => [
      model.locale,
      {
        choices: [model.yesInLanguage, model.noInLanguage],
        options: {
          inlineSeparator: model.separator,
          inlineOr: model.inlineOr,
          inlineOrMore: model.inlineOrMore,
          includeNumbers: true,
        },
      },
    ]),
  )
}
