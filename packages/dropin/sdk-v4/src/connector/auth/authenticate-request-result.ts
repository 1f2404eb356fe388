import type { ConnectorFactory } from '../clients/connector-factory.ts'
import type { ClaimsIdentity } from './claims-identity.ts'

/** What came of authenticating a request. */
export type AuthenticateRequestResult = {
  /** Whom tokens for replies are for. */
  audience: string
  claimsIdentity: ClaimsIdentity
  /** For `activity.callerId`. */
  callerId?: string
  connectorFactory?: ConnectorFactory
}
