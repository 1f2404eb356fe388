import { ClaimsIdentity as CoreClaimsIdentity } from '@parley/core'
import type { Claim } from '@parley/core'

export type { Claim } from '@parley/core'

/** Who sent an activity. Identities that Parley proved are instances of it, whoever made them. */
export class ClaimsIdentity extends CoreClaimsIdentity {
  declare readonly claims: Claim[]

  /** @param authenticationType - How it was proven; `false` or nothing when it was not. */
  constructor(claims: Claim[], authenticationType?: string | boolean) {
    super(claims, authenticationType as string | boolean)
  }

  /** An empty text counts as a type, as in v4. */
  override get isAuthenticated(): boolean {
    const type: string | boolean | undefined | null = this.authenticationType
    return typeof type === 'boolean' ? type : type !== undefined && type !== null
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    if (this !== ClaimsIdentity) return Function.prototype[Symbol.hasInstance].call(this, value)
    return value instanceof CoreClaimsIdentity
  }
}
