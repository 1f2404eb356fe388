import type {
  AceCardImage,
  CardBarComponent,
  CardButtonComponent,
  CardSearchBoxComponent,
  CardSearchFooterComponent,
  CardTextComponent,
  CardTextInputComponent,
} from './ace-card-components.ts'

/** One or two buttons. */
export type CardViewActionsFooterParameters =
  | [CardButtonComponent]
  | [CardButtonComponent, CardButtonComponent]
  | undefined

/** Buttons or a text field. */
export type CardViewFooterParameters = CardViewActionsFooterParameters | [CardTextInputComponent]

/** What every card view has. */
export interface BaseCardViewParameters {
  cardBar: [CardBarComponent]
}

/** A card with text, perhaps with an image. */
export interface TextCardViewParameters extends BaseCardViewParameters {
  cardViewType: 'text'
  header: [CardTextComponent]
  body: [CardTextComponent] | undefined
  footer?: CardViewFooterParameters | undefined
  image?: AceCardImage
}

/** A card with a text field. */
export interface TextInputCardViewParameters extends BaseCardViewParameters {
  cardViewType: 'textInput'
  header: [CardTextComponent]
  body: [CardTextInputComponent]
  footer?: CardViewActionsFooterParameters | undefined
  image?: AceCardImage
}

/** A card with a search box. */
export interface SearchCardViewParameters extends BaseCardViewParameters {
  cardViewType: 'search'
  header: [CardTextComponent]
  body: [CardSearchBoxComponent]
  footer?: [CardSearchFooterComponent]
}

/** A card that asks the user to sign in. */
export interface SignInCardViewParameters extends BaseCardViewParameters {
  cardViewType: 'signIn' | 'signInSso'
  header: [CardTextComponent]
  body: [CardTextComponent] | undefined
  footer?: [CardButtonComponent]
}

/** What a card shows. */
export type CardViewParameters =
  | TextCardViewParameters
  | TextInputCardViewParameters
  | SearchCardViewParameters
  | SignInCardViewParameters

/** A card with a heading. */
export function BasicCardView(
  cardBar: CardBarComponent,
  header: CardTextComponent,
  footer?: CardViewFooterParameters,
): TextCardViewParameters {
  return { cardViewType: 'text', cardBar: [cardBar], header: [header], body: undefined, footer }
}

/** A card with a heading and a text. */
export function PrimaryTextCardView(
  cardBar: CardBarComponent,
  header: CardTextComponent,
  body: CardTextComponent,
  footer?: CardViewFooterParameters,
): TextCardViewParameters {
  return { cardViewType: 'text', cardBar: [cardBar], header: [header], body: [body], footer }
}

/** A card with a heading and an image. */
export function ImageCardView(
  cardBar: CardBarComponent,
  header: CardTextComponent,
  image: AceCardImage,
  footer?: CardViewFooterParameters,
): TextCardViewParameters {
  return { cardViewType: 'text', image, cardBar: [cardBar], header: [header], body: undefined, footer }
}

/** A card with a heading and a text field. */
export function TextInputCardView(
  cardBar: CardBarComponent,
  header: CardTextComponent,
  body: CardTextInputComponent,
  footer?: CardViewActionsFooterParameters,
): TextInputCardViewParameters {
  return { cardViewType: 'textInput', cardBar: [cardBar], header: [header], body: [body], footer }
}

/** A card with a heading and a search box. */
export function SearchCardView(
  cardBar: CardBarComponent,
  header: CardTextComponent,
  body: CardSearchBoxComponent,
  footer: CardSearchFooterComponent,
): SearchCardViewParameters {
  return { cardViewType: 'search', cardBar: [cardBar], header: [header], body: [body], footer: [footer] }
}

/** A card that asks the user to sign in. */
export function SignInCardView(
  cardBar: CardBarComponent,
  header: CardTextComponent,
  body: CardTextComponent,
  footer: CardButtonComponent,
): SignInCardViewParameters {
  return { cardViewType: 'signIn', cardBar: [cardBar], header: [header], body: [body], footer: [footer] }
}
