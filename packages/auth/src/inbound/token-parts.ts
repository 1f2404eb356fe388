import { refused } from '../refusals.ts'

/** What a token says. Worth nothing before its signature is verified. */
export type TokenClaims = Readonly<Record<string, unknown>>

/** What the outside of a token shows, shape and size checked, nothing proven. */
export interface TokenParts {
  /** Which key is said to have signed. */
  readonly kid: string
  /** Used for one thing only: choosing whose keys to look into. */
  readonly claimedIssuer: unknown
}

const COMPACT_JWS = /^([\w-]+)\.([\w-]+)\.([\w-]*)$/
const MAX_HEADER_BYTES = 1024
const MAX_PAYLOAD_BYTES = 4 * 1024
const MAX_CLAIMS = 64
const MAX_KID_LENGTH = 128
const ALGORITHM = 'RS256'
const OWN_KEY_HEADERS = ['jwk', 'jku', 'x5c', 'x5u']

/**
 * Reads a compact JWS as far as it can be read without a key.
 *
 * @throws InboundRefusedError `AUTH_MALFORMED`, `AUTH_ALG`, `AUTH_KID_INVALID`, `AUTH_CRIT` or `AUTH_KID_UNKNOWN`.
 */
export function readTokenParts(token: string): TokenParts {
  const [headerPart, payloadPart] = splitToken(token)
  const header = decodeObject(headerPart, MAX_HEADER_BYTES)
  requireRs256(header)
  const kid = requireKid(header)
  refuseCritical(header)
  refuseOwnKey(header)
  const claims = decodeObject(payloadPart, MAX_PAYLOAD_BYTES)
  requireFewClaims(claims)
  return { kid, claimedIssuer: claims['iss'] }
}

function splitToken(token: string): [header: string, payload: string] {
  const parts = COMPACT_JWS.exec(token)
  if (!parts) throw refused('AUTH_MALFORMED', 'The token is not three base64url parts.')
  return [parts[1]!, parts[2]!]
}

function decodeObject(part: string, maxBytes: number): Record<string, unknown> {
  const bytes = Buffer.from(part, 'base64url')
  if (bytes.length > maxBytes) throw refused('AUTH_MALFORMED', `A part of the token has more than ${maxBytes} bytes.`)
  const value = parseJson(bytes)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refused('AUTH_MALFORMED', 'A part of the token is not a JSON object.')
  }
  return value as Record<string, unknown>
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

function requireRs256(header: TokenClaims): void {
  if (header['alg'] !== ALGORITHM) throw refused('AUTH_ALG', `The token is not signed with ${ALGORITHM}.`)
}

function requireKid(header: TokenClaims): string {
  const kid = header['kid']
  if (typeof kid !== 'string' || kid === '' || kid.length > MAX_KID_LENGTH) {
    throw refused('AUTH_KID_INVALID', `The token's kid is not a string of 1 to ${MAX_KID_LENGTH} characters.`)
  }
  return kid
}

/** RFC 7515 §4.1.11: a header that demands an extension we do not have must not be accepted. */
function refuseCritical(header: TokenClaims): void {
  if ('crit' in header) throw refused('AUTH_CRIT', 'The token demands header extensions (crit).')
}

/** Keys come from the configured issuer alone; a sender that brings or points to one is refused before it is looked up. */
function refuseOwnKey(header: TokenClaims): void {
  const own = OWN_KEY_HEADERS.find((name) => name in header)
  if (own) throw refused('AUTH_KID_UNKNOWN', `The token brings or points to its own key (${own}).`)
}

function requireFewClaims(claims: TokenClaims): void {
  if (Object.keys(claims).length > MAX_CLAIMS) {
    throw refused('AUTH_MALFORMED', `The token has more than ${MAX_CLAIMS} claims.`)
  }
}
