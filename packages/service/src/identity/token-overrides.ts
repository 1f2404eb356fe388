import type { TokenClaims } from './key-ring.ts'

/** What a token made for a test should say, where it differs from the usual. */
export interface TokenOverrides {
  readonly audience?: string
  /** Seconds until it expires; negative for a token that has expired. */
  readonly lifetimeSeconds?: number
  /** Put over the usual claims; a claim set to `undefined` is left out. */
  readonly claims?: TokenClaims
}
