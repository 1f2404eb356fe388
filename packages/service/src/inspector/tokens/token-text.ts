import { bearerOf } from '../../identity/verify-token.ts'

/** A token taken apart. Its signature, without which it is worth nothing, is not kept. */
export interface TokenText {
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
}

/** The same token comes with many calls. Its signature is not kept here either. */
const MAX_KNOWN = 32
const known: Map<string, TokenText> = new Map()

/** Takes the token of an `Authorization` header apart; `undefined` when there is none that can be. */
export function readToken(authorization: string | undefined): TokenText | undefined {
  const token = bearerOf(authorization) ?? ''
  const unsigned = token.slice(0, Math.max(0, token.lastIndexOf('.')))
  const earlier = known.get(unsigned)
  if (earlier) return earlier
  const [header, claims, ...more] = unsigned.split('.')
  const parts = claims === undefined || more.length > 0 ? undefined : { header: parse(header), claims: parse(claims) }
  if (!parts?.header || !parts.claims) return undefined
  const read = { header: parts.header, claims: parts.claims }
  known.set(unsigned, read)
  const [oldest] = known.keys()
  if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest)
  return read
}

function parse(part: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString())
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined
  } catch {
    return undefined
  }
}
