// oxlint-disable typescript/no-explicit-any -- as SDK v3 types it
import type {
  IAttachment,
  ICardAction,
  ICardImage,
  ICardMediaUrl,
  IIsAttachment,
  IIsCardAction,
  IIsCardImage,
  IIsCardMedia,
  IMediaCard,
} from '../contracts/cards.ts'
import type { TextType } from '../contracts/events.ts'
import { textFor } from '../message.ts'
import type { Session } from '../contracts/session.ts'
import { toAction } from './card-action.ts'
import { toImage } from './card-image.ts'

/** Builds a card that plays something. */
export class MediaCard implements IIsAttachment {
  protected session?: Session
  protected data: { contentType: string; content: Partial<IMediaCard> } = { contentType: '', content: {} }

  constructor(session?: Session) {
    if (session) this.session = session
  }

  title(text: TextType, ...args: any[]): this {
    if (text) this.data.content.title = textFor(this.session, text, args)
    return this
  }

  subtitle(text: TextType, ...args: any[]): this {
    if (text) this.data.content.subtitle = textFor(this.session, text, args)
    return this
  }

  text(text: TextType, ...args: any[]): this {
    if (text) this.data.content.text = textFor(this.session, text, args)
    return this
  }

  image(image: ICardImage | IIsCardImage): this {
    if (image) this.data.content.image = toImage(image)
    return this
  }

  media(list: ICardMediaUrl[]): this {
    this.data.content.media = list ?? []
    return this
  }

  buttons(list: ICardAction[] | IIsCardAction[]): this {
    this.data.content.buttons = (list ?? []).map(toAction)
    return this
  }

  toAttachment(): IAttachment {
    return { ...this.data, content: { ...this.data.content } }
  }

  autoloop(choice: boolean): this {
    this.data.content.autoloop = choice
    return this
  }

  autostart(choice: boolean): this {
    this.data.content.autostart = choice
    return this
  }

  shareable(choice: boolean): this {
    this.data.content.shareable = choice
    return this
  }

  value(param: any): this {
    this.data.content.value = param
    return this
  }
}

/** Builds a card that plays a video. */
export class VideoCard extends MediaCard {
  constructor(session?: Session) {
    super(session)
    this.data.contentType = 'application/vnd.microsoft.card.video'
  }

  /** `16:9` or `4:3`. */
  aspect(text: TextType, ...args: any[]): this {
    if (text) this.data.content.aspect = textFor(this.session, text, args)
    return this
  }
}

/** Builds a card that plays audio. */
export class AudioCard extends MediaCard {
  constructor(session?: Session) {
    super(session)
    this.data.contentType = 'application/vnd.microsoft.card.audio'
  }
}

/** Builds a card that plays an animation. */
export class AnimationCard extends MediaCard {
  constructor(session?: Session) {
    super(session)
    this.data.contentType = 'application/vnd.microsoft.card.animation'
  }
}

/** Builds the address of a medium. */
export class CardMedia implements IIsCardMedia {
  private readonly data: Partial<ICardMediaUrl> = {}

  // oxlint-disable-next-line no-useless-constructor -- bots give all builders their session
  constructor(_session?: Session) {}

  url(u: string): this {
    if (u) this.data.url = u
    return this
  }

  profile(text: string): this {
    if (text) this.data.profile = text
    return this
  }

  toMedia(): ICardMediaUrl {
    return { ...this.data } as ICardMediaUrl
  }

  static create(session: Session, url: string): CardMedia {
    return new CardMedia(session).url(url)
  }
}
