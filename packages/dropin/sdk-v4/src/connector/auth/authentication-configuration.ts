import type { Claim } from './claims-identity.ts'

/** Decides whether another bot may call; rejects when it may not. */
export type ValidateClaims = (claims: Claim[]) => Promise<void>

/** Rules of authentication beyond the token itself. */
export class AuthenticationConfiguration {
  /** Endorsements a signing key must have besides that for the channel. */
  requiredEndorsements: string[]
  /** Without it no other bot may call. */
  validateClaims?: ValidateClaims | undefined
  /** Issuers accepted besides those of the Bot Framework: a single-tenant bot lists those of its tenant. */
  validTokenIssuers?: string[] | undefined

  constructor(requiredEndorsements: string[] = [], validateClaims?: ValidateClaims, validTokenIssuers?: string[]) {
    this.requiredEndorsements = requiredEndorsements
    this.validateClaims = validateClaims
    this.validTokenIssuers = validTokenIssuers
  }
}
