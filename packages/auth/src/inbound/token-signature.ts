import type { KeyObject } from 'node:crypto'
import jwt from 'jsonwebtoken'
import { refused } from '../refusals.ts'
import type { TokenClaims } from './token-parts.ts'

/**
 * The claims of a token that `key` signed. The algorithm is pinned here a second time, where the cryptography is; the times
 * are left to the claim checks, which refuse each with its own code.
 *
 * @throws InboundRefusedError `AUTH_SIGNATURE`.
 */
export function verifySignature(token: string, key: KeyObject): TokenClaims {
  try {
    return jwt.verify(token, key, {
      algorithms: ['RS256'],
      ignoreExpiration: true,
      ignoreNotBefore: true,
    }) as TokenClaims
  } catch {
    // No cause: the library's message adds nothing to the code.
    throw refused('AUTH_SIGNATURE', 'The signature is not that of the key the token names.')
  }
}
