/** Kinds of action on a connector card. */
export type O365ConnectorCardActionType = 'ViewAction' | 'OpenUri' | 'HttpPOST' | 'ActionCard'

/** What every action has. */
export interface O365ConnectorCardActionBase {
  '@type'?: O365ConnectorCardActionType
  name?: string
  '@id'?: string
}

/** Kinds of input on a connector card. */
export type O365ConnectorCardInputType = 'textInput' | 'dateInput' | 'multichoiceInput'

/** What every input has. */
export interface O365ConnectorCardInputBase {
  '@type'?: O365ConnectorCardInputType
  id?: string
  isRequired?: boolean
  title?: string
  value?: string
}

/** A named value in a section. */
export interface O365ConnectorCardFact {
  name?: string
  value?: string
}

/** An image in a section. */
export interface O365ConnectorCardImage {
  /** Address of the image. */
  image?: string
  title?: string
}

/** Shape of a section's image. */
export type ActivityImageType = 'avatar' | 'article'

/** A part of a connector card. */
export interface O365ConnectorCardSection {
  title?: string
  text?: string
  activityTitle?: string
  activitySubtitle?: string
  activityText?: string
  activityImage?: string
  activityImageType?: ActivityImageType
  /** Whether texts are Markdown; absent means yes. */
  markdown?: boolean
  facts?: O365ConnectorCardFact[]
  images?: O365ConnectorCardImage[]
  potentialAction?: O365ConnectorCardActionBase[]
}

/** A card of Office 365 connectors, which Microsoft retired; Adaptive Cards replace it. */
export interface O365ConnectorCard {
  title?: string
  text?: string
  summary?: string
  themeColor?: string
  sections?: O365ConnectorCardSection[]
  potentialAction?: O365ConnectorCardActionBase[]
}

/** Opens a page; only the first address counts. */
export interface O365ConnectorCardViewAction extends O365ConnectorCardActionBase {
  target?: string[]
}

/** Operating systems an address can be meant for. */
export type Os = 'default' | 'iOS' | 'android' | 'windows'

/** An address for one operating system. */
export interface O365ConnectorCardOpenUriTarget {
  os?: Os
  uri?: string
}

/** Opens a page, by operating system. */
export interface O365ConnectorCardOpenUri extends O365ConnectorCardActionBase {
  targets?: O365ConnectorCardOpenUriTarget[]
}

/** Posts a text to the bot. */
export interface O365ConnectorCardHttpPOST extends O365ConnectorCardActionBase {
  body?: string
}

/** Shows inputs and actions below the card. */
export interface O365ConnectorCardActionCard extends O365ConnectorCardActionBase {
  inputs?: O365ConnectorCardInputBase[]
  actions?: O365ConnectorCardActionBase[]
}

/** A text field. */
export interface O365ConnectorCardTextInput extends O365ConnectorCardInputBase {
  isMultiline?: boolean
  maxLength?: number
}

/** A date field. */
export interface O365ConnectorCardDateInput extends O365ConnectorCardInputBase {
  includeTime?: boolean
}

/** A choice. */
export interface O365ConnectorCardMultichoiceInputChoice {
  display?: string
  value?: string
}

/** How choices are shown. */
export type Style = 'compact' | 'expanded'

/** A list of choices. */
export interface O365ConnectorCardMultichoiceInput extends O365ConnectorCardInputBase {
  choices?: O365ConnectorCardMultichoiceInputChoice[]
  style?: Style
  isMultiSelect?: boolean
}
