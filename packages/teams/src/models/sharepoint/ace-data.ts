import type { OpenValue } from '@parley/core'

/** Size of a card on the dashboard. */
export type AceCardSize = 'Medium' | 'Large'

/** An Adaptive Card Extension as the dashboard keeps it. */
export interface AceData {
  cardSize: AceCardSize
  /** Version of the extension's data, e.g. `1.0`. */
  dataVersion: string
  id: string
  title: string
  /** Address or name of the icon. */
  iconProperty: string
  description: string
  isVisible?: boolean
  /** What the property pane set. */
  properties: OpenValue
}

/** Value of the invokes SharePoint sends. */
export interface AceRequest {
  data?: OpenValue
  properties?: OpenValue
}
