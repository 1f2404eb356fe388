import type { ICardAction, IIsCardAction } from '../contracts/cards.ts'
import type { TextType } from '../contracts/events.ts'
import { textFor } from '../message.ts'
import type { Session } from '../contracts/session.ts'

/** Builds what a button does. */
export class CardAction implements IIsCardAction {
  private readonly data: Partial<ICardAction> = {}
  private readonly session: Session | undefined

  constructor(session?: Session) {
    this.session = session
  }

  type(t: string): CardAction {
    if (t) this.data.type = t
    return this
  }

  title(text: TextType, ...args: unknown[]): CardAction {
    if (text) this.data.title = textFor(this.session, text, args)
    return this
  }

  value(v: string): CardAction {
    if (v) this.data.value = v
    return this
  }

  image(url: string): CardAction {
    if (url) this.data.image = url
    return this
  }

  text(text: TextType, ...args: unknown[]): CardAction {
    if (text) this.data.text = textFor(this.session, text, args)
    return this
  }

  displayText(text: TextType, ...args: unknown[]): CardAction {
    if (text) this.data.displayText = textFor(this.session, text, args)
    return this
  }

  toAction(): ICardAction {
    return { ...this.data } as ICardAction
  }

  static call(session: Session, number: string, title?: TextType): CardAction {
    return action(session, 'call', number, title ?? 'Click to call')
  }

  static openUrl(session: Session, url: string, title?: TextType): CardAction {
    return action(session, 'openUrl', url, title ?? 'Click to open website in your browser')
  }

  /** Says `msg` as the user. */
  static imBack(session: Session, msg: string, title?: TextType): CardAction {
    return action(session, 'imBack', msg, title ?? RESPONSE)
  }

  /** Sends `msg` without showing it. */
  static postBack(session: Session, msg: string, title?: TextType): CardAction {
    return action(session, 'postBack', msg, title ?? RESPONSE)
  }

  static playAudio(session: Session, url: string, title?: TextType): CardAction {
    return action(session, 'playAudio', url, title ?? 'Click to play audio file')
  }

  static playVideo(session: Session, url: string, title?: TextType): CardAction {
    return action(session, 'playVideo', url, title ?? 'Click to play video')
  }

  static showImage(session: Session, url: string, title?: TextType): CardAction {
    return action(session, 'showImage', url, title ?? 'Click to view image')
  }

  static downloadFile(session: Session, url: string, title?: TextType): CardAction {
    return action(session, 'downloadFile', url, title ?? 'Click to download file')
  }

  /** An invoke of Microsoft Teams. */
  static invoke(session: Session, name: string, data: unknown, title: string): CardAction {
    return action(session, 'invoke', JSON.stringify({ [name]: data }), title)
  }

  /** Triggers a named action of a dialog or a bot. */
  static dialogAction(session: Session, name: string, data?: string, title?: TextType): CardAction {
    const value = data === undefined || data === '' ? `action?${name}` : `action?${name}=${data}`
    return CardAction.postBack(session, value, title)
  }

  static messageBack(session: Session, msg: string, title?: TextType): CardAction {
    return action(session, 'messageBack', msg, title ?? RESPONSE)
  }
}

const RESPONSE = 'Click to send response to bot'

function action(session: Session, type: string, value: string, title: TextType): CardAction {
  return new CardAction(session).type(type).value(value).title(title)
}

/** An action, built if need be. */
export function toAction(given: ICardAction | IIsCardAction): ICardAction {
  return 'toAction' in given ? given.toAction() : given
}
