import type {
  IAttachment,
  ICardAction,
  ICardImage,
  IIsAttachment,
  IIsCardAction,
  IIsCardImage,
  IThumbnailCard,
} from '../contracts/cards.ts'
import type { TextType } from '../contracts/events.ts'
import { textFor } from '../message.ts'
import type { Session } from '../contracts/session.ts'
import { toAction } from './card-action.ts'
import { toImage } from './card-image.ts'

/** Builds buttons without a card; channels that have none of these show a card. */
export class Keyboard implements IIsAttachment {
  protected session?: Session
  protected data: { contentType: string; content: IThumbnailCard } = {
    contentType: 'application/vnd.microsoft.keyboard',
    content: {},
  }

  constructor(session?: Session) {
    if (session) this.session = session
  }

  buttons(list: ICardAction[] | IIsCardAction[]): ThumbnailCard {
    this.data.content.buttons = (list ?? []).map(toAction)
    return this as unknown as ThumbnailCard
  }

  toAttachment(): IAttachment {
    return { ...this.data, content: { ...this.data.content } }
  }
}

/** Builds a card with a small image. */
export class ThumbnailCard extends Keyboard {
  constructor(session?: Session) {
    super(session)
    this.data.contentType = 'application/vnd.microsoft.card.thumbnail'
  }

  title(text: TextType, ...args: unknown[]): ThumbnailCard {
    if (text) this.data.content.title = textFor(this.session, text, args)
    return this
  }

  subtitle(text: TextType, ...args: unknown[]): ThumbnailCard {
    if (text) this.data.content.subtitle = textFor(this.session, text, args)
    return this
  }

  text(text: TextType, ...args: unknown[]): ThumbnailCard {
    if (text) this.data.content.text = textFor(this.session, text, args)
    return this
  }

  images(list: ICardImage[] | IIsCardImage[]): ThumbnailCard {
    this.data.content.images = (list ?? []).map(toImage)
    return this
  }

  tap(action: ICardAction | IIsCardAction): ThumbnailCard {
    if (action) this.data.content.tap = toAction(action)
    return this
  }
}

/** Builds a card with a large image. */
export class HeroCard extends ThumbnailCard {
  constructor(session?: Session) {
    super(session)
    this.data.contentType = 'application/vnd.microsoft.card.hero'
  }
}
