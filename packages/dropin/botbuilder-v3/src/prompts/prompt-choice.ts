import { toError } from '@parley/core/internal'
import { fromCallback, NO_ERROR } from '../callbacks.ts'
import { ListStyle } from '../constants.ts'
import type { ICardAction } from '../contracts/cards.ts'
import type { IRecognizeContext } from '../contracts/recognizing.ts'
import type { IMessage, TextType } from '../contracts/events.ts'
import type {
  IChoice,
  IPromptChoiceFeatures,
  IPromptChoiceOptions,
  IPromptContext,
  IPromptFeatures,
} from '../contracts/prompts.ts'
import { maxButtons } from '../connector/channel-features.ts'
import type { Session } from '../contracts/session.ts'
import { randomChoice } from '../text/random-choice.ts'
import { findChoice } from './find-choice.ts'
import { Prompt, promptText } from './prompt.ts'

const DEFAULT_INLINE_COUNT = 3

type ChoicesHandler = (
  context: IRecognizeContext,
  callback: (err: Error, choices?: IChoice[]) => void,
  recognizePhase?: boolean,
) => void

/** Asks for one of several choices; gives which, and how sure it is. */
export class PromptChoice extends Prompt<IPromptChoiceFeatures> {
  private readonly choicesHandlers: ChoicesHandler[] = []

  constructor(features?: IPromptChoiceFeatures) {
    super({ defaultRetryPrompt: 'default_choice', ...features })
    this.onRecognize((context, callback) => {
      if (this.features.disableRecognizer) return callback(NO_ERROR, 0)
      this.findChoices(context, true, (err, choices) => {
        if (err) return callback(err, 0)
        const found = findChoice(choices ?? [], context.message.text ?? '', this.features)
        if (found) callback(NO_ERROR, found.score, this.answerOf(found, choices))
        else callback(NO_ERROR, 0)
      })
    })
    this.onFormatMessage((session, text, speak, callback) => {
      void this.formatChoices(session, text, speak).then(
        (message) => callback(NO_ERROR, message),
        (error: unknown) => callback(toError(error)),
      )
    })
  }

  /** @param recognizePhase - Whether a reply is looked at; else the choices are shown. */
  findChoices(
    context: IRecognizeContext,
    recognizePhase: boolean,
    callback: (err: Error, choices: IChoice[]) => void,
  ): void {
    this.choicesFrom(0, context, recognizePhase, callback)
  }

  /** Gives choices in place of those of the prompt's options. One that gives none leaves it to the next. */
  onChoices(
    handler: (
      context: IRecognizeContext,
      callback: (err: Error, choices?: IChoice[]) => void,
      recognizePhase?: boolean,
    ) => void,
  ): PromptChoice {
    this.choicesHandlers.unshift(handler)
    return this
  }

  /** A message that shows choices. */
  static formatMessage(
    session: Session,
    listStyle: ListStyle,
    text: TextType,
    speak?: TextType,
    choices: IChoice[] = [],
  ): IMessage {
    const said = session.gettext(randomChoice(text))
    const message = { text: said } as IMessage
    if (speak) message.speak = session.gettext(randomChoice(speak))
    const names = choices.map(({ value, action }) => action?.title ?? value)
    switch (listStyle) {
      case ListStyle.button: {
        const contentType = 'application/vnd.microsoft.keyboard'
        message.attachments = [{ contentType, content: { buttons: choices.map(toButton) } }]
        return message
      }
      case ListStyle.inline:
        return { ...message, text: `${said} (${inline(session, names)})` }
      case ListStyle.list: {
        const lines = names.map((name, index) => `\n   ${index + 1}. ${name}`)
        return { ...message, text: `${said}\n${lines.join('')}` }
      }
      default:
        return message
    }
  }

  /** What the prompt gives for a choice. */
  protected answerOf(found: { index: number; entity: string; score: number }, _choices: readonly IChoice[]): unknown {
    return found
  }

  /** How choices are shown when nothing says how. */
  protected defaultStyle(): ListStyle {
    return ListStyle.auto
  }

  private choicesFrom(
    index: number,
    context: IRecognizeContext,
    recognizePhase: boolean,
    callback: (err: Error, choices: IChoice[]) => void,
  ): void {
    const handler = this.choicesHandlers[index]
    if (!handler) {
      const { options } = context.dialogData as IPromptContext
      return callback(NO_ERROR, (options as IPromptChoiceOptions).choices ?? [])
    }
    const next = (err: Error, choices?: IChoice[]): void => {
      if (err || choices) callback(err, choices ?? [])
      else this.choicesFrom(index + 1, context, recognizePhase, callback)
    }
    handler(context, next, recognizePhase)
  }

  private async formatChoices(session: Session, text: TextType, speak: TextType): Promise<IMessage> {
    const context = session.toRecognizeContext()
    const choices = (await fromCallback<IChoice[]>((done) => this.findChoices(context, false, done))) ?? []
    const { options } = session.dialogData as IPromptContext
    const wanted = options.listStyle ?? this.defaultStyle()
    const said = Prompt.gettext(session, text)
    const spoken = speak ? Prompt.gettext(session, speak) : undefined
    return PromptChoice.formatMessage(session, this.styleOf(wanted, session, choices), said, spoken, choices)
  }

  private styleOf(wanted: ListStyle, session: Session, choices: readonly IChoice[]): ListStyle {
    const { defaultListStyle = ListStyle.list, inlineListCount = DEFAULT_INLINE_COUNT } = this.features
    const hasButtons = choices.length <= maxButtons(session.message.source)
    let style = wanted
    if (style === ListStyle.auto) style = hasButtons ? ListStyle.button : defaultListStyle
    return style === ListStyle.list && wanted === ListStyle.auto && choices.length <= inlineListCount
      ? ListStyle.inline
      : style
  }
}

/** Asks for yes or no. */
export class PromptConfirm extends PromptChoice {
  constructor(features?: IPromptFeatures) {
    super({
      defaultRetryPrompt: 'default_confirm',
      recognizeNumbers: false,
      recognizeOrdinals: false,
      ...features,
    })
    this.onChoices((context, callback) => {
      callback(
        NO_ERROR,
        ['confirm_yes', 'confirm_no'].map((name) => choiceOf(context, name)),
      )
    })
  }

  protected override answerOf({ index }: { index: number }): unknown {
    return index === 0
  }

  protected override defaultStyle(): ListStyle {
    return ListStyle.none
  }
}

/** A text `value=synonym|synonym` as a choice. */
function choiceOf(context: IRecognizeContext, name: string): IChoice {
  const [value = '', synonyms = ''] = promptText(context, name).split('=')
  return { value, synonyms }
}

function toButton({ value, action }: IChoice): ICardAction {
  return action ?? { type: 'imBack', title: value, value }
}

function inline(session: Session, names: readonly string[]): string {
  const numbered = names.map((name, index) => `${index + 1}. ${name}`)
  const last = numbered.pop() ?? ''
  if (numbered.length === 0) return last
  return `${numbered.join(', ')}${promptText(session, numbered.length === 1 ? 'list_or' : 'list_or_more')}${last}`
}
