import type { BotRegistry } from '../bots/bot-registry.ts'
import type { RegisteredBot } from '../bots/registered-bot.ts'
import { connectionOf } from './connection-of.ts'
import type { OAuthConnection } from './oauth-connection.ts'
import { SAMPLE_USERS } from './sign-in-user.ts'
import type { SignInUser } from './sign-in-user.ts'
import type { SsoTokenOptions, TokenExchange } from './token-exchange.ts'
import type { UserToken, UserTokens } from './user-tokens.ts'

/** Whose tokens a control is about. */
export interface UserTokenOwner {
  /** App id of the bot. */
  readonly appId: string
  /** The user of the chat, `activity.from.id`. */
  readonly userId: string
  /** Default all connections of the bot; where one is needed, its first. */
  readonly connectionName?: string
  /** Default every channel; where one is needed, `directline`. */
  readonly channelId?: string
}

export interface UserTokenControlsOptions {
  readonly bots: BotRegistry
  readonly tokens: UserTokens
  readonly exchange: TokenExchange
}

/** The user token service's controls, for tests of how bots deal with signed-in and signed-out users. */
export class UserTokenControls {
  private readonly options: UserTokenControlsOptions

  constructor(options: UserTokenControlsOptions) {
    this.options = options
  }

  /**
   * Signs a user in as if they had done it on the page; the bot is told nothing.
   *
   * @param user - Who they are at the identity provider. Default the first of the page.
   * @throws RangeError when no such bot or connection is registered.
   */
  signIn(owner: UserTokenOwner, user: SignInUser = firstUser()): UserToken {
    const { bot, connection } = this.place(owner.appId, owner.connectionName)
    const { userId, channelId = 'directline' } = owner
    return this.options.tokens.signIn(bot, connection, { userId, channelId, connectionName: connection.name }, user)
  }

  /**
   * Has tokens run out now, so that the bot gets none until the user signs in again. Those it has already say themselves how
   * long they are good.
   *
   * @returns how many.
   * @throws RangeError when no such bot is registered.
   */
  expire({ appId, ...query }: UserTokenOwner): number {
    return this.options.tokens.expire(this.bot(appId), query)
  }

  /**
   * Takes everything back: tokens, sign-ins that wait for their code, and what the person had allowed.
   *
   * @returns how many tokens there were.
   * @throws RangeError when no such bot is registered.
   */
  revoke({ appId, ...query }: UserTokenOwner): number {
    const bot = this.bot(appId)
    const { tokens, exchange } = this.options
    for (const connection of bot.connections) {
      const user = tokens.userOf(bot, { ...query, connectionName: connection.name })
      const isMeant = query.connectionName === undefined || query.connectionName === connection.name
      if (user && isMeant) exchange.withdrawConsent(bot, connection, user)
    }
    return tokens.signOut(bot, query)
  }

  /**
   * A single sign-on token as a client gets it whose user is signed in there: what `signin/tokenExchange` carries.
   *
   * @throws RangeError when no such bot or connection is registered, or the connection has no single sign-on.
   */
  mintSsoToken(
    { appId, connectionName }: Pick<UserTokenOwner, 'appId' | 'connectionName'>,
    user: SignInUser = firstUser(),
    options: SsoTokenOptions = {},
  ): string {
    const { bot, connection } = this.place(appId, connectionName)
    const token = this.options.exchange.ssoToken(bot, connection, user, options)
    if (token === undefined) throw new RangeError(`The connection ${connection.name} has no single sign-on.`)
    return token
  }

  private place(appId: string, connectionName?: string): { bot: RegisteredBot; connection: OAuthConnection } {
    const bot = this.bot(appId)
    const connection = connectionName === undefined ? bot.connections[0] : connectionOf(bot, connectionName)
    if (!connection) throw new RangeError(`The bot has no connection ${connectionName ?? 'at all'}.`)
    return { bot, connection }
  }

  private bot(appId: string): RegisteredBot {
    const bot = this.options.bots.find(appId)
    if (!bot) throw new RangeError(`No bot ${appId} is registered.`)
    return bot
  }
}

function firstUser(): SignInUser {
  const [user] = SAMPLE_USERS
  if (!user) throw new RangeError('There are no users.')
  return user
}
