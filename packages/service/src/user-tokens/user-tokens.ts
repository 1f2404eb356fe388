import { randomBytes, randomInt } from 'node:crypto'
import type { RegisteredBot } from '../bots/registered-bot.ts'
import type { Clock } from '../clock.ts'
import { sameSecret } from '../identity/same-secret.ts'
import type { KeptRecords } from '../store/kept-records.ts'
import { connectionOf } from './connection-of.ts'
import type { OAuthConnection } from './oauth-connection.ts'
import { OwnedRecords } from './owned-records.ts'
import type { OwnerQuery, RecordOwner } from './owned-records.ts'
import type { SignInUser } from './sign-in-user.ts'
import type { UserGrant, UserTokenIssuer } from './user-token-issuer.ts'

/** A token as bots get it. */
export interface UserToken {
  readonly channelId: string
  readonly connectionName: string
  readonly token: string
  /** ISO 8601. */
  readonly expiration: string
}

/** Whether a user is signed in to one connection. */
export interface UserTokenStatus {
  readonly channelId: string
  readonly connectionName: string
  readonly hasToken: boolean
  readonly serviceProviderDisplayName: string
}

/** A sign-in that becomes valid when its code is typed into the chat. */
interface HeldSignIn {
  readonly code: string
  readonly user: SignInUser
  readonly wrongGuesses: number
  readonly expiresAt: number
}

export interface UserTokensOptions {
  readonly records: KeptRecords
  readonly issuer: UserTokenIssuer
  readonly clock: Clock
}

/** How long the code shown at the end of a sign-in can be typed into the chat. */
const CODE_LIFETIME_MS = 15 * 60_000

/** Six digits withstand guessing only when guesses are counted. */
const MAX_CODE_GUESSES = 5

/** What users are signed in to, by bot, user, channel and connection: a bot reaches the tokens of its own users only. */
export class UserTokens {
  private readonly options: UserTokensOptions
  private readonly grants: OwnedRecords<UserGrant>
  private readonly held: OwnedRecords<HeldSignIn>

  constructor(options: UserTokensOptions) {
    this.options = options
    this.grants = new OwnedRecords(options.records, 'user-token')
    this.held = new OwnedRecords(options.records, 'sign-in-code')
  }

  /**
   * The token of a user who is signed in.
   *
   * @param audience - Whom it is for, if not the connection's resource.
   */
  find(bot: RegisteredBot, query: OwnerQuery, audience?: string): UserToken | undefined {
    const connection = connectionOf(bot, query.connectionName)
    const found = connection && this.grants.find(bot.appId, query)
    return found && this.tokenOf(bot, connection, found.channelId, found.value, audience)
  }

  /** Who is signed in. */
  userOf(bot: RegisteredBot, query: OwnerQuery): SignInUser | undefined {
    return this.grants.find(bot.appId, query)?.value.user
  }

  /** Signs `user` in, as the user of a chat that `owner` names. An earlier sign-in of theirs ends. */
  signIn(bot: RegisteredBot, connection: OAuthConnection, owner: RecordOwner, user: SignInUser): UserToken {
    const issuedAt = this.options.clock.now()
    const expiresAt = issuedAt + connection.tokenLifetimeSeconds * 1000
    const grant = { user, id: randomBytes(16).toString('base64url'), issuedAt, expiresAt }
    this.grants.put(bot.appId, owner, grant, expiresAt)
    return this.tokenOf(bot, connection, owner.channelId, grant)
  }

  /**
   * Holds a sign-in until its code is typed into the chat; an earlier one that waits for its code ends.
   *
   * @returns the code, six digits.
   */
  hold(bot: RegisteredBot, owner: RecordOwner, user: SignInUser): string {
    const code = String(randomInt(1_000_000)).padStart(6, '0')
    const expiresAt = this.options.clock.now() + CODE_LIFETIME_MS
    this.held.put(bot.appId, owner, { code, user, wrongGuesses: 0, expiresAt }, expiresAt)
    return code
  }

  /** Signs in who has typed the code of a sign-in that was held. It works once; after five wrong ones it is void. */
  redeem(bot: RegisteredBot, query: OwnerQuery, code: string): UserToken | undefined {
    const connection = connectionOf(bot, query.connectionName)
    const found = connection && this.held.find(bot.appId, query)
    if (!found) return undefined
    const { channelId, value } = found
    const owner = { ...query, channelId }
    return this.options.records.atomically(() => {
      this.held.remove(bot.appId, owner)
      if (sameSecret(code, value.code)) return this.signIn(bot, connection, owner, value.user)
      const wrongGuesses = value.wrongGuesses + 1
      if (wrongGuesses < MAX_CODE_GUESSES) this.held.put(bot.appId, owner, { ...value, wrongGuesses }, value.expiresAt)
      return undefined
    })
  }

  /** Signs a user out; what waits for its code is dropped too. @returns how many tokens there were. */
  signOut(bot: RegisteredBot, query: Partial<OwnerQuery> & Pick<OwnerQuery, 'userId'>): number {
    return this.options.records.atomically(() =>
      ownersOf(bot, query).reduce((count, owner) => {
        this.held.remove(bot.appId, owner)
        return count + this.grants.remove(bot.appId, owner)
      }, 0),
    )
  }

  /** Has a user's tokens run out now. @returns how many there were. */
  expire(bot: RegisteredBot, query: Partial<OwnerQuery> & Pick<OwnerQuery, 'userId'>): number {
    return ownersOf(bot, query).reduce((count, owner) => count + this.grants.remove(bot.appId, owner), 0)
  }

  /** What a user is signed in to: of all the bot's connections, or of those named. */
  statuses(bot: RegisteredBot, userId: string, channelId?: string, include?: readonly string[]): UserTokenStatus[] {
    return bot.connections
      .filter(({ name }) => include === undefined || include.includes(name))
      .map(({ name, displayName }) => {
        const grant = this.grants.find(bot.appId, { userId, connectionName: name, channelId })
        return {
          channelId: channelId ?? grant?.channelId ?? '',
          connectionName: name,
          hasToken: grant !== undefined,
          serviceProviderDisplayName: displayName,
        }
      })
  }

  private tokenOf(
    bot: RegisteredBot,
    connection: OAuthConnection,
    channelId: string,
    grant: UserGrant,
    audience?: string,
  ): UserToken {
    const { issuer } = this.options
    return {
      channelId,
      connectionName: connection.name,
      token: issuer.issue(grant, {
        bot,
        audience: audience ?? connection.resource ?? issuer.issuer,
        scopes: connection.scopes,
      }),
      expiration: new Date(grant.expiresAt).toISOString(),
    }
  }
}

/** Without the name of a connection all of them are meant. */
function ownersOf(
  bot: RegisteredBot,
  { userId, connectionName, channelId }: Partial<OwnerQuery> & Pick<OwnerQuery, 'userId'>,
): readonly OwnerQuery[] {
  const names = connectionName === undefined ? bot.connections.map(({ name }) => name) : [connectionName]
  return names.map((name) => ({ userId, connectionName: name, channelId }))
}
