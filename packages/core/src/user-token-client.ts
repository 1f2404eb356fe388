import type { Activity } from './activity.ts'
import { getConversationReference } from './conversation-reference.ts'
import { ParleyError } from './errors.ts'
import type {
  SignInUrlResponse,
  TokenExchangeRequest,
  TokenExchangeState,
  TokenResponse,
  TokenStatus,
} from './token-models.ts'

/** A user, a connection or a channel was not named by a text; the message says which. Pass the ids the activity has. */
export class UserTokenArgumentError extends ParleyError {
  static readonly code = 'CORE_USER_TOKEN_ARGUMENT'
  readonly code: string = UserTokenArgumentError.code
  /** The parameter, e.g. `userId`. */
  readonly parameter: string

  constructor(parameter: string, options?: ErrorOptions) {
    super(`${parameter} must be a string; pass what the activity or the configuration of the bot says.`, options)
    this.parameter = parameter
  }
}

/**
 * The tokens of users: the service that signs them in with other services and keeps what it got. A connection is a sign-in that
 * is configured for the bot there; its name is configuration of the bot's.
 *
 * @see https://learn.microsoft.com/azure/bot-service/bot-builder-concept-authentication
 */
export abstract class UserTokenClient {
  /**
   * The token a user has for a connection.
   *
   * @param userId - `activity.from.id`.
   * @param channelId - `activity.channelId`.
   * @param magicCode - What the user typed at the end of the sign-in, six digits; proves that the one who signed in is the one
   * who chats.
   * @returns `undefined` when there is no token, or the code is not the right one.
   */
  abstract getUserToken(
    userId: string,
    connectionName: string,
    channelId: string,
    magicCode?: string,
  ): Promise<TokenResponse | undefined>

  /**
   * The link that starts a sign-in, and what a channel needs to do without it.
   *
   * @param activity - The one that is being answered: there the sign-in comes back to.
   * @param finalRedirect - Where the browser goes when the sign-in is over.
   */
  abstract getSignInResource(
    connectionName: string,
    activity: Partial<Activity>,
    finalRedirect?: string,
  ): Promise<SignInUrlResponse>

  /** Forgets the token a user has for a connection; for all connections when `connectionName` is `undefined`. */
  abstract signOutUser(userId: string, connectionName: string | undefined, channelId: string): Promise<void>

  /**
   * For which connections a user has a token.
   *
   * @param includeFilter - Names of connections, separated by commas; absent: all.
   */
  abstract getTokenStatus(userId: string, channelId: string, includeFilter?: string): Promise<TokenStatus[]>

  /**
   * Tokens for resources of Entra ID, from a connection that may ask for them.
   *
   * @returns By resource.
   */
  abstract getAadTokens(
    userId: string,
    connectionName: string,
    resourceUrls: string[],
    channelId: string,
  ): Promise<Record<string, TokenResponse>>

  /**
   * Exchanges the token of a single sign-on for that of a connection.
   *
   * @returns `undefined` when the service does not know the connection or has nothing to give.
   */
  abstract exchangeToken(
    userId: string,
    connectionName: string,
    channelId: string,
    exchangeRequest: TokenExchangeRequest,
  ): Promise<TokenResponse | undefined>

  /**
   * What the service is told at the start of a sign-in, so that it finds back to the conversation: a {@link TokenExchangeState}
   * as JSON in base64.
   */
  protected static createTokenExchangeState(
    appId: string,
    connectionName: string,
    activity: Partial<Activity>,
  ): string {
    const state: Partial<Record<keyof TokenExchangeState, unknown>> = {
      connectionName,
      conversation: getConversationReference(activity),
      relatesTo: activity.relatesTo,
      msAppId: appId,
    }
    return Buffer.from(JSON.stringify(state)).toString('base64')
  }
  /**
   * Refuses arguments that are no texts before anything is sent.
   *
   * @param values - By the names of their parameters.
   * @throws {@link UserTokenArgumentError} `CORE_USER_TOKEN_ARGUMENT`
   */
  protected static requireStrings(values: Readonly<Record<string, unknown>>): void {
    for (const [parameter, value] of Object.entries(values)) {
      if (typeof value !== 'string') throw new UserTokenArgumentError(parameter)
    }
  }
}
