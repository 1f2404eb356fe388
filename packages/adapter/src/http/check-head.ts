import { InboundRefusedError } from '@parley/core'
import type { InboundRequest } from './inbound-request.ts'
import { HTTP_REFUSALS } from './refusals.ts'

/** Node hides those after the thousandth from who asks by name, what a proxy has added at the end with them. */
const MAX_HEADERS = 1000

/**
 * Refuses what cannot be an activity by its method or headers: the cheapest checks, before anything else.
 *
 * @throws {@link InboundRefusedError} `HTTP_METHOD` 405, `HTTP_HEADERS` 431, `HTTP_CONTENT_TYPE` 415.
 */
export function checkHead(request: InboundRequest): void {
  if (request.method !== 'POST') {
    throw new InboundRefusedError(HTTP_REFUSALS.HTTP_METHOD, 'Activities are sent with POST.')
  }
  if (request.rawHeaders !== undefined && request.rawHeaders.length > 2 * MAX_HEADERS) {
    throw new InboundRefusedError(HTTP_REFUSALS.HTTP_HEADERS, `The request has more than ${MAX_HEADERS} headers.`)
  }
  const contentType = request.header('content-type')
  // A bare POST without a token is answered as unauthenticated, like every other request without one.
  if (contentType === undefined && request.header('authorization') === undefined) return
  if (contentType === undefined || !isJson(contentType)) {
    throw new InboundRefusedError(HTTP_REFUSALS.HTTP_CONTENT_TYPE, 'Activities are sent as application/json in UTF-8.')
  }
}

const JSON_TYPE = /^\s*application\/(?:[\w.+-]+\+)?json\s*(?:;(.*))?$/is
const CHARSET = /(?:^|;)\s*charset\s*=\s*"?([^\s";]+)/i

function isJson(contentType: string): boolean {
  if (contentType === 'application/json') return true
  const match = contentType.length > 256 ? null : JSON_TYPE.exec(contentType)
  if (!match) return false
  const charset = CHARSET.exec(match[1] ?? '')?.[1]?.toLowerCase()
  return charset === undefined || charset === 'utf-8' || charset === 'utf8' || charset === 'us-ascii'
}
