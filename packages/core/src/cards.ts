import type { CardAction } from './attachments.ts'
import type { OpenValue } from './open-types.ts'
import type { TokenExchangeResource, TokenPostResource } from './token-models.ts'

/** An image on a card. */
export interface CardImage {
  url: string
  /** Text for those who do not see the image. */
  alt?: string
  /** What a tap on the image does. */
  tap?: CardAction
}

/** The image shown before a media card plays. */
export interface ThumbnailUrl {
  url: string
  /** Text for those who do not see the image. */
  alt: string
}

/** Where a piece of sound, film or animation is. */
export interface MediaUrl {
  url: string
  /** Hint for the client, e.g. its quality. */
  profile?: string
}

/** Title, text, images and buttons: what hero and thumbnail cards share. */
export interface BasicCard {
  title: string
  subtitle: string
  text: string
  images: CardImage[]
  buttons: CardAction[]
  /** What a tap on the card does. */
  tap: CardAction
}

/** A card with one large image. */
export interface HeroCard extends BasicCard {}

/** A card with one small image. */
export interface ThumbnailCard extends BasicCard {}

/** What animation, audio and video cards share. */
export interface MediaCard {
  title: string
  subtitle: string
  text: string
  image: ThumbnailUrl
  /** The same content in several formats; the client takes the first it can play. */
  media: MediaUrl[]
  buttons: CardAction[]
  /** Whether others may be shown the content; absent means yes. */
  shareable: boolean
  /** Whether it starts again at its end; absent means yes. */
  autoloop: boolean
  /** Whether it plays at once; absent means yes. */
  autostart: boolean
  /** `16:9` or `4:3`. */
  aspect: string
  /** Length as an ISO 8601 duration, e.g. `PT1M30S`. */
  duration: string
  /** Supplementary parameter, sent back with what the user does. */
  value: OpenValue
}

/** A card that plays an animated image or a short film. */
export interface AnimationCard extends MediaCard {}

/** A card that plays sound. */
export interface AudioCard extends MediaCard {}

/** A card that plays a film. */
export interface VideoCard extends MediaCard {}

/** Value of the event a media card sends. */
export interface MediaEventValue {
  /** The card's own `value`. */
  cardValue: OpenValue
}

/** A line of a receipt: what, and how it is. */
export interface Fact {
  key: string
  value: string
}

/** A bought thing on a receipt. */
export interface ReceiptItem {
  title: string
  subtitle: string
  text: string
  image: CardImage
  /** Amount with its currency, as shown. */
  price: string
  quantity: string
  /** What a tap on the item does. */
  tap: CardAction
}

/** A bill. Amounts are texts with their currency, as shown. */
export interface ReceiptCard {
  title: string
  facts: Fact[]
  items: ReceiptItem[]
  /** What a tap on the card does. */
  tap: CardAction
  total: string
  tax: string
  vat: string
  buttons: CardAction[]
}

/** A card that sends the user to a sign-in page. */
export interface SigninCard {
  text?: string
  buttons: CardAction[]
}

/** A card that asks for a token of one OAuth connection. */
export interface OAuthCard {
  text: string
  connectionName: string
  tokenExchangeResource: TokenExchangeResource
  tokenPostResource: TokenPostResource
  buttons: CardAction[]
}
