import { UserTokenClient } from '@parley/core'
import type { Activity, SignInUrlResponse, TokenExchangeRequest, TokenResponse, TokenStatus } from '@parley/core'
import type { OutboundMethod } from './outbound.ts'
import { query } from './path.ts'
import { SendRejectedError } from './send-errors.ts'
import type { Operation, Service } from './service.ts'

/** Which user token service, and for which bot. */
export interface UserTokenServiceOptions {
  /** Base address, e.g. `https://api.botframework.com`. */
  readonly serviceUrl: string
  /** Whom the bot's own bearer is for, e.g. `https://api.botframework.com`. */
  readonly audience: string
  /** The bot's app id, to which a sign-in comes back. */
  readonly appId: string
}

/**
 * The user token service of the Bot Framework; made by `ConnectorFactory.createUserTokenClient`. Every method fails with a
 * {@link SendError} (`SEND_…`), or with a `UserTokenArgumentError` `CORE_USER_TOKEN_ARGUMENT` when an id is no text.
 */
export class UserTokenServiceClient extends UserTokenClient {
  private readonly appId: string
  private readonly service: Service

  constructor(appId: string, service: Service) {
    super()
    this.appId = appId
    this.service = service
  }

  override async getUserToken(
    userId: string,
    connectionName: string,
    channelId: string,
    magicCode?: string,
  ): Promise<TokenResponse | undefined> {
    UserTokenClient.requireStrings({ userId, connectionName, channelId })
    const parameters = { userId, connectionName, channelId, code: magicCode }
    return this.readToken(operation('getUserToken', 'GET', 'usertoken/GetToken', parameters))
  }

  override async getSignInResource(
    connectionName: string,
    activity: Partial<Activity>,
    finalRedirect?: string,
  ): Promise<SignInUrlResponse> {
    UserTokenClient.requireStrings({ connectionName })
    const state = UserTokenClient.createTokenExchangeState(this.appId, connectionName, activity)
    const parameters = { state, finalRedirect }
    return this.service.read(
      operation('getSignInResource', 'GET', 'botsignin/GetSignInResource', parameters),
      acceptObject<SignInUrlResponse>,
    )
  }

  override async signOutUser(userId: string, connectionName: string | undefined, channelId: string): Promise<void> {
    UserTokenClient.requireStrings({ userId, channelId, ...(connectionName === undefined ? {} : { connectionName }) })
    const parameters = { userId, connectionName, channelId }
    await this.service.run(operation('signOutUser', 'DELETE', 'usertoken/SignOut', parameters))
  }

  override async getTokenStatus(userId: string, channelId: string, includeFilter?: string): Promise<TokenStatus[]> {
    UserTokenClient.requireStrings({ userId, channelId })
    const parameters = { userId, channelId, include: includeFilter }
    const question = operation('getTokenStatus', 'GET', 'usertoken/GetTokenStatus', parameters)
    return this.service.read(question, (value) => (Array.isArray(value) ? (value as TokenStatus[]) : undefined))
  }

  override async getAadTokens(
    userId: string,
    connectionName: string,
    resourceUrls: string[],
    channelId: string,
  ): Promise<Record<string, TokenResponse>> {
    UserTokenClient.requireStrings({ userId, connectionName, channelId })
    const question = operation(
      'getAadTokens',
      'POST',
      'usertoken/GetAadTokens',
      { userId, connectionName, channelId },
      { resourceUrls },
    )
    return this.service.read(question, acceptObject<Record<string, TokenResponse>>)
  }

  override async exchangeToken(
    userId: string,
    connectionName: string,
    channelId: string,
    exchangeRequest: TokenExchangeRequest,
  ): Promise<TokenResponse | undefined> {
    UserTokenClient.requireStrings({ userId, connectionName, channelId })
    const parameters = { userId, connectionName, channelId }
    return this.readToken(operation('exchangeToken', 'POST', 'usertoken/exchange', parameters, exchangeRequest))
  }

  /** 404: there is none, which is no error. So is `{}`, which some services send. */
  private async readToken(question: Operation): Promise<TokenResponse | undefined> {
    try {
      const answer = await this.service.read(question, acceptAnswer)
      return answer.token === undefined ? undefined : (answer as TokenResponse)
    } catch (error) {
      if (error instanceof SendRejectedError && error.statusCode === 404) return undefined
      throw error
    }
  }
}

function operation(
  name: string,
  method: OutboundMethod,
  path: string,
  parameters: Readonly<Record<string, string | undefined>>,
  body?: object,
): Operation {
  const question = { name, method, path: `/api/${path}${query(parameters)}` }
  return body === undefined ? question : { ...question, body: JSON.stringify(body) }
}

function acceptAnswer(value: unknown): Partial<TokenResponse> | undefined {
  return value === undefined ? {} : acceptObject(value)
}

function acceptObject<T>(value: unknown): T | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as T) : undefined
}
