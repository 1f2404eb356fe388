import { createHmac, randomBytes } from 'node:crypto'
import { cookieOf } from '../http/cookie-of.ts'
import type { Exchange } from '../http/exchange.ts'
import { sessionIdOf } from '../direct-line/session-routes.ts'
import { sameSecret } from '../identity/same-secret.ts'
import type { SignIn } from './sign-ins.ts'

const COOKIE = 'parley_sign_in'
const BROWSER_ID = /^[A-Za-z0-9_-]{43}$/

/** The id of the browser a page is shown in; a new browser gets one with the page. */
export function browserOf({ request, response }: Exchange): string {
  const known = cookieOf(request, COOKIE) ?? ''
  if (BROWSER_ID.test(known)) return known
  const id = randomBytes(32).toString('base64url')
  response.setHeader('Set-Cookie', `${COOKIE}=${id}; Path=/sign-in; HttpOnly; SameSite=Strict`)
  return id
}

/** What the form of a sign-in has to bring back: nobody can make one for another browser or another sign-in. */
export function formTicket(browserId: string, { formSecret }: SignIn): string {
  return createHmac('sha256', formSecret).update(browserId).digest('base64url')
}

/** Whether a form was filled in where it was shown. */
export function isOwnForm({ request }: Exchange, ticket: string, signIn: SignIn): boolean {
  const browserId = cookieOf(request, COOKIE) ?? ''
  return BROWSER_ID.test(browserId) && sameSecret(ticket, formTicket(browserId, signIn))
}

/**
 * Whether the sign-in is done in the browser that the chat is open in: the client has put that browser's session behind the
 * link, and the bot may have named it too.
 *
 * @param challenge - The session behind the link.
 */
export function isChatBrowser(exchange: Exchange, challenge: string | undefined, { codeChallenge }: SignIn): boolean {
  const sessionId = sessionIdOf(exchange)
  const expected = [challenge, codeChallenge].filter((one) => one !== undefined)
  return sessionId !== undefined && expected.length > 0 && expected.every((one) => sameSecret(one, sessionId))
}
