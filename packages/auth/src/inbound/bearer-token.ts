import { refused } from '../refusals.ts'

/** What the proof is read from. Nothing else of a request is looked at before it. */
export interface InboundHeaders {
  /** Names and values in turn, as `node:http` received them: shows duplicates that `authorization` hides. Preferred. */
  readonly rawHeaders?: readonly string[] | undefined
  /** The header alone, for hosts that have no raw headers. */
  readonly authorization?: string | readonly string[] | undefined
}

const MAX_HEADER_BYTES = 8 * 1024
const SCHEME = 'bearer'

/**
 * The token of the one `Authorization: Bearer` header.
 *
 * @throws InboundRefusedError `AUTH_MISSING`, `AUTH_DUPLICATE`, `HTTP_HEADERS`, `AUTH_SCHEME` or `AUTH_MALFORMED`.
 */
export function readBearerToken(headers: InboundHeaders): string {
  const header = requireOneHeader(headers)
  requireShortHeader(header)
  const token = requireBearerScheme(header)
  requireSingleCredential(token)
  return token
}

function requireOneHeader({ rawHeaders, authorization }: InboundHeaders): string {
  const values = rawHeaders ? authorizationValues(rawHeaders) : [authorization ?? []].flat()
  if (values.length > 1) throw refused('AUTH_DUPLICATE', 'The request has more than one Authorization header.')
  const value = values[0]?.trim()
  if (!value) throw refused('AUTH_MISSING', 'The request has no Authorization header.')
  return value
}

function authorizationValues(rawHeaders: readonly string[]): string[] {
  const values: string[] = []
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!
    // The length is compared first because this runs for every header of every request.
    if (name.length === 13 && name.toLowerCase() === 'authorization') values.push(rawHeaders[index + 1]!)
  }
  return values
}

function requireShortHeader(header: string): void {
  if (header.length > MAX_HEADER_BYTES) {
    throw refused(
      'HTTP_HEADERS',
      `The Authorization header has ${header.length} bytes; ${MAX_HEADER_BYTES} are allowed.`,
    )
  }
}

/** Schemes are compared without case, as RFC 9110 §11.1 has it. */
function requireBearerScheme(header: string): string {
  const space = header.indexOf(' ')
  const scheme = space === -1 ? header : header.slice(0, space)
  if (scheme.toLowerCase() !== SCHEME) throw refused('AUTH_SCHEME', 'The Authorization scheme is not Bearer.')
  return space === -1 ? '' : header.slice(space).trimStart()
}

/** Hosts without raw headers join duplicates with commas, which no token contains. */
function requireSingleCredential(token: string): void {
  if (token.includes(',')) throw refused('AUTH_DUPLICATE', 'The request has more than one Authorization header.')
}
