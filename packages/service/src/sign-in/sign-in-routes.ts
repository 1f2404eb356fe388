import type { RegisteredBot } from '../bots/registered-bot.ts'
import type { BotRegistry } from '../bots/bot-registry.ts'
import { ApiError } from '../http/api-error.ts'
import type { Exchange } from '../http/exchange.ts'
import { isSameOrigin } from '../http/origin-policy.ts'
import { readForm } from '../http/read-body.ts'
import type { Routes } from '../http/routes.ts'
import { connectionOf } from '../user-tokens/connection-of.ts'
import type { OAuthConnection } from '../user-tokens/oauth-connection.ts'
import { parseSignInUser } from '../user-tokens/sign-in-user.ts'
import type { TokenExchange } from '../user-tokens/token-exchange.ts'
import { browserOf, formTicket, isChatBrowser, isOwnForm } from './browser-session.ts'
import { deliverDenial, deliverSignIn } from './deliver-sign-in.ts'
import type { SignInDeliveryServices } from './deliver-sign-in.ts'
import { otherLoopbackOrigin, parseSignInLink } from './sign-in-link.ts'
import type { SignInLink } from './sign-in-link.ts'
import {
  OTHER_USER,
  closedPage,
  deniedPage,
  foreignFormPage,
  formPage,
  outcomePage,
  renderPage,
} from './sign-in-page.ts'
import type { ClosedSignIn, SignInPage } from './sign-in-page.ts'
import { SIGN_IN_STYLE } from './sign-in-style.ts'
import type { SignIn, SignIns } from './sign-ins.ts'

export interface SignInRoutesServices extends SignInDeliveryServices {
  readonly signIns: SignIns
  readonly bots: BotRegistry
  readonly exchange: TokenExchange
  /** Base address of the service, without a slash at the end. */
  readonly url: string
}

/** A sign-in that can be decided on. */
interface OpenSignIn {
  readonly signIn: SignIn
  readonly bot: RegisteredBot
  readonly connection: OAuthConnection
}

/**
 * Nothing but the page's own style, and forms to the service. The form needs an `Origin`, which browsers leave out under
 * `no-referrer`.
 */
const PAGE_HEADERS = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const

/** The pages of the local identity provider. */
export function addSignInRoutes(routes: Routes, services: SignInRoutesServices): void {
  routes.add('GET', '/sign-in', (exchange) => showForm(exchange, services))
  routes.add('POST', '/sign-in', (exchange) => takeForm(exchange, services))
  routes.add('GET', '/sign-in/style.css', ({ response }) => {
    response.writeHead(200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'no-cache' })
    response.end(SIGN_IN_STYLE)
  })
}

function showForm(exchange: Exchange, services: SignInRoutesServices): void {
  const link = parseSignInLink(exchange.query)
  const found = lookUp(link.id, services)
  if (typeof found === 'string') return sendPage(exchange, closedPage(found))
  if (isAtOtherName(exchange, link, found)) return redirectToOtherName(exchange, link, services.url)
  sendForm(exchange, link, found)
}

/** The browser may know this machine by another name in the chat than in the link, and have its session under that one. */
function isAtOtherName(exchange: Exchange, link: SignInLink, { signIn }: OpenSignIn): boolean {
  return link.challenge !== undefined && !link.isRedirected && !isChatBrowser(exchange, link.challenge, signIn)
}

function redirectToOtherName(exchange: Exchange, { id, challenge = '' }: SignInLink, url: string): void {
  const query = new URLSearchParams({ signin: id, code_challenge: challenge, redirected: '1' })
  const location = `${otherLoopbackOrigin(exchange.origin, url)}/sign-in?${query.toString()}`
  exchange.response.writeHead(302, { ...PAGE_HEADERS, Location: location, 'Content-Length': 0 })
  exchange.response.end()
}

async function takeForm(exchange: Exchange, services: SignInRoutesServices): Promise<void> {
  if (!isSameOrigin(exchange.request, exchange.origin)) {
    throw new ApiError(403, 'OriginNotAllowed', 'Only the sign-in page of this service may do this.')
  }
  const form = await readForm(exchange.request)
  const link = parseSignInLink(form)
  const found = lookUp(link.id, services)
  if (typeof found === 'string') return sendPage(exchange, closedPage(found))
  if (!isOwnForm(exchange, form.get('ticket') ?? '', found.signIn)) return sendPage(exchange, foreignFormPage())
  if (form.get('decision') === 'allow') return allow(exchange, form, link, found, services)
  await deny(exchange, link, found, services)
}

async function allow(
  exchange: Exchange,
  form: URLSearchParams,
  link: SignInLink,
  { signIn, bot, connection }: OpenSignIn,
  services: SignInRoutesServices,
): Promise<void> {
  const chosen = form.get('user') ?? ''
  const typed = { name: form.get('name') ?? '', upn: form.get('upn') ?? '' }
  const isOther = chosen === OTHER_USER
  const user = isOther ? parseSignInUser(typed.name, typed.upn) : parseSignInUser(undefined, chosen)
  if (!user) {
    const problem = 'Choose somebody, or type an address such as somebody@example.com.'
    return sendForm(exchange, link, { signIn, bot, connection }, isOther ? { problem, typed } : { problem })
  }
  const isSameBrowser = isChatBrowser(exchange, link.challenge, signIn)
  services.signIns.use(link.id, signIn)
  services.exchange.noteConsent(bot, connection, user)
  const outcome = await deliverSignIn({ bot, connection, signIn, user, isSameBrowser }, services)
  sendPage(exchange, outcomePage(outcome, bot.name, signIn.finalRedirect))
}

async function deny(
  exchange: Exchange,
  { id }: SignInLink,
  { bot, signIn }: OpenSignIn,
  services: SignInRoutesServices,
): Promise<void> {
  services.signIns.use(id, signIn)
  await deliverDenial(bot, signIn, services)
  sendPage(exchange, deniedPage(bot.name, signIn.finalRedirect))
}

/** A bot or a connection that is gone takes its sign-ins along. */
function lookUp(id: string, { signIns, bots }: SignInRoutesServices): OpenSignIn | ClosedSignIn {
  const found = signIns.find(id)
  if (found.kind !== 'open') return found.kind
  const bot = bots.find(found.signIn.botId)
  const connection = bot && connectionOf(bot, found.signIn.connectionName)
  return bot && connection ? { signIn: found.signIn, bot, connection } : 'unknown'
}

function sendForm(
  exchange: Exchange,
  { id, challenge }: SignInLink,
  { signIn, bot, connection }: OpenSignIn,
  again: { readonly problem?: string; readonly typed?: { readonly name: string; readonly upn: string } } = {},
): void {
  const ticket = formTicket(browserOf(exchange), signIn)
  sendPage(exchange, formPage({ id, challenge, ticket, botName: bot.name, connection, ...again }))
}

function sendPage({ response }: Exchange, page: SignInPage): void {
  const bytes = Buffer.from(renderPage(page))
  response.writeHead(page.status, {
    ...PAGE_HEADERS,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': bytes.length,
  })
  response.end(bytes)
}
