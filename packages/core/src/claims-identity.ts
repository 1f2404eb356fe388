/** One statement about the sender, e.g. `{ type: 'aud', value: '<app id>' }`. */
export interface Claim {
  readonly type: string
  readonly value: string
}

/** Who sent an activity, as proven by its token. Found in `context.turnState` under the adapter's `BotIdentityKey`. */
export class ClaimsIdentity {
  readonly claims: readonly Claim[]
  readonly authenticationType: string | boolean

  /**
   * @param claims - What the token states.
   * @param authenticationType - How it was proven; `false` when it was not.
   */
  constructor(claims: readonly Claim[], authenticationType: string | boolean) {
    this.claims = claims
    this.authenticationType = authenticationType
  }

  /** Whether the sender proved who it is. */
  get isAuthenticated(): boolean {
    return typeof this.authenticationType === 'boolean' ? this.authenticationType : this.authenticationType !== ''
  }

  /** Value of the first claim of that type, or `null`. */
  getClaimValue(claimType: string): string | null {
    return this.claims.find((claim) => claim.type === claimType)?.value ?? null
  }
}
