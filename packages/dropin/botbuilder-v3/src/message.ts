// oxlint-disable typescript/no-explicit-any -- as SDK v3 types it
import type { ISuggestedActions, IIsSuggestedActions } from './contracts/cards.ts'
import type {
  AttachmentType,
  IAddress,
  IIsMessage,
  IMessage,
  ISemanticAction,
  ISourceEventMap,
  TextType,
} from './contracts/events.ts'
import type { Session } from './contracts/session.ts'
import { formatText } from './text/format-text.ts'
import { randomChoice } from './text/random-choice.ts'

/** Builds a message, in the language of a session when there is one. */
export class Message implements IIsMessage {
  protected data: IMessage = { type: 'message', agent: 'botbuilder' } as IMessage
  private readonly session: Session | undefined

  constructor(session?: Session) {
    this.session = session
    if (!session) return
    const { message } = session
    if (message?.source) this.data.source = message.source
    if (message?.address) this.data.address = message.address
    const locale = session.preferredLocale()
    if (locale) this.data.textLocale = locale
  }

  inputHint(hint: string): Message {
    this.data.inputHint = hint
    return this
  }

  speak(ssml: TextType, ...args: any[]): Message {
    this.data.speak = textFor(this.session, ssml, args)
    return this
  }

  nspeak(ssml: TextType, ssml_plural: TextType, count: number): Message {
    this.data.speak = pluralFor(this.session, ssml, ssml_plural, count)
    return this
  }

  textLocale(locale: string): Message {
    this.data.textLocale = locale
    return this
  }

  textFormat(style: string): Message {
    this.data.textFormat = style
    return this
  }

  text(text: TextType, ...args: any[]): Message {
    this.data.text = text ? textFor(this.session, text, args) : ''
    return this
  }

  ntext(msg: TextType, msg_plural: TextType, count: number): Message {
    this.data.text = pluralFor(this.session, msg, msg_plural, count)
    return this
  }

  /** Joins texts with spaces, each chosen at random from its list. */
  compose(prompts: string[][], ...args: any[]): Message {
    if (prompts) this.data.text = Message.composePrompt(this.session as Session, prompts, args)
    return this
  }

  summary(text: TextType, ...args: any[]): Message {
    this.data.summary = text ? textFor(this.session, text, args) : ''
    return this
  }

  attachmentLayout(style: string): Message {
    this.data.attachmentLayout = style
    return this
  }

  attachments(list: AttachmentType[]): Message {
    this.data.attachments = []
    for (const attachment of list ?? []) this.addAttachment(attachment)
    return this
  }

  addAttachment(attachment: AttachmentType): Message {
    if (!attachment) return this
    const added = 'toAttachment' in attachment ? attachment.toAttachment() : attachment
    this.data.attachments = [...(this.data.attachments ?? []), added]
    return this
  }

  suggestedActions(suggestedActions: ISuggestedActions | IIsSuggestedActions): Message {
    this.data.suggestedActions =
      'toSuggestedActions' in suggestedActions ? suggestedActions.toSuggestedActions() : suggestedActions
    return this
  }

  semanticAction(semanticAction: ISemanticAction): Message {
    this.data.semanticAction = semanticAction
    return this
  }

  entities(list: object[]): Message {
    this.data.entities = list ?? []
    return this
  }

  addEntity(obj: object): Message {
    if (obj) this.data.entities = [...(this.data.entities ?? []), obj]
    return this
  }

  address(adr: IAddress): Message {
    if (!adr) return this
    this.data.address = adr
    this.data.source = adr.channelId
    return this
  }

  timestamp(time?: string): Message {
    this.data.timestamp = time ?? new Date().toISOString()
    return this
  }

  localTimestamp(time?: string): Message {
    this.data.localTimestamp = time ?? new Date().toISOString()
    return this
  }

  /** The channel's own terms, as they are. */
  originalEvent(event: any): Message {
    this.data.sourceEvent = event
    return this
  }

  /** The channel's own terms, by channel; `*` for those not named. */
  sourceEvent(map: ISourceEventMap): Message {
    const channel = this.data.address?.channelId ?? this.data.source
    if (!map || !channel) return this
    const own = Object.hasOwn(map, channel) ? map[channel] : map['*']
    if (own) this.data.sourceEvent = own
    return this
  }

  value(param: any): Message {
    this.data.value = param
    return this
  }

  name(name: string): Message {
    this.data.name = name
    return this
  }

  relatesTo(adr: IAddress): Message {
    this.data.relatesTo = adr
    return this
  }

  code(value: string): Message {
    this.data.code = value
    return this
  }

  toMessage(): IMessage {
    return { ...this.data }
  }

  /** Name of {@link Message.textLocale} in the first versions. */
  setLanguage(language: string): Message {
    return this.textLocale(language)
  }

  /** Name of {@link Message.text} in the first versions. */
  setText(_session: Session, prompt: TextType, ...args: any[]): Message {
    return this.text(prompt, ...args)
  }

  /** Name of {@link Message.ntext} in the first versions. */
  setNText(_session: Session, msg: string, msg_plural: string, count: number): Message {
    return this.ntext(msg, msg_plural, count)
  }

  /** Name of {@link Message.compose} in the first versions. */
  composePrompt(_session: Session, prompts: string[][], ...args: any[]): Message {
    return this.compose(prompts, ...args)
  }

  /** Name of {@link Message.sourceEvent} in the first versions. */
  setChannelData(data: any): Message {
    return this.sourceEvent({ '*': data })
  }

  /** The text, or one of several. */
  static randomPrompt(prompts: TextType): string {
    return randomChoice(prompts)
  }

  /** Joins texts with spaces, each chosen at random from its list. */
  static composePrompt(session: Session, prompts: string[][], args?: any[]): string {
    const text = prompts
      .map((choices) => randomChoice(choices))
      .map((choice) => (session ? session.gettext(choice) : choice))
      .join(' ')
    return formatText(text, args)
  }
}

/** A text, or one of several, in the session's language and with its values. */
export function textFor(session: Session | undefined, text: TextType, args: readonly unknown[] = []): string {
  const chosen = randomChoice(text)
  return session ? session.gettext(chosen, ...args) : formatText(chosen, args)
}

function pluralFor(session: Session | undefined, one: TextType, many: TextType, count: number): string {
  const [singular, plural] = [randomChoice(one), randomChoice(many)]
  const text = session ? session.ngettext(singular, plural, count) : count === 1 ? singular : plural
  return formatText(text, [count])
}
