/* oxlint-disable no-underscore-dangle -- names of v4 */
import { UserTokenClient as CoreUserTokenClient } from '@parley/core'
import type { Activity, SignInUrlResponse, TokenExchangeRequest, TokenResponse, TokenStatus } from '@parley/core'
import type { ServiceClientCredentials } from '../../stdlib/index.ts'
import type { RestResult } from '../rest/operation.ts'
import type { ConnectorClientOptions } from './connector-client-options.ts'
import { TokenApiClient } from './token-api-client.ts'

/** Gets the tokens of a bot's users. Parley's own clients are instances of it. */
export abstract class UserTokenClient extends CoreUserTokenClient {
  abstract override getUserToken(
    userId: string,
    connectionName: string,
    channelId: string,
    magicCode?: string,
  ): Promise<TokenResponse>

  abstract override exchangeToken(
    userId: string,
    connectionName: string,
    channelId: string,
    exchangeRequest: TokenExchangeRequest,
  ): Promise<TokenResponse>

  static override [Symbol.hasInstance](value: unknown): boolean {
    if (this !== UserTokenClient) return Function.prototype[Symbol.hasInstance].call(this, value)
    return value instanceof CoreUserTokenClient
  }
}

/** {@link UserTokenClient} over a {@link TokenApiClient}. The methods give the service's plain answer. */
export class TokenApiUserTokenClient extends UserTokenClient {
  private readonly appId: string
  private readonly client: TokenApiClient

  constructor(
    appId: string,
    credentials: ServiceClientCredentials,
    oauthEndpoint: string,
    connectorClientOptions: ConnectorClientOptions = {},
  ) {
    super()
    this.appId = appId
    this.client = new TokenApiClient(credentials, { ...connectorClientOptions, baseUri: oauthEndpoint })
  }

  async getUserToken(
    userId: string,
    connectionName: string,
    channelId: string,
    magicCode?: string,
  ): Promise<TokenResponse> {
    UserTokenClient.requireStrings({ userId, connectionName, channelId })
    const options = { channelId, ...(magicCode ? { code: magicCode } : {}) }
    return tokenOf(await this.client.userToken.getToken(userId, connectionName, options))
  }

  async getSignInResource(
    connectionName: string,
    activity: Activity,
    finalRedirect?: string,
  ): Promise<SignInUrlResponse> {
    UserTokenClient.requireStrings({ connectionName })
    if (!activity) throw new TypeError("activity must be an object; pass the turn's.")
    const state = UserTokenClient.createTokenExchangeState(this.appId, connectionName, activity)
    const options = finalRedirect ? { finalRedirect } : {}
    return bodyOf(await this.client.botSignIn.getSignInResource(state, options))
  }

  async signOutUser(userId: string, connectionName: string, channelId: string): Promise<void> {
    UserTokenClient.requireStrings({ userId, connectionName, channelId })
    await this.client.userToken.signOut(userId, { connectionName, channelId })
  }

  async getTokenStatus(userId: string, channelId: string, includeFilter?: string): Promise<TokenStatus[]> {
    UserTokenClient.requireStrings({ userId, channelId })
    const options = { channelId, ...(includeFilter ? { include: includeFilter } : {}) }
    return bodyOf(await this.client.userToken.getTokenStatus(userId, options))
  }

  async getAadTokens(
    userId: string,
    connectionName: string,
    resourceUrls: string[],
    channelId: string,
  ): Promise<Record<string, TokenResponse>> {
    UserTokenClient.requireStrings({ userId, connectionName, channelId })
    return bodyOf(await this.client.userToken.getAadTokens(userId, connectionName, { resourceUrls }, { channelId }))
  }

  async exchangeToken(
    userId: string,
    connectionName: string,
    channelId: string,
    exchangeRequest: TokenExchangeRequest,
  ): Promise<TokenResponse> {
    UserTokenClient.requireStrings({ userId, connectionName, channelId })
    const result = await this.client.userToken.exchangeAsync(userId, connectionName, channelId, exchangeRequest)
    return result._response.parsedBody as TokenResponse
  }
}

function bodyOf<T>(result: RestResult<T>): T {
  return result._response.parsedBody
}

/** 404 with `{}`, which some services send, says no more than an empty one. */
function tokenOf(result: RestResult<TokenResponse>): TokenResponse {
  const { status, parsedBody } = result._response
  return (status === 404 && !parsedBody?.token ? undefined : parsedBody) as TokenResponse
}
