import type { KeyObject } from 'node:crypto'
import jwt from 'jsonwebtoken'
import { generateSigningKey } from './signing-key.ts'
import type { PublicJwk, SigningKey } from './signing-key.ts'

/** Claims of a token; times are in seconds since the epoch. */
export type TokenClaims = Readonly<Record<string, unknown>>

/**
 * The keys of one issuer. The newest signs; the others stay published, so that tokens signed before a rotation are still
 * accepted, until they are withdrawn.
 */
export class KeyRing {
  /** Newest first; never empty. */
  private keys: readonly [SigningKey, ...SigningKey[]]

  /** @param key - The first one. */
  constructor(key: SigningKey) {
    this.keys = [key]
  }

  /** A ring with a new key. */
  static async create(): Promise<KeyRing> {
    return new KeyRing(await generateSigningKey())
  }

  /** Id of the key that signs. */
  get currentKid(): string {
    return this.keys[0].kid
  }

  /** Signs a compact RS256 token; claims that are `undefined` are left out. */
  sign(claims: TokenClaims): string {
    const [key] = this.keys
    const payload = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined))
    return jwt.sign(payload, key.privateKey, { algorithm: 'RS256', keyid: key.kid, noTimestamp: !('iat' in payload) })
  }

  /** The published key `kid`. */
  find(kid: string): KeyObject | undefined {
    return this.keys.find((key) => key.kid === kid)?.publicKey
  }

  /** The key set, as published. */
  publicKeys(): readonly PublicJwk[] {
    return this.keys.map((key) => key.jwk)
  }

  /** Publishes a new key and signs with it from now on. @returns its id. */
  async rotate(): Promise<string> {
    const key = await generateSigningKey()
    this.keys = [key, ...this.keys]
    return key.kid
  }

  /**
   * Takes a key out of the published set; what it signed is refused from now on. Withdrawing the key that signs needs a
   * successor, so rotate first.
   *
   * @returns whether the key was withdrawn: false for an unknown key and for the last one.
   */
  withdraw(kid: string): boolean {
    const [first, ...rest] = this.keys.filter((key) => key.kid !== kid)
    if (first === undefined || rest.length + 1 === this.keys.length) return false
    this.keys = [first, ...rest]
    return true
  }
}
