import { ActionTypes, CardFactory, InputHints, MessageFactory } from '@parley/core'
import type { Activity, CardAction, TurnContext } from '@parley/core'
import type { Choice } from './choice.ts'
import { getChannelId, maxActionTitleLength, supportsCardActions, supportsSuggestedActions } from './channel.ts'

/** How choices are written out. */
export interface ChoiceFactoryOptions {
  /** Between choices of an inline list; default `, `. */
  inlineSeparator?: string
  /** Between the two choices of an inline list of two; default ` or `. */
  inlineOr?: string
  /** Before the last choice of an inline list of three and more; default `, or `. */
  inlineOrMore?: string
  /** Whether choices are numbered, in inline lists and in lists; default true. */
  includeNumbers?: boolean
}

/** A list of more than that is not written inline. */
const MAX_INLINE_CHOICES = 3

/**
 * Makes messages that show choices to a user. All of them expect an answer (`inputHint`); the texts are those SDK v4 wrote, as
 * users and tests know them.
 *
 * ```ts
 * ChoiceFactory.inline(['red', 'green', 'blue'], 'Which?').text // 'Which? (1) red, (2) green, or (3) blue'
 * ```
 */
export class ChoiceFactory {
  /**
   * What suits the channel: buttons where it has enough of them and their titles fit, else a list. Microsoft Teams and the
   * other channels without suggested actions get a card.
   *
   * @param channelOrContext - Id of the channel, or the turn.
   */
  static forChannel(
    channelOrContext: string | TurnContext,
    choices: (string | Choice)[],
    text?: string,
    speak?: string,
    options?: ChoiceFactoryOptions,
  ): Partial<Activity> {
    const channelId = typeof channelOrContext === 'string' ? channelOrContext : getChannelId(channelOrContext)
    const list = ChoiceFactory.toChoices(choices)
    const titlesFit = list.every((choice) => titleOf(choice).length <= maxActionTitleLength(channelId))
    if (titlesFit && supportsSuggestedActions(channelId, list.length)) {
      return ChoiceFactory.suggestedAction(list, text, speak)
    }
    if (titlesFit && supportsCardActions(channelId, list.length)) return ChoiceFactory.heroCard(list, text, speak)
    return titlesFit && list.length <= MAX_INLINE_CHOICES
      ? ChoiceFactory.inline(list, text, speak, options)
      : ChoiceFactory.list(list, text, speak, options)
  }

  /** A card with a button for each choice; the button says and sends the choice's value. */
  static heroCard(choices: (string | Choice)[] = [], text?: string, speak?: string): Activity {
    const buttons = ChoiceFactory.toChoices(choices).map(({ value }): CardAction => ({
      title: value,
      type: ActionTypes.ImBack,
      value,
    }))
    const card = CardFactory.heroCard('', undefined, buttons, text ? { text } : {})
    return MessageFactory.attachment(card, undefined, speak, InputHints.ExpectingInput) as Activity
  }

  /** The choices behind the text, in one line. */
  static inline(
    choices: (string | Choice)[],
    text?: string,
    speak?: string,
    options?: ChoiceFactoryOptions,
  ): Partial<Activity> {
    const { inlineSeparator = ', ', inlineOr = ' or ', inlineOrMore = ', or ' } = options ?? {}
    const { includeNumbers } = { includeNumbers: true, ...options }
    const titles = ChoiceFactory.toChoices(choices).map(
      (choice, index) => `${includeNumbers ? `(${index + 1}) ` : ''}${titleOf(choice)}`,
    )
    const last = titles.length > 1 ? (titles.length === 2 ? inlineOr : inlineOrMore) + titles.pop() : ''
    return expectingInput(`${text || ''} ${titles.join(inlineSeparator)}${last}`, speak)
  }

  /** The choices below the text, each on a line, numbered or with a dash. */
  static list(
    choices: (string | Choice)[],
    text?: string,
    speak?: string,
    options?: ChoiceFactoryOptions,
  ): Partial<Activity> {
    const { includeNumbers } = { includeNumbers: true, ...options }
    const lines = ChoiceFactory.toChoices(choices).map(
      (choice, index) => `${includeNumbers ? `${index + 1}. ` : '- '}${titleOf(choice)}`,
    )
    return expectingInput(`${text || ''}\n\n   ${lines.join('\n   ')}`, speak)
  }

  /** The choices as buttons that go away when one is pressed. */
  static suggestedAction(choices: (string | Choice)[], text?: string, speak?: string): Partial<Activity> {
    const actions = ChoiceFactory.toChoices(choices).map(
      ({ value, action }): CardAction => action ?? { type: ActionTypes.ImBack, value, title: value },
    )
    return MessageFactory.suggestedActions(actions, text, speak, InputHints.ExpectingInput)
  }

  /** Choices from texts and choices; actions get what they lack. What is passed stays as it is. */
  static toChoices(choices: (string | Choice)[] | undefined): Choice[] {
    return (choices ?? []).map((choice) => (typeof choice === 'string' ? { value: choice } : withWholeAction(choice)))
  }
}

function expectingInput(text: string, speak: string | undefined): Partial<Activity> {
  return MessageFactory.text(text, speak, InputHints.ExpectingInput)
}

function titleOf({ value, action }: Choice): string {
  return action?.title || value
}

function withWholeAction(choice: Choice): Choice {
  const { action, value } = choice
  if (!action) return choice
  const whole: CardAction = { ...action, type: action.type || ActionTypes.ImBack }
  whole.value ||= whole.title || value
  whole.title ||= typeof whole.value === 'string' ? whole.value : value
  return { ...choice, action: whole }
}
