import { hash } from 'node:crypto'
import { BoundedMap } from '@parley/core/internal'
import type { SigningKey } from '../keys/key-set.ts'
import type { KeyStore } from '../keys/key-store.ts'
import type { VerifiedIdentity } from './verified-identity.ts'

/** What is known of a token that was verified before. */
export interface VerifiedToken {
  readonly identity: VerifiedIdentity
  /** The key that signed it, and the store that must still hold that key. */
  readonly key: SigningKey
  readonly keys: KeyStore
  /** Milliseconds since the epoch from which the token is refused as expired. */
  readonly refusedAt: number
}

const MAX_TOKENS = 10_000

/**
 * Tokens that need no second look at their signature: a channel uses one for about an hour. Kept under their SHA-256, so that
 * a memory dump holds no usable token.
 */
export class VerifiedTokens {
  private readonly tokens: BoundedMap<string, VerifiedToken>

  constructor(maxTokens: number = MAX_TOKENS) {
    this.tokens = new BoundedMap(maxTokens)
  }

  get size(): number {
    return this.tokens.size
  }

  /**
   * The identity of a token that was verified, has not expired since, and whose key is still published.
   *
   * @throws InboundRefusedError `AUTH_KEYS_UNAVAILABLE` (503): whether the key is still published cannot be told.
   */
  async recall(token: string, now: () => number): Promise<VerifiedIdentity | undefined> {
    const digest = digestOf(token)
    const known = this.tokens.get(digest)
    if (!known) return undefined
    if (!known.keys.isFresh()) await known.keys.ready()
    if (now() < known.refusedAt && known.keys.holds(known.key)) return known.identity
    this.tokens.delete(digest)
    return undefined
  }

  remember(token: string, verified: VerifiedToken): void {
    this.tokens.set(digestOf(token), verified)
  }
}

function digestOf(token: string): string {
  return hash('sha256', token, 'base64')
}
