import { randomBytes } from 'node:crypto'
import type { BotRegistry } from '../bots/bot-registry.ts'
import type { RegisteredBot } from '../bots/registered-bot.ts'
import type { Clock } from '../clock.ts'
import { ApiError, badArgument } from '../http/api-error.ts'
import type { KeptRecords } from '../store/kept-records.ts'
import { connectionOf } from './connection-of.ts'
import type { OAuthConnection } from './oauth-connection.ts'
import type { RecordOwner } from './owned-records.ts'
import type { SignInUser } from './sign-in-user.ts'
import type { UserTokenIssuer } from './user-token-issuer.ts'
import type { UserToken, UserTokens } from './user-tokens.ts'

/** What is exchanged: a single sign-on token, or, for another bot's card, the `uri` such a token has to be for. */
export type ExchangeRequest =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'uri'; readonly uri: string }

export interface TokenExchangeOptions {
  readonly tokens: UserTokens
  readonly issuer: UserTokenIssuer
  readonly records: KeptRecords
  readonly bots: BotRegistry
  readonly clock: Clock
}

/** A single sign-on token for a test or a page. */
export interface SsoTokenOptions {
  /** Default 3600; negative for a token that has expired. */
  readonly lifetimeSeconds?: number
}

const SSO_LIFETIME_SECONDS = 3600

/** A consent that is never used again is forgotten after a year. */
const CONSENT_LIFETIME_MS = 365 * 24 * 3_600_000

/** Single sign-on: whoever is signed in with the client already need not sign in again, unless something is to be allowed. */
export class TokenExchange {
  private readonly options: TokenExchangeOptions

  constructor(options: TokenExchangeOptions) {
    this.options = options
  }

  /**
   * Exchanges. Asked again with the same person, it gives the token that person has.
   *
   * @returns `undefined` without such a connection, or when a `uri` is asked for by a user who is not signed in.
   * @throws ApiError 400 `InvalidExchangeToken`, `ConsentRequired` or `BadArgument`.
   */
  exchange(bot: RegisteredBot, owner: RecordOwner, request: ExchangeRequest): UserToken | undefined {
    const connection = connectionOf(bot, owner.connectionName)
    if (!connection) return undefined
    if (request.kind === 'uri') return this.forResource(bot, owner, request.uri)
    const { tokens, issuer } = this.options
    const { exchangeUri } = connection
    if (exchangeUri === undefined) throw badArgument(`The connection ${connection.name} has no single sign-on.`)
    const issued = issuer.check(request.token, exchangeUri)
    if (!issued) throw invalidToken(exchangeUri)
    const { user } = issued
    if (connection.requiresConsent && !this.hasConsented(bot, connection, user)) throw consentRequired()
    const signedIn = tokens.userOf(bot, owner)?.upn === user.upn ? tokens.find(bot, owner) : undefined
    return signedIn ?? tokens.signIn(bot, connection, owner, user)
  }

  /** Notes that `user` has allowed a connection what it asks for. */
  noteConsent(bot: RegisteredBot, connection: OAuthConnection, user: SignInUser): void {
    const expiresAt = this.options.clock.now() + CONSENT_LIFETIME_MS
    this.options.records.put({ kind: 'consent', ...consentKey(bot, connection, user), value: true, expiresAt })
  }

  /** Takes back what {@link TokenExchange.noteConsent} noted. @returns whether there was something. */
  withdrawConsent(bot: RegisteredBot, connection: OAuthConnection, user: SignInUser): boolean {
    const { owner, name } = consentKey(bot, connection, user)
    return this.options.records.remove('consent', owner, name)
  }

  /** A token as a client gets it that is signed in as `user`; `undefined` for a connection without single sign-on. */
  ssoToken(
    bot: RegisteredBot,
    connection: OAuthConnection,
    user: SignInUser,
    { lifetimeSeconds = SSO_LIFETIME_SECONDS }: SsoTokenOptions = {},
  ): string | undefined {
    const { issuer, clock } = this.options
    if (connection.exchangeUri === undefined) return undefined
    const issuedAt = clock.now()
    const expiresAt = issuedAt + lifetimeSeconds * 1000
    const grant = { user, id: randomBytes(16).toString('base64url'), issuedAt, expiresAt }
    return issuer.issue(grant, { bot, audience: connection.exchangeUri, scopes: ['access_as_user'] })
  }

  /** A bot that uses another one asks with the `uri` of that one's card; nothing else is given tokens for. */
  private forResource(bot: RegisteredBot, owner: RecordOwner, uri: string): UserToken | undefined {
    const isKnown = this.options.bots
      .all()
      .some(({ connections }) => connections.some((one) => one.exchangeUri === uri))
    if (!isKnown) throw badArgument('No connection of a registered bot exchanges tokens for this uri.')
    return this.options.tokens.find(bot, owner, uri)
  }

  private hasConsented(bot: RegisteredBot, connection: OAuthConnection, user: SignInUser): boolean {
    const { owner, name } = consentKey(bot, connection, user)
    return this.options.records.get('consent', owner, name) === true
  }
}

function consentKey(
  bot: RegisteredBot,
  connection: OAuthConnection,
  { upn }: SignInUser,
): { owner: string; name: string } {
  return { owner: JSON.stringify([bot.appId, connection.name]), name: upn }
}

function invalidToken(exchangeUri: string): ApiError {
  const text = `The token is none of this service for ${exchangeUri}, or has expired.`
  return new ApiError(400, 'InvalidExchangeToken', text)
}

function consentRequired(): ApiError {
  return new ApiError(400, 'ConsentRequired', 'The user has to allow the connection what it asks for: show the card.')
}
