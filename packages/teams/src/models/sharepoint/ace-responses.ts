import type { OpenValue } from '@parley/core'
import type { ExternalLinkActionParameters, FocusParameters, OnCardSelectionAction } from './ace-actions.ts'
import type { CardViewParameters } from './ace-card-views.ts'
import type { AceData } from './ace-data.ts'

/** Answer to `cardExtension/getCardView`. */
export interface CardViewResponse {
  aceData: AceData
  cardViewParameters: CardViewParameters
  onCardSelection?: OnCardSelectionAction
  viewId: string
}

/** What fills the template of a quick view. */
export interface QuickViewData {
  [key: string]: unknown
}

/** Answer to `cardExtension/getQuickView`. */
export interface QuickViewResponse {
  data: QuickViewData
  /** An Adaptive Card. */
  template: OpenValue
  viewId: string
  title: string
  externalLink: ExternalLinkActionParameters
  focusParameters: FocusParameters
  requiresSso?: boolean
  /** View that opens after the sign-in. */
  postSsoViewId?: string
}

/** What an action leads to. */
export type ViewResponseType = 'Card' | 'QuickView' | 'NoOp'

/** What every answer to an action says. */
export interface BaseHandleActionResponse {
  responseType: ViewResponseType
  renderArguments?: CardViewResponse | QuickViewResponse | undefined
}

/** The action leads to a card. */
export interface CardViewHandleActionResponse extends BaseHandleActionResponse {
  responseType: 'Card'
  renderArguments: CardViewResponse
}

/** The action leads to a quick view. */
export interface QuickViewHandleActionResponse extends BaseHandleActionResponse {
  responseType: 'QuickView'
  renderArguments: QuickViewResponse
}

/** The action changes nothing that is seen. */
export interface NoOpHandleActionResponse extends BaseHandleActionResponse {
  responseType: 'NoOp'
  renderArguments?: undefined
}

/** Answer to `cardExtension/handleAction`. */
export type HandleActionResponse =
  | CardViewHandleActionResponse
  | QuickViewHandleActionResponse
  | NoOpHandleActionResponse

/** Answer to `cardExtension/setPropertyPaneConfiguration`. */
export type SetPropertyPaneConfigurationResponse = CardViewHandleActionResponse | NoOpHandleActionResponse
