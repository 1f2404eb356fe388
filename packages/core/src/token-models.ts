import type { ConversationReference } from './accounts.ts'
import type { OpenValue } from './open-types.ts'

/** A user's token, as the token service hands it out. */
export interface TokenResponse {
  channelId?: string
  connectionName: string
  token: string
  /** When the token expires: ISO 8601. */
  expiration: string
  properties?: { [propertyName: string]: OpenValue }
}

/** Whether a user has a token for one connection. */
export type TokenStatus = {
  channelId: string
  connectionName: string
  hasToken: boolean
  serviceProviderDisplayName: string
}

/** What single sign-on needs to know to exchange a token without asking the user. */
export interface TokenExchangeResource {
  id?: string
  uri?: string
  providerId?: string
}

/** Where a client posts a token it got by itself. */
export interface TokenPostResource {
  sasUrl?: string
}

/** A link that starts a sign-in, with the ways around it. */
export interface SignInUrlResponse {
  signInLink?: string
  tokenExchangeResource?: TokenExchangeResource
  tokenPostResource?: TokenPostResource
}

/** What is exchanged: a token, or the address that names one. */
export interface TokenExchangeRequest {
  uri?: string
  token?: string
}

/** Value of the invoke `signin/tokenExchange`. */
export interface TokenExchangeInvokeRequest {
  /** Id of the OAuth card's {@link TokenExchangeResource}. */
  id: string
  connectionName: string
  token: string
}

/** Body of the answer to `signin/tokenExchange`. */
export interface TokenExchangeInvokeResponse {
  id: string
  connectionName: string
  failureDetail: string
  properties?: Record<string, unknown>
}

/** Carried through a sign-in, so that the token service can bring the user back to the conversation. */
export type TokenExchangeState = {
  connectionName: string
  conversation: ConversationReference
  relatesTo: ConversationReference
  msAppId: string
}
