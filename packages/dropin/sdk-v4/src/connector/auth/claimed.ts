import type { InboundHeaders } from '@parley/auth'

/** What a token says of itself, before anything of it is proven: for choosing whose keys to look into, never for a decision. */
export type ClaimedFacts = Readonly<Record<string, unknown>>

const MAX_TOKEN_LENGTH = 16 * 1024

/** The claims of an Authorization header; `undefined` when it holds no token that can be read. */
export function claimedFacts(authHeader: string | null | undefined): ClaimedFacts | undefined {
  if (!authHeader || authHeader.length > MAX_TOKEN_LENGTH) return undefined
  return readPart(authHeader, 1)
}

/** The key that a token says it is signed with. */
export function claimedKeyId(authHeader: string): string {
  const kid = readPart(authHeader, 0)?.['kid']
  return typeof kid === 'string' ? printed(kid) : 'undefined'
}

/** The one Authorization header of a request; `undefined` when it has none or several. */
export function authorizationOf({ rawHeaders, authorization }: InboundHeaders): string | undefined {
  const values = rawHeaders
    ? rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'authorization')
    : [authorization ?? []].flat()
  return values.length === 1 ? values[0] : undefined
}

/** A sender's value in a form that can neither break a log line nor flood it. */
export function printed(value: unknown): string {
  // oxlint-disable-next-line no-control-regex
  return String(value)
    .slice(0, 128)
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, '')
}

function readPart(authHeader: string, index: number): ClaimedFacts | undefined {
  const part = authHeader.trim().split(' ').at(-1)?.split('.')[index]
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as ClaimedFacts) : undefined
  } catch {
    return undefined
  }
}
