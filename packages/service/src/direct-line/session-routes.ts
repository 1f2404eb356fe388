import { randomBytes } from 'node:crypto'
import { cookieOf } from '../http/cookie-of.ts'
import { sendJson } from '../http/exchange.ts'
import type { Exchange } from '../http/exchange.ts'
import type { DirectLineCall } from './direct-line-call.ts'

/** Sent to the whole service: the sign-in page compares it with the session a link was opened from. */
const COOKIE = 'webchat_session_v2'
const SESSION_ID = /^[A-Za-z0-9_-]{43}$/

/**
 * `GET session/getsessionid`: ties a sign-in that ends in another window to this browser. The id is the browser's cookie, so
 * it stays the same as long as the browser runs, and nothing is stored here.
 */
export function getSessionId({ exchange, services }: DirectLineCall): void {
  services.access.authorize(exchange)
  const known = sessionIdOf(exchange)
  const sessionId = known ?? randomBytes(32).toString('base64url')
  if (known === undefined) {
    exchange.response.setHeader('Set-Cookie', `${COOKIE}=${sessionId}; Path=/; HttpOnly; SameSite=Lax`)
  }
  sendJson(exchange.response, 200, { sessionId })
}

/** The browser session a request comes from, if it has one. */
export function sessionIdOf({ request }: Exchange): string | undefined {
  const value = cookieOf(request, COOKIE) ?? ''
  return SESSION_ID.test(value) ? value : undefined
}
