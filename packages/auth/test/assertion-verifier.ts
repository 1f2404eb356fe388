import type { KeyObject } from 'node:crypto'
import { TokenExpiredError, verify } from 'jsonwebtoken'
import type { Algorithm, Jwt } from 'jsonwebtoken'

/** What the identity side knows of an app: whose signature it trusts, and what the statement must say. */
export interface TrustedStatement {
  readonly publicKey: KeyObject
  readonly algorithm: Algorithm
  readonly issuer: string
  readonly subject: string
  readonly audience: string
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/**
 * The identity side of RFC 7523: what it reads in a token request, or the answer with which it refuses it.
 *
 * @param clock - Milliseconds since 1970 on the identity side.
 */
export function verifyAssertion(body: string, trusted: TrustedStatement, clock: number = Date.now()): Jwt | object {
  const form = new URLSearchParams(body)
  const { publicKey, algorithm, ...statement } = trusted
  try {
    if (form.get('client_assertion_type') !== ASSERTION_TYPE) throw new Error('not an assertion')
    return verify(form.get('client_assertion') ?? '', publicKey, {
      ...statement,
      algorithms: [algorithm],
      clockTimestamp: Math.floor(clock / 1000),
      complete: true,
    })
  } catch (error) {
    const entra = error instanceof TokenExpiredError ? 'AADSTS700024' : 'AADSTS700027'
    return { error: 'invalid_client', error_description: `${entra}: ${(error as Error).message}` }
  }
}
