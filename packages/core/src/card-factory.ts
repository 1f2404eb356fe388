import { ActionTypes, type Attachment, type CardAction } from './attachments.ts'
import type {
  AnimationCard,
  AudioCard,
  CardImage,
  HeroCard,
  MediaCard,
  MediaUrl,
  OAuthCard,
  ReceiptCard,
  SigninCard,
  ThumbnailCard,
  VideoCard,
} from './cards.ts'
import type { TokenExchangeResource, TokenPostResource } from './token-models.ts'

/**
 * Makes the attachments that are cards. Where a card has buttons, images or media, a string does for the simple ones: see
 * {@link CardFactory.actions}, {@link CardFactory.images} and {@link CardFactory.media}.
 *
 * ```ts
 * await context.sendActivity({ attachments: [CardFactory.heroCard('Ready?', ['https://example.com/a.png'], ['Yes', 'No'])] })
 * ```
 */
export class CardFactory {
  /** The content type of each card, by the name of the method that makes it. */
  static readonly contentTypes = {
    adaptiveCard: 'application/vnd.microsoft.card.adaptive',
    animationCard: 'application/vnd.microsoft.card.animation',
    audioCard: 'application/vnd.microsoft.card.audio',
    heroCard: 'application/vnd.microsoft.card.hero',
    receiptCard: 'application/vnd.microsoft.card.receipt',
    o365ConnectorCard: 'application/vnd.microsoft.teams.card.o365connector',
    signinCard: 'application/vnd.microsoft.card.signin',
    oauthCard: 'application/vnd.microsoft.card.oauth',
    thumbnailCard: 'application/vnd.microsoft.card.thumbnail',
    videoCard: 'application/vnd.microsoft.card.video',
  } as const

  /**
   * An Adaptive Card.
   *
   * @param card - The card's JSON, `type: 'AdaptiveCard'`; not copied.
   * @see https://adaptivecards.io
   */
  static adaptiveCard(card: unknown): Attachment {
    return { contentType: CardFactory.contentTypes.adaptiveCard, content: card }
  }

  /** A card that plays an animated image or a short film. */
  static animationCard(
    title: string,
    media: (MediaUrl | string)[],
    buttons?: (CardAction | string)[],
    other?: Partial<AnimationCard>,
  ): Attachment {
    return { contentType: CardFactory.contentTypes.animationCard, content: mediaCard(title, media, buttons, other) }
  }

  /** A card that plays sound. */
  static audioCard(
    title: string,
    media: (MediaUrl | string)[],
    buttons?: (CardAction | string)[],
    other?: Partial<AudioCard>,
  ): Attachment {
    return { contentType: CardFactory.contentTypes.audioCard, content: mediaCard(title, media, buttons, other) }
  }

  /** A card with one large image. The text may be left out. */
  static heroCard(
    title: string,
    images?: (CardImage | string)[],
    buttons?: (CardAction | string)[],
    other?: Partial<HeroCard>,
  ): Attachment
  static heroCard(
    title: string,
    text: string,
    images?: (CardImage | string)[],
    buttons?: (CardAction | string)[],
    other?: Partial<HeroCard>,
  ): Attachment
  static heroCard(title: string, ...rest: BasicCardArguments): Attachment {
    return { contentType: CardFactory.contentTypes.heroCard, content: basicCard(title, rest) }
  }

  /**
   * A card that asks for the user's token of one OAuth connection.
   *
   * @param connectionName - The connection's name in the bot's settings.
   * @param title - What the button shows.
   * @param link - The sign-in page, where the channel cannot find it by itself.
   * @param tokenExchangeResource - Lets the client exchange a token instead of asking the user.
   */
  static oauthCard(
    connectionName: string,
    title: string,
    text?: string,
    link?: string,
    tokenExchangeResource?: TokenExchangeResource,
    tokenPostResource?: TokenPostResource,
  ): Attachment {
    const content = {
      buttons: [signinButton(title, link)],
      connectionName,
      tokenExchangeResource,
      tokenPostResource,
      ...(text ? { text } : {}),
    } as OAuthCard
    return { contentType: CardFactory.contentTypes.oauthCard, content }
  }

  /**
   * A connector card of Office 365, which Teams and Outlook show.
   *
   * @param card - The card's JSON; not copied.
   */
  static o365ConnectorCard(card: object): Attachment {
    return { contentType: CardFactory.contentTypes.o365ConnectorCard, content: card }
  }

  /** A bill. The card is not copied. */
  static receiptCard(card: ReceiptCard): Attachment {
    return { contentType: CardFactory.contentTypes.receiptCard, content: card }
  }

  /**
   * A card that sends the user to a sign-in page.
   *
   * @param title - What the button shows.
   * @param url - The sign-in page.
   */
  static signinCard(title: string, url: string, text?: string): Attachment {
    const content: SigninCard = { buttons: [signinButton(title, url)], ...(text ? { text } : {}) }
    return { contentType: CardFactory.contentTypes.signinCard, content }
  }

  /** A card with one small image. The text may be left out. */
  static thumbnailCard(
    title: string,
    images?: (CardImage | string)[],
    buttons?: (CardAction | string)[],
    other?: Partial<ThumbnailCard>,
  ): Attachment
  static thumbnailCard(
    title: string,
    text: string,
    images?: (CardImage | string)[],
    buttons?: (CardAction | string)[],
    other?: Partial<ThumbnailCard>,
  ): Attachment
  static thumbnailCard(title: string, ...rest: BasicCardArguments): Attachment {
    return { contentType: CardFactory.contentTypes.thumbnailCard, content: basicCard(title, rest) }
  }

  /** A card that plays a film. */
  static videoCard(
    title: string,
    media: (MediaUrl | string)[],
    buttons?: (CardAction | string)[],
    other?: Partial<VideoCard>,
  ): Attachment {
    return { contentType: CardFactory.contentTypes.videoCard, content: mediaCard(title, media, buttons, other) }
  }

  /** Buttons; a string becomes one that sends itself as the user's message (`imBack`). */
  static actions(actions: readonly (CardAction | string)[] | undefined): CardAction[] {
    return (actions || []).map((action) =>
      typeof action === 'string'
        ? { type: ActionTypes.ImBack, title: action, value: action, channelData: undefined }
        : action,
    )
  }

  /** Images; a string is the address of one. */
  static images(images: readonly (CardImage | string)[] | undefined): CardImage[] {
    return (images || []).map((image) => (typeof image === 'string' ? { url: image } : image))
  }

  /** Media; a string is the address of one. */
  static media(links: readonly (MediaUrl | string)[] | undefined): MediaUrl[] {
    return (links || []).map((link) => (typeof link === 'string' ? { url: link } : link))
  }
}

function signinButton(title: string, value: string | undefined): CardAction {
  return { type: ActionTypes.Signin, title, value, channelData: undefined }
}

/** What follows the title of a hero or thumbnail card: images, buttons and the rest, perhaps with a text before them. */
type BasicCardArguments = [
  textOrImages?: string | (CardImage | string)[],
  imagesOrButtons?: (CardImage | string)[] | (CardAction | string)[],
  buttonsOrOther?: (CardAction | string)[] | Partial<HeroCard>,
  other?: Partial<HeroCard>,
]

function basicCard(title: string, rest: BasicCardArguments): Partial<HeroCard> {
  const hasText = typeof rest[0] === 'string'
  const [text, images, buttons, other] = (hasText ? rest : [undefined, ...rest]) as [
    text?: string,
    images?: (CardImage | string)[],
    buttons?: (CardAction | string)[],
    other?: Partial<HeroCard>,
  ]
  return {
    ...other,
    ...(title ? { title } : {}),
    ...(text ? { text } : {}),
    ...(images ? { images: CardFactory.images(images) } : {}),
    ...(buttons ? { buttons: CardFactory.actions(buttons) } : {}),
  }
}

function mediaCard(
  title: string,
  media: (MediaUrl | string)[],
  buttons: (CardAction | string)[] | undefined,
  other: Partial<MediaCard> | undefined,
): Partial<MediaCard> {
  return {
    ...other,
    ...(title ? { title } : {}),
    media: CardFactory.media(media),
    ...(buttons ? { buttons: CardFactory.actions(buttons) } : {}),
  }
}
