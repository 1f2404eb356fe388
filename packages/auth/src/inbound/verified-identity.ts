import { CallerIdConstants, ClaimsIdentity } from '@parley/core'
import type { Claim } from '@parley/core'
import type { TokenClaims } from './token-parts.ts'

/**
 * How a sender was proven: the channel service; the bot's own token, as the Emulator and the App Service Extension send it;
 * another bot; not at all.
 */
export type IdentityKind = 'channel' | 'emulator' | 'bot' | 'anonymous'

/** What a {@link VerifiedIdentity} states. */
export interface VerifiedFacts {
  readonly kind: IdentityKind
  readonly claims: TokenClaims
  readonly appId?: string
  readonly callerAppId?: string
  readonly callerId?: string
  readonly serviceUrl?: string
  readonly endorsements?: readonly string[] | undefined
  readonly expiresAt?: Date
}

/** Who sent an activity, as proven by its token. Immutable: requests with the same token share one object. */
export class VerifiedIdentity extends ClaimsIdentity {
  readonly kind: IdentityKind
  /** This bot's app id, which is the token's audience. `undefined` for anonymous senders. */
  readonly appId: string | undefined
  /** App id of the calling bot, or of this bot for its own token. */
  readonly callerAppId: string | undefined
  /** Value for `activity.callerId`, e.g. `urn:botframework:azure`. `undefined` for anonymous senders. */
  readonly callerId: string | undefined
  /** The connector that a channel token vouches for. */
  readonly serviceUrl: string | undefined
  /** Channels the sender may speak for; `undefined` for any: the issuer of its key endorses none, or it is no channel. */
  readonly endorsements: readonly string[] | undefined
  /** The token's `exp`. `undefined` for anonymous senders. */
  readonly expiresAt: Date | undefined

  constructor(facts: VerifiedFacts) {
    super(toClaims(facts.claims), facts.kind === 'anonymous' ? false : 'Bearer')
    this.kind = facts.kind
    this.appId = facts.appId
    this.callerAppId = facts.callerAppId
    this.callerId = facts.callerId
    this.serviceUrl = facts.serviceUrl
    this.endorsements = facts.endorsements
    this.expiresAt = facts.expiresAt
    Object.freeze(this)
  }
}

/** `callerId` of a bot. */
export function botCallerId(appId: string): string {
  return CallerIdConstants.BotToBotPrefix + appId
}

function toClaims(claims: TokenClaims): readonly Claim[] {
  const list = Object.entries(claims).map(([type, value]) => Object.freeze({ type, value: toText(value) }))
  return Object.freeze(list)
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
