import type { OpenValue } from './open-types.ts'
import type { TokenExchangeInvokeRequest } from './token-models.ts'

/** A handler's answer to an invoke: the HTTP status and body the channel gets. */
export interface InvokeResponse<T = OpenValue> {
  status: number
  body?: T
}

/** Token that comes with an `adaptiveCard/action` after a sign-in. */
export interface AdaptiveCardAuthentication extends TokenExchangeInvokeRequest {}

/** The `Action.Execute` a user pressed. */
export interface AdaptiveCardInvokeAction {
  type: string
  id: string
  verb: string
  data: Record<string, unknown>
}

/** Body of the answer to an `adaptiveCard/action`. The HTTP status is 200 whatever `statusCode` says. */
export interface AdaptiveCardInvokeResponse {
  statusCode: number
  /** Type of the value, e.g. `application/vnd.microsoft.card.adaptive`. */
  type: string
  value: Record<string, unknown>
}

/** Value of the invoke `adaptiveCard/action`. */
export interface AdaptiveCardInvokeValue {
  action: AdaptiveCardInvokeAction
  authentication: AdaptiveCardAuthentication
  /** Code from a sign-in page. */
  state: string
}

/** Which page of the results a search asks for. */
export interface SearchInvokeOptions {
  skip: number
  top: number
}

/** Value of the invoke `application/search`. */
export interface SearchInvokeValue {
  /** `search`, `searchAnswer` or `typeahead`. */
  kind: string
  queryText: string
  queryOptions: SearchInvokeOptions
  context: OpenValue
  dataset: string
}

/** Body of the answer to `application/search`. */
export interface SearchInvokeResponse extends AdaptiveCardInvokeResponse {}
