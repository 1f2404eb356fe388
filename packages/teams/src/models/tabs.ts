import type { CardAction } from '@parley/core'

/** Where a tab is shown. */
export interface TabContext {
  /** The client's theme: `default`, `dark` or `contrast`. */
  theme?: string
}

/** Which tab is meant. */
export interface TabEntityContext {
  /** Id from the app's manifest. */
  tabEntityId?: string
}

/** Value of the invoke `tab/fetch`. */
export interface TabRequest {
  tabContext?: TabEntityContext
  context?: TabContext
  /** Code from a sign-in page. */
  state?: string
}

/** An Adaptive Card in a tab. */
export interface TabResponseCard {
  card: Record<string, unknown>
}

/** The Adaptive Cards of a tab, in the order they are shown. */
export interface TabResponseCards {
  cards: TabResponseCard[]
}

/** Buttons of a sign-in. */
export interface TabSuggestedActions {
  actions: CardAction[]
}

/** What a tab shows: its cards, or a sign-in. */
export interface TabResponsePayload {
  type?: 'continue' | 'auth' | 'silentAuth'
  value?: TabResponseCards
  suggestedActions?: TabSuggestedActions
}

/** Answer to `tab/fetch` and `tab/submit`. */
export interface TabResponse {
  tab: TabResponsePayload
}

/** What the form in a tab sent. */
export interface TabSubmitData {
  /** `tab/submit`. */
  type?: string
  [properties: string]: unknown
}

/** Value of the invoke `tab/submit`. */
export interface TabSubmit {
  tabContext?: TabEntityContext
  context?: TabContext
  data?: TabSubmitData
}
