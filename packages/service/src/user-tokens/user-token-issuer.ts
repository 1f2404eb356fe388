import { createHash } from 'node:crypto'
import type { RegisteredBot } from '../bots/registered-bot.ts'
import { toSeconds } from '../clock.ts'
import type { Clock } from '../clock.ts'
import type { KeyRing } from '../identity/key-ring.ts'
import { stableGuid } from '../identity/stable-guid.ts'
import { verifyToken } from '../identity/verify-token.ts'
import { objectIdOf, parseSignInUser } from './sign-in-user.ts'
import type { SignInUser } from './sign-in-user.ts'

/** Somebody's sign-in, as the text of every token of it is made from. */
export interface UserGrant {
  readonly user: SignInUser
  /** The tokens' `uti`; nobody guesses it. */
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly issuedAt: number
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
}

/** What a user's token is for. */
export interface TokenPurpose {
  readonly bot: RegisteredBot
  readonly audience: string
  readonly scopes: readonly string[]
}

/** Who a token was issued to. */
export interface IssuedTo {
  readonly user: SignInUser
  /** App id of the bot. */
  readonly botId: string
  /** The `id` of the grant. */
  readonly grantId: string
  readonly claims: Readonly<Record<string, unknown>>
}

export interface UserTokenIssuerOptions {
  /** Of this issuer alone: a user's token must not pass for a bot's, nor for the channel's. */
  readonly keys: KeyRing
  /** `iss`, and base address of the OpenID metadata. */
  readonly issuer: string
  readonly clock: Clock
}

/** The tenant of the users of bots that are of none. */
const LOCAL_TENANT_ID = stableGuid('the tenant of users who sign in at the local service')

/**
 * Issues the tokens of users: RS256, version 2.0 claims. A token is made from its grant whenever it is asked for, always the
 * same, so that no token needs to be kept.
 */
export class UserTokenIssuer {
  readonly issuer: string
  readonly keys: KeyRing
  private readonly clock: Clock

  constructor({ keys, issuer, clock }: UserTokenIssuerOptions) {
    this.keys = keys
    this.issuer = issuer
    this.clock = clock
  }

  issue({ user, id, issuedAt, expiresAt }: UserGrant, { bot, audience, scopes }: TokenPurpose): string {
    const tenantId = bot.tenantId ?? LOCAL_TENANT_ID
    const objectId = objectIdOf(user, tenantId)
    const now = toSeconds(issuedAt)
    return this.keys.sign({
      iss: this.issuer,
      aud: audience,
      iat: now,
      nbf: now,
      exp: toSeconds(expiresAt),
      azp: bot.appId,
      name: user.name,
      oid: objectId,
      preferred_username: user.upn,
      scp: scopes.join(' '),
      sub: createHash('sha256').update(`${bot.appId}/${objectId}`).digest('base64url'),
      tid: tenantId,
      upn: user.upn,
      uti: id,
      ver: '2.0',
    })
  }

  /** Who a token for `audience` was issued to; `undefined` when it proves nobody, or has expired. */
  check(token: string, audience: string): IssuedTo | undefined {
    const check = verifyToken(token, { keys: this.keys, clock: this.clock, audience })
    if (check.kind !== 'valid' || check.claims.iss !== this.issuer) return undefined
    const claims = check.claims as Readonly<Record<string, unknown>>
    const user = parseSignInUser(claims['name'], claims['upn'])
    return user && { user, botId: String(claims['azp']), grantId: String(claims['uti']), claims }
  }
}
