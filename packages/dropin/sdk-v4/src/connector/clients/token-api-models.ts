import type { SignInUrlResponse, TokenResponse, TokenStatus } from '@parley/core'
import type { HttpOperationResponse, RequestOptionsBase, ServiceClientOptions } from '../../stdlib/index.ts'
import type { RestResult } from '../rest/operation.ts'

/** What an HTTP call behind the service answered. */
export interface InnerHttpError {
  statusCode?: number
  // oxlint-disable-next-line typescript/no-explicit-any -- SDK v4's signature
  body?: any
}

/** An error as the service reports it. */
export interface ErrorModel {
  code?: string
  message?: string
  innerHttpError?: InnerHttpError
}

/** The body of a refusal. */
export interface ErrorResponse {
  error?: ErrorModel
}

/** Addresses of services for which tokens are asked. */
export interface AadResourceUrls {
  resourceUrls?: string[]
}

/** Settings of a `TokenApiClient`. */
export interface TokenApiClientOptions extends ServiceClientOptions {
  baseUri?: string
}

/** What a sign-in link may carry. */
export interface BotSignInGetSignInUrlOptionalParams extends RequestOptionsBase {
  codeChallenge?: string
  emulatorUrl?: string
  finalRedirect?: string
}

/** What a sign-in resource may carry. */
export interface BotSignInGetSignInResourceOptionalParams extends RequestOptionsBase {
  codeChallenge?: string
  emulatorUrl?: string
  finalRedirect?: string
}

/** Which token. */
export interface UserTokenGetTokenOptionalParams extends RequestOptionsBase {
  channelId?: string
  /** The digits that the user was shown. */
  code?: string
}

/** On which channel. */
export interface UserTokenGetAadTokensOptionalParams extends RequestOptionsBase {
  channelId?: string
}

/** Of which connection; of all when none is named. */
export interface UserTokenSignOutOptionalParams extends RequestOptionsBase {
  connectionName?: string
  channelId?: string
}

/** Of which connections. */
export interface UserTokenGetTokenStatusOptionalParams extends RequestOptionsBase {
  channelId?: string
  /** Names with commas. */
  include?: string
}

interface TextResult {
  body: string
  _response: HttpOperationResponse & { bodyAsText: string; parsedBody: string }
}

// oxlint-disable typescript/no-explicit-any -- SDK v4's signatures
interface OpenResult {
  body: any
  _response: HttpOperationResponse & { bodyAsText: string; parsedBody: any }
}
// oxlint-enable typescript/no-explicit-any

export type BotSignInGetSignInUrlResponse = TextResult
export type BotSignInGetSignInResourceResponse = RestResult<SignInUrlResponse>
export type UserTokenGetTokenResponse = RestResult<TokenResponse>
export type UserTokenGetAadTokensResponse = RestResult<{ [propertyName: string]: TokenResponse }>
export type UserTokenSignOutResponse = OpenResult
export type UserTokenGetTokenStatusResponse = RestResult<TokenStatus[]>
export type UserTokenExchangeAsyncResponse = OpenResult
