import type { OpenValue, SignInUrlResponse, TokenExchangeRequest, TokenResponse, TurnContext } from '@parley/core'

interface CoreWebResource {
  url?: string
  method?: OpenValue
  body?: OpenValue
  headers?: OpenValue
}

/** What puts a token on a request. */
export interface CoreAppCredentials {
  signRequest(webResource: CoreWebResource): Promise<CoreWebResource>
}

/** An adapter that can ask for the tokens of users. */
export interface IUserTokenProvider {
  getUserToken(context: TurnContext, connectionName: string, magicCode?: string): Promise<TokenResponse>
  signOutUser(context: TurnContext, connectionName: string, userId?: string): Promise<void>
  getTokenStatus(
    context: TurnContext,
    userId: string,
    includeFilter?: string,
    oAuthAppCredentials?: OpenValue,
  ): Promise<OpenValue[]>
  getSignInLink(context: TurnContext, connectionName: string): Promise<string>
  getAadTokens(
    context: TurnContext,
    connectionName: string,
    resourceUrls: string[],
  ): Promise<{ [propertyName: string]: TokenResponse }>
}

/** {@link IUserTokenProvider} with single sign-on, and with credentials other than the adapter's own. */
export interface ExtendedUserTokenProvider extends IUserTokenProvider {
  getUserToken(
    context: TurnContext,
    connectionName: string,
    magicCode?: string,
    appCredentials?: CoreAppCredentials,
  ): Promise<TokenResponse>
  signOutUser(
    context: TurnContext,
    connectionName: string,
    userId?: string,
    appCredentials?: CoreAppCredentials,
  ): Promise<void>
  getSignInLink(context: TurnContext, connectionName: string, appCredentials?: CoreAppCredentials): Promise<string>
  getAadTokens(
    context: TurnContext,
    connectionName: string,
    resourceUrls: string[],
    appCredentials?: CoreAppCredentials,
  ): Promise<{ [propertyName: string]: TokenResponse }>
  getSignInResource(
    context: TurnContext,
    connectionName: string,
    userId?: string,
    finalRedirect?: string,
    appCredentials?: CoreAppCredentials,
  ): Promise<SignInUrlResponse>
  exchangeToken(
    context: TurnContext,
    connectionName: string,
    userId: string,
    tokenExchangeRequest: TokenExchangeRequest,
    appCredentials?: CoreAppCredentials,
  ): Promise<TokenResponse>
}

/** How long to wait for a user's token, and how often to look; both in milliseconds. */
export interface TokenPollingSettings {
  timeout?: number
  interval?: number
}

/** Key in `turnState` of how long a sign-in may take. */
export const OAuthLoginTimeoutKey = 'loginTimeout'
/** Key in `turnState` of {@link TokenPollingSettings}. */
export const TokenPollingSettingsKey = 'tokenPollingSettings'
/** How long a sign-in may take, in milliseconds: 15 minutes. */
export const OAuthLoginTimeoutMsValue = 900000
/** Invoke of SharePoint that asks to exchange a single sign-on token. */
export const sharePointTokenExchange = 'cardExtension/token'
