import { randomBytes } from 'node:crypto'
import { sendJson } from '../http/exchange.ts'
import type { DirectLineCall } from './direct-line-call.ts'

const COOKIE = 'webchat_session_v2'
const SESSION_ID = /^[A-Za-z0-9_-]{43}$/

/**
 * `GET session/getsessionid`: ties a sign-in that ends in another window to this browser. The id is the browser's cookie, so
 * it stays the same as long as the browser runs, and nothing is stored here.
 */
export function getSessionId({ exchange, services }: DirectLineCall): void {
  services.access.authorize(exchange)
  const known = cookieOf(exchange.request.headers.cookie)
  const sessionId = known ?? randomBytes(32).toString('base64url')
  if (known === undefined) {
    exchange.response.setHeader(
      'Set-Cookie',
      `${COOKIE}=${sessionId}; Path=/v3/directline/session; HttpOnly; SameSite=Lax`,
    )
  }
  sendJson(exchange.response, 200, { sessionId })
}

function cookieOf(header = ''): string | undefined {
  const pair = header.split('; ').find((candidate) => candidate.startsWith(`${COOKIE}=`))
  const value = pair?.slice(COOKIE.length + 1) ?? ''
  return SESSION_ID.test(value) ? value : undefined
}
