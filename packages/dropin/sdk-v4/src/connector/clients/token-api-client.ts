/* oxlint-disable no-underscore-dangle -- names of v4 */
import type { SignInUrlResponse, TokenExchangeRequest, TokenResponse, TokenStatus } from '@parley/core'
import type { RequestOptionsBase, ServiceCallback, ServiceClientCredentials } from '../../stdlib/index.ts'
import { hide } from '../credentials/hide.ts'
import { requireBody, requireText } from '../rest/arguments.ts'
import { callService } from '../rest/operation.ts'
import type { OptionsOrCallback } from '../rest/operation.ts'
import { RestContext } from '../rest/rest-context.ts'
import type {
  AadResourceUrls,
  BotSignInGetSignInResourceOptionalParams,
  BotSignInGetSignInResourceResponse,
  BotSignInGetSignInUrlOptionalParams,
  BotSignInGetSignInUrlResponse,
  TokenApiClientOptions,
  UserTokenExchangeAsyncResponse,
  UserTokenGetAadTokensOptionalParams,
  UserTokenGetAadTokensResponse,
  UserTokenGetTokenOptionalParams,
  UserTokenGetTokenResponse,
  UserTokenGetTokenStatusOptionalParams,
  UserTokenGetTokenStatusResponse,
  UserTokenSignOutOptionalParams,
  UserTokenSignOutResponse,
} from './token-api-models.ts'

/** Tokens of users. Methods give a promise, and tell a callback instead when one is passed. */
export class UserToken {
  declare private readonly client: RestContext

  constructor(client: RestContext) {
    hide(this, 'client', client)
  }

  /** 404 is no error: the user has no token, and the result is empty. */
  getToken(
    userId: string,
    connectionName: string,
    options?: OptionsOrCallback<TokenResponse, UserTokenGetTokenOptionalParams>,
    callback?: ServiceCallback<TokenResponse>,
  ): Promise<UserTokenGetTokenResponse> {
    const prepare = ({ channelId, code }: RequestOptionsBase) => {
      const query = { ...idsOf({ userId, connectionName }), channelId, code }
      return { method: 'GET', path: ['api', 'usertoken', 'GetToken'], query, also: [404] } as const
    }
    return callService(this.client, options, prepare, callback)
  }

  getAadTokens(
    userId: string,
    connectionName: string,
    aadResourceUrls: AadResourceUrls,
    options?: OptionsOrCallback<{ [propertyName: string]: TokenResponse }, UserTokenGetAadTokensOptionalParams>,
    callback?: ServiceCallback<{ [propertyName: string]: TokenResponse }>,
  ): Promise<UserTokenGetAadTokensResponse> {
    const prepare = ({ channelId }: RequestOptionsBase) => {
      const query = { ...idsOf({ userId, connectionName }), channelId }
      const body = JSON.stringify(requireBody('aadResourceUrls', 'AadResourceUrls', aadResourceUrls))
      return { method: 'POST', path: ['api', 'usertoken', 'GetAadTokens'], query, body } as const
    }
    return callService(this.client, options, prepare, callback)
  }

  async signOut(
    userId: string,
    // oxlint-disable-next-line typescript/no-explicit-any -- SDK v4's signature
    options?: OptionsOrCallback<any, UserTokenSignOutOptionalParams>,
    // oxlint-disable-next-line typescript/no-explicit-any -- SDK v4's signature
    callback?: ServiceCallback<any>,
  ): Promise<UserTokenSignOutResponse> {
    const prepare = ({ connectionName, channelId }: RequestOptionsBase) => {
      const query = { ...idsOf({ userId }), connectionName: connectionName as unknown, channelId: channelId as unknown }
      return { method: 'DELETE', path: ['api', 'usertoken', 'SignOut'], query } as const
    }
    const result: unknown = await callService(this.client, options, prepare, callback)
    return result as UserTokenSignOutResponse
  }

  getTokenStatus(
    userId: string,
    options?: OptionsOrCallback<TokenStatus[], UserTokenGetTokenStatusOptionalParams>,
    callback?: ServiceCallback<TokenStatus[]>,
  ): Promise<UserTokenGetTokenStatusResponse> {
    const prepare = ({ channelId, include }: RequestOptionsBase) => {
      const query = { ...idsOf({ userId }), channelId: channelId as unknown, include: include as unknown }
      return { method: 'GET', path: ['api', 'usertoken', 'GetTokenStatus'], query } as const
    }
    return callService(this.client, options, prepare, callback)
  }

  /** 400 and 404 are no errors: the result is what the service answered. */
  async exchangeAsync(
    userId: string,
    connectionName: string,
    channelId: string,
    exchangeRequest: TokenExchangeRequest,
    // oxlint-disable-next-line typescript/no-explicit-any -- SDK v4's signature
    options?: OptionsOrCallback<any>,
    // oxlint-disable-next-line typescript/no-explicit-any -- SDK v4's signature
    callback?: ServiceCallback<any>,
  ): Promise<UserTokenExchangeAsyncResponse> {
    const prepare = () => {
      const query = idsOf({ userId, connectionName, channelId })
      const { uri, token } = requireBody('exchangeRequest', 'TokenExchangeRequest', exchangeRequest)
      const body = JSON.stringify({ uri, token })
      return { method: 'POST', path: ['api', 'usertoken', 'exchange'], query, body, also: [400, 404] } as const
    }
    const result: unknown = await callService(this.client, options, prepare, callback)
    return result as UserTokenExchangeAsyncResponse
  }
}

/** Links with which users sign in. */
export class BotSignIn {
  declare private readonly client: RestContext

  constructor(client: RestContext) {
    hide(this, 'client', client)
  }

  /** @returns The link as `body`, whether the service sends it as text or as JSON. */
  async getSignInUrl(
    state: string,
    options?: OptionsOrCallback<string, BotSignInGetSignInUrlOptionalParams>,
    callback?: ServiceCallback<string>,
  ): Promise<BotSignInGetSignInUrlResponse> {
    const prepare = (params: RequestOptionsBase) =>
      ({ method: 'GET', path: ['api', 'botsignin', 'GetSignInUrl'], query: signInQuery(state, params) }) as const
    const result: unknown = await callService(this.client, options, prepare, callback)
    return withText(result as BotSignInGetSignInUrlResponse)
  }

  getSignInResource(
    state: string,
    options?: OptionsOrCallback<SignInUrlResponse, BotSignInGetSignInResourceOptionalParams>,
    callback?: ServiceCallback<SignInUrlResponse>,
  ): Promise<BotSignInGetSignInResourceResponse> {
    const prepare = (params: RequestOptionsBase) =>
      ({ method: 'GET', path: ['api', 'botsignin', 'GetSignInResource'], query: signInQuery(state, params) }) as const
    return callService(this.client, options, prepare, callback)
  }
}

/** The user token service of the Bot Framework. */
export class TokenApiClient extends RestContext {
  botSignIn: BotSignIn
  userToken: UserToken

  /** @throws Error - There are no credentials; the text is v4's. */
  constructor(credentials: ServiceClientCredentials, options: TokenApiClientOptions = {}) {
    super(credentials, options, { baseUri: 'https://token.botframework.com', userAgent: 'botframework-token/4.0.0' })
    this.botSignIn = new BotSignIn(this)
    this.userToken = new UserToken(this)
  }
}

function idsOf(ids: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  for (const [name, value] of Object.entries(ids)) requireText(name, value)
  return ids
}

function signInQuery(state: string, params: RequestOptionsBase): Readonly<Record<string, unknown>> {
  const { codeChallenge: code_challenge, emulatorUrl, finalRedirect } = params
  return { ...idsOf({ state }), code_challenge, emulatorUrl, finalRedirect }
}

function withText(result: BotSignInGetSignInUrlResponse): BotSignInGetSignInUrlResponse {
  // Nothing came of it: a callback was told.
  if (!result || result.body !== undefined) return result
  result.body = result._response.bodyAsText
  return result
}
