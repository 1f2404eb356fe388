/** Asks the user before an action runs. */
export interface ConfirmationDialog {
  title: string
  message: string
}

/** A point on the earth. */
export interface Location {
  /** Degrees. */
  latitude: number
  /** Degrees. */
  longitude: number
  /** Unix time in milliseconds. */
  timestamp?: number
  /** Metres. */
  accuracy?: number
}

/** What a user may pick. */
export const MediaType = { Image: 1, Audio: 4, Document: 8 } as const
export type MediaType = (typeof MediaType)[keyof typeof MediaType]

/** Which quick view opens. */
export interface QuickViewParameters {
  view: string
}

/** Opens a quick view. */
export interface QuickViewCardAction {
  type: 'QuickView'
  parameters: QuickViewParameters
}

/** Where a link goes. */
export interface ExternalLinkActionParameters {
  isTeamsDeepLink?: boolean
  target: string
}

/** Opens a link. */
export interface ExternalLinkCardAction {
  type: 'ExternalLink'
  parameters: ExternalLinkActionParameters
}

/** What a submit sends to the bot. */
export interface SubmitCardParameters {
  [key: string]: unknown
}

/** Sends its parameters to the bot. */
export interface SubmitCardAction {
  type: 'Submit'
  parameters: SubmitCardParameters
  confirmationDialog?: ConfirmationDialog
}

/** What an execute sends to the bot. */
export interface ExecuteCardParameters {
  [key: string]: unknown
}

/** Sends its verb and parameters to the bot. */
export interface ExecuteCardAction {
  type: 'Execute'
  verb?: string
  parameters: ExecuteCardParameters
}

/** What the user may pick. */
export interface SelectMediaActionParameters {
  mediaType: MediaType
  allowMultipleCapture?: boolean
  /** Bytes. */
  maxSizePerFile?: number
  /** Extensions, e.g. `png`. */
  supportedFileFormats?: string[]
}

/** Lets the user pick files or take pictures. */
export interface SelectMediaCardAction {
  type: 'VivaAction.SelectMedia'
  parameters: SelectMediaActionParameters
}

/** What the map shows; absent means where the user is. */
export interface ShowLocationActionParameters {
  locationCoordinates?: Location
}

/** Shows a map. */
export interface ShowLocationCardAction {
  type: 'VivaAction.ShowLocation'
  parameters?: ShowLocationActionParameters
}

/** Whether the user picks the place on a map. */
export interface GetLocationActionParameters {
  chooseLocationOnMap?: boolean
}

/** Asks where the user is. */
export interface GetLocationCardAction {
  type: 'VivaAction.GetLocation'
  parameters?: GetLocationActionParameters
}

/** What a button of a card does. */
export type AceCardAction =
  | QuickViewCardAction
  | ExternalLinkCardAction
  | SubmitCardAction
  | SelectMediaCardAction
  | GetLocationCardAction
  | ShowLocationCardAction
  | ExecuteCardAction

/** What a tap on a card does. */
export type OnCardSelectionAction = Exclude<AceCardAction, SubmitCardAction> | undefined

/** Where the focus goes when a view opens. */
export interface FocusParameters {
  /** Id of the element. */
  focusTarget?: string
  ariaLive?: 'polite' | 'assertive' | 'off'
}
