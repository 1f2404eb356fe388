import type { JwtPayload } from 'jsonwebtoken'
import { toSeconds } from '../clock.ts'
import type { Clock } from '../clock.ts'
import { jsonWebToken } from './json-web-token.cts'
import type { KeyRing } from './key-ring.ts'

/** Longest token looked at; ours are under 2 KiB. */
const MAX_TOKEN_LENGTH = 8 * 1024

/** What a token turned out to be. Why it is invalid is nobody's business but the log's. */
export type TokenCheck =
  | { readonly kind: 'valid'; readonly claims: JwtPayload }
  | { readonly kind: 'expired' }
  | { readonly kind: 'invalid'; readonly reason: string }

export interface VerifyTokenOptions {
  readonly keys: KeyRing
  readonly audience: string
  readonly clock: Clock
}

/** Checks signature, audience and times of a token this service issued: RS256 only, `kid` and `exp` required. */
export function verifyToken(token: string, { keys, audience, clock }: VerifyTokenOptions): TokenCheck {
  if (token.length > MAX_TOKEN_LENGTH) return { kind: 'invalid', reason: 'too long' }
  const jwt = jsonWebToken()
  const header = jwt.decode(token, { complete: true })?.header
  const key = typeof header?.kid === 'string' ? keys.find(header.kid) : undefined
  if (!key) return { kind: 'invalid', reason: 'unknown key' }
  try {
    const claims = jwt.verify(token, key, {
      algorithms: ['RS256'],
      audience,
      clockTimestamp: toSeconds(clock.now()),
    })
    if (typeof claims === 'string' || typeof claims.exp !== 'number') return { kind: 'invalid', reason: 'no exp' }
    return { kind: 'valid', claims }
  } catch (error) {
    if (error instanceof jwt.TokenExpiredError) return { kind: 'expired' }
    return { kind: 'invalid', reason: error instanceof Error ? error.message : 'unreadable' }
  }
}

/** The credentials of an `Authorization: Bearer …` header, or `undefined` when there is no such header. */
export function bearerOf(authorization: string | undefined): string | undefined {
  const match = /^Bearer +([^\s]+)$/i.exec(authorization ?? '')
  return match?.[1]
}
