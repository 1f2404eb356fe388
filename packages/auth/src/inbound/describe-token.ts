/** What a token says of itself. The sender's own words: for a log, never for a decision. */
export interface TokenDescription {
  /** The key it says it is signed with. */
  readonly kid?: string
  /** The issuer it says it is from. */
  readonly iss?: string
}

const MAX_HEADER_LENGTH = 8 * 1024

/**
 * Reads who a token that was refused claims to be, as far as it can be read. Nothing is verified, shortened or cleaned.
 *
 * @param authorization - Value of the `Authorization` header; more than 8 KiB are not looked at.
 */
export function describeToken(authorization: string | undefined): TokenDescription {
  if (authorization === undefined || authorization.length > MAX_HEADER_LENGTH) return {}
  const [header, payload] = authorization.slice(authorization.lastIndexOf(' ') + 1).split('.', 2)
  const kid = textIn(header, 'kid')
  const iss = textIn(payload, 'iss')
  return { ...(kid === undefined ? {} : { kid }), ...(iss === undefined ? {} : { iss }) }
}

function textIn(part: string | undefined, name: string): string | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'))?.[name]
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}
