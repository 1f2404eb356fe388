// oxlint-disable typescript/no-explicit-any -- as SDK v3 types it

/** A file or a card. */
export interface IAttachment {
  contentType: string
  content?: any
  contentUrl?: string
  name?: string
  thumbnailUrl?: string
}

/** Builds an attachment. */
export interface IIsAttachment {
  toAttachment(): IAttachment
}

/** A card that asks to sign in. */
export interface ISigninCard {
  title: string
  buttons: ICardAction[]
}

/** A card that asks to sign in through the user token service. */
export interface IOAuthCard {
  text: string
  connectionName: string
  buttons: ICardAction[]
}

/** A card with text, images and buttons. */
export interface IThumbnailCard {
  title?: string
  subtitle?: string
  text?: string
  images?: ICardImage[]
  tap?: ICardAction
  buttons?: ICardAction[]
}

/** A receipt. */
export interface IReceiptCard {
  title: string
  items: IReceiptItem[]
  facts: IFact[]
  tap: ICardAction
  total: string
  tax: string
  vat: string
  buttons: ICardAction[]
}

/** A line of a receipt. */
export interface IReceiptItem {
  title: string
  subtitle: string
  text: string
  image: ICardImage
  price: string
  quantity: string
  tap: ICardAction
}

/** Builds a line of a receipt. */
export interface IIsReceiptItem {
  toItem(): IReceiptItem
}

/** A button, or a tap on a card or image. */
export interface ICardAction {
  /** `imBack`, `openUrl`, … */
  type: string
  title?: string
  value: string
  image?: string
  text?: string
  displayText?: string
  channelData?: any
}

/** Builds an action. */
export interface IIsCardAction {
  toAction(): ICardAction
}

/** Buttons below a message that go away when one is chosen. */
export interface ISuggestedActions {
  /** Who sees them; absent for all. */
  to?: string[]
  actions: ICardAction[]
}

/** Builds suggested actions. */
export interface IIsSuggestedActions {
  toSuggestedActions(): ISuggestedActions
}

/** An image of a card. */
export interface ICardImage {
  url: string
  alt: string
  tap: ICardAction
}

/** Builds an image. */
export interface IIsCardImage {
  toImage(): ICardImage
}

/** A fact of a receipt. */
export interface IFact {
  key: string
  value: string
}

/** Builds a fact. */
export interface IIsFact {
  toFact(): IFact
}

/** A card that plays something. */
export interface IMediaCard {
  title: string
  subtitle: string
  text: string
  image: ICardImage
  media: ICardMediaUrl[]
  buttons?: ICardAction[]
  autoloop: boolean
  autostart: boolean
  shareable: boolean
  value: any
  /** ISO 8601. */
  duration: string
  /** `16:9` or `4:3`. */
  aspect: string
}

/** A card that plays a video. */
export interface IVideoCard extends IMediaCard {}
/** A card that plays audio. */
export interface IAudioCard extends IMediaCard {}
/** A card that plays an animation. */
export interface IAnimationCard extends IMediaCard {}

/** Where a medium is. */
export interface ICardMediaUrl {
  url: string
  profile: string
}

/** Builds the address of a medium. */
export interface IIsCardMedia {
  toMedia(): ICardMediaUrl
}

/** What an event about a medium carries. */
export interface IMediaEventValue {
  cardValue: any
}
