import type { KeyObject } from 'node:crypto'
import { jsonWebToken } from './json-web-token.cts'
import { generateSigningKey, generateSigningKeyNow } from './signing-key.ts'
import type { PublicJwk, SigningKey } from './signing-key.ts'

/** Claims of a token; times are in seconds since the epoch. */
export type TokenClaims = Readonly<Record<string, unknown>>

/** Newest first. */
type Keys = readonly [SigningKey, ...SigningKey[]]

/**
 * The keys of one issuer. The newest signs; the others stay published, so that tokens signed before a rotation are still
 * accepted, until they are withdrawn.
 *
 * Making a key takes a tenth of a second. A ring that is not given one makes it when it is first needed: who can wait does so
 * with {@link KeyRing.ready}, and for who cannot it is made on the spot.
 */
export class KeyRing {
  private made: Keys | undefined
  private making: Promise<void> | undefined
  private readonly withdrawn: Set<string> = new Set()

  /** @param key - The first one; absent to have it made. */
  constructor(key?: SigningKey) {
    this.made = key && [key]
  }

  /** Whether there is a key. */
  get isReady(): boolean {
    return this.made !== undefined
  }

  /** Sees to it that there is a key, without holding anything else up. */
  ready(): Promise<void> {
    if (this.made) return Promise.resolve()
    this.making ??= generateSigningKey().then(
      (key) => {
        this.made ??= [key]
      },
      (error: unknown) => {
        this.making = undefined
        throw error
      },
    )
    return this.making
  }

  /** Id of the key that signs. */
  get currentKid(): string {
    return this.keys[0].kid
  }

  /** Signs a compact RS256 token; claims that are `undefined` are left out. */
  sign(claims: TokenClaims): string {
    const [key] = this.keys
    const payload = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined))
    const options = { algorithm: 'RS256', keyid: key.kid, noTimestamp: !('iat' in payload) } as const
    return jsonWebToken().sign(payload, key.privateKey, options)
  }

  /** The published key `kid`. */
  find(kid: string): KeyObject | undefined {
    return this.made?.find((key) => key.kid === kid)?.publicKey
  }

  /** The key set, as published. */
  publicKeys(): readonly PublicJwk[] {
    return this.keys.map((key) => key.jwk)
  }

  /** Publishes a new key and signs with it from now on. @returns its id. */
  async rotate(): Promise<string> {
    const [key] = await Promise.all([generateSigningKey(), this.ready()])
    this.made = [key, ...this.keys]
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
    this.made = [first, ...rest]
    this.withdrawn.add(kid)
    return true
  }

  /** Whether a key was taken out of the published set in this run. */
  wasWithdrawn(kid: string): boolean {
    return this.withdrawn.has(kid)
  }

  /** Made here and now when nobody has waited for it; one that is under way is then not used. */
  private get keys(): Keys {
    this.made ??= [generateSigningKeyNow()]
    return this.made
  }
}
