import type { ICardAction, ICardImage, IIsCardAction, IIsCardImage } from '../contracts/cards.ts'
import type { TextType } from '../contracts/events.ts'
import { textFor } from '../message.ts'
import type { Session } from '../contracts/session.ts'
import { toAction } from './card-action.ts'

/** Builds an image of a card. */
export class CardImage implements IIsCardImage {
  private readonly data: Partial<ICardImage> = {}
  private readonly session: Session | undefined

  constructor(session?: Session) {
    this.session = session
  }

  url(u: string): CardImage {
    if (u) this.data.url = u
    return this
  }

  alt(text: TextType, ...args: unknown[]): CardImage {
    if (text) this.data.alt = textFor(this.session, text, args)
    return this
  }

  tap(action: ICardAction | IIsCardAction): CardImage {
    if (action) this.data.tap = toAction(action)
    return this
  }

  toImage(): ICardImage {
    return { ...this.data } as ICardImage
  }

  static create(session: Session, url: string): CardImage {
    return new CardImage(session).url(url)
  }
}

/** An image, built if need be. */
export function toImage(given: ICardImage | IIsCardImage): ICardImage {
  return 'toImage' in given ? given.toImage() : given
}
