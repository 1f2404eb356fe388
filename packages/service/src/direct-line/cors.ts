import { originNotAllowed } from '../http/api-error.ts'
import { sendEmpty } from '../http/exchange.ts'
import type { Exchange, RouteHandler } from '../http/exchange.ts'
import type { OriginPolicy } from '../http/origin-policy.ts'

/** Seconds a browser may remember an answer to its preflight; short, because trust can be taken back. */
const PREFLIGHT_SECONDS = 600

const PREFLIGHT_HEADERS = {
  'Access-Control-Allow-Methods': 'GET,POST,PUT,DELETE,OPTIONS',
  'Access-Control-Allow-Headers': 'authorization,content-type,x-ms-bot-agent,x-requested-with',
  'Access-Control-Max-Age': String(PREFLIGHT_SECONDS),
} as const

/** What pages may read of an answer beside what every page may. */
const EXPOSED_HEADERS = 'Accept-Ranges,Content-Range,ETag,Retry-After,X-Correlating-OperationId'

/**
 * Lets pages of the allowed origins, and no others, call `handler` and read its answer. The origin is named, because
 * `session/getsessionid` is called with credentials, for which `*` is not valid.
 */
export function withCors(origins: OriginPolicy, handler: RouteHandler): RouteHandler {
  return (exchange) => {
    allowOrigin(exchange, origins)
    return handler(exchange)
  }
}

/** Answers the question a browser asks before it calls. */
export function answerPreflight(origins: OriginPolicy): RouteHandler {
  return withCors(origins, ({ response }) => {
    response.removeHeader('Access-Control-Expose-Headers')
    for (const [name, value] of Object.entries(PREFLIGHT_HEADERS)) response.setHeader(name, value)
    sendEmpty(response, 204)
  })
}

function allowOrigin({ request, response }: Exchange, origins: OriginPolicy): void {
  const { origin } = request.headers
  response.setHeader('Vary', 'Origin')
  if (origin === undefined) return
  if (!origins.allows(origin)) throw originNotAllowed()
  response.setHeader('Access-Control-Allow-Origin', origin)
  response.setHeader('Access-Control-Allow-Credentials', 'true')
  response.setHeader('Access-Control-Expose-Headers', EXPOSED_HEADERS)
}
