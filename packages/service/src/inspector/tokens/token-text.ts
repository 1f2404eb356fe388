import { bearerOf } from '../../identity/verify-token.ts'

/** A token taken apart. Its signature, without which it is worth nothing, is not kept. */
export interface TokenText {
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
}

/** Takes the token of an `Authorization` header apart; `undefined` when there is none that can be. */
export function readToken(authorization: string | undefined): TokenText | undefined {
  const [header, claims, signature] = (bearerOf(authorization) ?? '').split('.').slice(0, 3)
  const parts = signature === undefined ? undefined : { header: parse(header), claims: parse(claims) }
  return parts?.header && parts.claims ? { header: parts.header, claims: parts.claims } : undefined
}

function parse(part: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString())
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined
  } catch {
    return undefined
  }
}
