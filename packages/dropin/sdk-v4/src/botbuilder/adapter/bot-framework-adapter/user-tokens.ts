/* oxlint-disable no-underscore-dangle -- names of v4 */
import { TurnContext } from '@parley/core'
import type { Activity, SignInUrlResponse, TokenExchangeRequest, TokenResponse, TokenStatus } from '@parley/core'
import type { TokenApiClient } from '../../../connector/clients/token-api-client.ts'
import { missing, requireUser } from './requirements.ts'

const NO_CONNECTION = 'getUserToken() requires a connectionName but none was provided.'

/** How a method reaches the user token service, once its arguments are known to be good. */
export type TokenService = () => { readonly client: TokenApiClient; readonly appId: string }

/** v4's questions about the tokens of a turn's user, with its checks and its texts. */
export class UserTokens {
  private readonly activity: Activity
  private readonly service: TokenService

  constructor(activity: Activity, service: TokenService) {
    this.activity = activity
    this.service = service
  }

  async getUserToken(connectionName: string, magicCode?: string): Promise<TokenResponse> {
    const userId = requireUser('getUserToken', this.activity)
    if (!connectionName) throw new Error(NO_CONNECTION)
    const { userToken } = this.service().client
    const options = { ...this.channel(), ...(magicCode ? { code: magicCode } : {}) }
    const { parsedBody } = (await userToken.getToken(userId, connectionName, options))._response
    // An answer without a token says no more than none.
    return (parsedBody?.token ? parsedBody : undefined) as TokenResponse
  }

  async signOutUser(connectionName?: string, userId?: string): Promise<void> {
    const ownId = requireUser('signOutUser', this.activity)
    const options = { ...this.channel(), ...(connectionName ? { connectionName } : {}) }
    await this.service().client.userToken.signOut(userId || ownId, options)
  }

  async getTokenStatus(userId?: string, includeFilter?: string): Promise<TokenStatus[]> {
    const id = userId || requireUser('getTokenStatus', this.activity)
    const options = { ...this.channel(), ...(includeFilter ? { include: includeFilter } : {}) }
    return (await this.service().client.userToken.getTokenStatus(id, options))._response.parsedBody
  }

  async getAadTokens(connectionName: string, resourceUrls: string[]): Promise<{ [name: string]: TokenResponse }> {
    const userId = requireUser('getAadTokens', this.activity)
    const { userToken } = this.service().client
    const result = await userToken.getAadTokens(userId, connectionName, { resourceUrls }, this.channel())
    return result._response.parsedBody
  }

  async getSignInLink(connectionName: string, userId?: string, finalRedirect?: string): Promise<string> {
    if (userId && userId !== this.activity.from?.id) {
      throw new ReferenceError("cannot retrieve OAuth signin link for a user that's different from the conversation")
    }
    const { client, appId } = this.service()
    const state = encoded({ ConnectionName: connectionName, ...this.conversation(), MsAppId: appId })
    const result = await client.botSignIn.getSignInUrl(state, redirect(finalRedirect))
    return result._response.bodyAsText
  }

  async getSignInResource(connectionName: string, userId?: string, finalRedirect?: string): Promise<SignInUrlResponse> {
    if (!connectionName) throw new Error(NO_CONNECTION)
    const ownId = requireUser('getSignInResource', this.activity)
    if (userId && userId !== ownId) {
      // The misspelt name is v4's.
      throw missing(
        'getSiginInResource',
        'cannot get signin resource for a user that is different from the conversation',
      )
    }
    const { client, appId } = this.service()
    const { relatesTo } = this.activity
    const state = encoded({ ConnectionName: connectionName, ...this.conversation(), relatesTo, MSAppId: appId })
    return (await client.botSignIn.getSignInResource(state, redirect(finalRedirect)))._response.parsedBody
  }

  async exchangeToken(connectionName: string, userId: string, request: TokenExchangeRequest): Promise<TokenResponse> {
    if (!connectionName) throw new Error('exchangeToken() requires a connectionName but none was provided.')
    if (!userId) throw new Error('exchangeToken() requires an userId but none was provided.')
    if (request && !request.token && !request.uri) {
      throw missing('exchangeToken', 'Either a Token or Uri property is required on the TokenExchangeRequest')
    }
    const { userToken } = this.service().client
    const result = await userToken.exchangeAsync(userId, connectionName, this.activity.channelId, request)
    return result._response.parsedBody as TokenResponse
  }

  private channel(): { channelId?: string } {
    const { channelId } = this.activity
    return channelId ? { channelId } : {}
  }

  private conversation(): object {
    return { Conversation: TurnContext.getConversationReference(this.activity) }
  }
}

function redirect(finalRedirect: string | undefined): { finalRedirect?: string } {
  return finalRedirect ? { finalRedirect } : {}
}

function encoded(state: object): string {
  return Buffer.from(JSON.stringify(state)).toString('base64')
}
