import type { AceCardAction } from './ace-actions.ts'

/** Names of the parts a card is made of. */
export type CardComponentName = 'text' | 'cardButton' | 'cardBar' | 'textInput' | 'searchBox' | 'searchFooter'

/** What every part of a card has. */
export interface BaseCardComponent {
  componentName: CardComponentName
  id?: string
}

/** An image on a card. */
export interface AceCardImage {
  url: string
  /** Text for those who do not see the image. */
  altText?: string
}

/** The strip at the top of a card. */
export interface CardBarComponent extends BaseCardComponent {
  componentName: 'cardBar'
  /** Absent means the extension's icon. */
  icon?: AceCardImage
  /** Absent means the extension's title. */
  title?: string
}

/** What every button has. */
export interface CardButtonBase {
  action: AceCardAction
  id?: string
}

/** A button. */
export interface CardButtonComponent extends BaseCardComponent, CardButtonBase {
  componentName: 'cardButton'
  title: string
  style?: 'default' | 'positive'
}

/** The button of a search box. */
export interface ICardSearchBoxButton extends CardButtonBase {}

/** A search box. */
export interface CardSearchBoxComponent extends BaseCardComponent {
  componentName: 'searchBox'
  placeholder?: string
  defaultValue?: string
  button: ICardSearchBoxButton
}

/** What is shown below a search box. */
export interface CardSearchFooterComponent extends BaseCardComponent {
  componentName: 'searchFooter'
  title: string
  imageUrl?: string
  /** Shown when there is no image. */
  imageInitials?: string
  text: string
  onSelection?: AceCardAction
}

/** A text. */
export interface CardTextComponent extends BaseCardComponent {
  componentName: 'text'
  text: string
}

/** A text field's button with an icon. */
export interface ICardTextInputIconButton extends CardButtonBase {
  icon: AceCardImage
}

/** A text field's button with a title. */
export interface ICardTextInputTitleButton extends CardButtonBase {
  title: string
}

/** A text field. */
export interface CardTextInputComponent extends BaseCardComponent {
  componentName: 'textInput'
  placeholder?: string
  defaultValue?: string
  iconBefore?: AceCardImage
  iconAfter?: AceCardImage
  button?: ICardTextInputIconButton | ICardTextInputTitleButton
  ariaLabel?: string
}
