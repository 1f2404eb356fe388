import type { KeyObject } from 'node:crypto'
import type * as JsonWebToken from 'jsonwebtoken'
import { refused } from '../refusals.ts'
import type { TokenClaims } from './token-parts.ts'

/**
 * The claims of a token that `key` signed. The algorithm is pinned here a second time, where the cryptography is; the times
 * are left to the claim checks, which refuse each with its own code.
 *
 * @throws InboundRefusedError `AUTH_SIGNATURE`.
 */
export async function verifySignature(token: string, key: KeyObject): Promise<TokenClaims> {
  const verify = await loadVerify()
  try {
    return verify(token, key, {
      algorithms: ['RS256'],
      ignoreExpiration: true,
      ignoreNotBefore: true,
    }) as TokenClaims
  } catch {
    // No cause: the library's message adds nothing to the code.
    throw refused('AUTH_SIGNATURE', 'The signature is not that of the key the token names.')
  }
}

type Verify = (typeof JsonWebToken)['verify']

let loaded: Promise<Verify> | undefined

/** Loaded with the first token: a bot that is only started, or has no app id, need not pay for it. */
function loadVerify(): Promise<Verify> {
  loaded ??= import('jsonwebtoken').then(({ default: { verify } }) => verify)
  return loaded
}
