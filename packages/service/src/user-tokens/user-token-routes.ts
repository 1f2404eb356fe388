import type { RegisteredBot } from '../bots/registered-bot.ts'
import { requireBot } from '../connector/bot-access.ts'
import { badArgument, badSyntax, missingProperty } from '../http/api-error.ts'
import { sendJson } from '../http/exchange.ts'
import type { Exchange } from '../http/exchange.ts'
import { readJson } from '../http/read-body.ts'
import type { RouteMethod, Routes } from '../http/routes.ts'
import type { AccessTokens } from '../identity/access-tokens.ts'
import { parseSignInState } from '../sign-in/parse-sign-in-state.ts'
import type { SignInResource, SignIns } from '../sign-in/sign-ins.ts'
import { CallParameters } from './call-parameters.ts'
import type { OwnerQuery, RecordOwner } from './owned-records.ts'
import type { ExchangeRequest, TokenExchange } from './token-exchange.ts'
import type { UserToken, UserTokens } from './user-tokens.ts'

/** What the routes of the user token service work with. */
export interface UserTokenServices {
  readonly accessTokens: AccessTokens
  readonly tokens: UserTokens
  readonly exchange: TokenExchange
  readonly signIns: SignIns
}

/** A call of a proven bot. */
interface UserTokenCall {
  readonly exchange: Exchange
  readonly bot: RegisteredBot
  readonly parameters: CallParameters
  readonly services: UserTokenServices
}

const MAX_RESOURCES = 50

/** The user token service: the calls bots make about their users' tokens. Every one needs the bearer token of a bot. */
export function addUserTokenRoutes(routes: Routes, services: UserTokenServices): void {
  const add = (method: RouteMethod, path: string, answer: (call: UserTokenCall) => void | Promise<void>): void => {
    routes.add(method, `/api/${path}`, (exchange) => {
      const bot = requireBot(exchange, services.accessTokens)
      return answer({ exchange, bot, parameters: new CallParameters(exchange.query), services })
    })
  }
  add('GET', 'usertoken/GetToken', getToken)
  add('GET', 'usertoken/GetTokenOrSignInResource', getTokenOrSignInResource)
  add('DELETE', 'usertoken/SignOut', signOut)
  add('GET', 'usertoken/GetTokenStatus', getTokenStatus)
  add('POST', 'usertoken/GetAadTokens', getAadTokens)
  add('POST', 'usertoken/exchange', exchangeToken)
  add('POST', 'usertoken/emulateOAuthCards', acceptEmulation)
  add('GET', 'botsignin/GetSignInUrl', getSignInUrl)
  add('GET', 'botsignin/GetSignInResource', getSignInResource)
}

function getToken(call: UserTokenCall): void {
  sendToken(call.exchange, findToken(call))
}

/** The newer SDKs' one question instead of two. */
function getTokenOrSignInResource(call: UserTokenCall): void {
  const tokenResponse = findToken(call)
  sendJson(call.exchange.response, 200, tokenResponse ? { tokenResponse } : { signInResource: beginSignIn(call) })
}

function signOut({ exchange, bot, parameters, services }: UserTokenCall): void {
  const userId = parameters.require('userId')
  const connectionName = parameters.get('connectionName')
  const channelId = parameters.get('channelId')
  services.tokens.signOut(bot, { userId, ...(connectionName === undefined ? {} : { connectionName }), channelId })
  sendJson(exchange.response, 200, {})
}

function getTokenStatus({ exchange, bot, parameters, services }: UserTokenCall): void {
  const userId = parameters.require('userId')
  const include = parameters
    .get('include')
    ?.split(',')
    .map((name) => name.trim())
  sendJson(exchange.response, 200, services.tokens.statuses(bot, userId, parameters.get('channelId'), include))
}

/** Tokens of one sign-in for several resources. A user who is not signed in has none. */
async function getAadTokens(call: UserTokenCall): Promise<void> {
  const { exchange, bot, services } = call
  const owner = ownerQuery(call)
  const { resourceUrls } = requireObject(await readJson(exchange.request))
  const isList = Array.isArray(resourceUrls) && resourceUrls.every((url) => typeof url === 'string' && url !== '')
  if (resourceUrls === undefined || resourceUrls === null) throw missingProperty('resourceUrls')
  if (!isList || resourceUrls.length > MAX_RESOURCES) {
    throw badArgument(`resourceUrls must be a list of at most ${MAX_RESOURCES} resources.`)
  }
  const tokens = (resourceUrls as readonly string[]).flatMap((url) => {
    const token = services.tokens.find(bot, owner, url)
    return token ? [[url, token] as const] : []
  })
  sendJson(exchange.response, 200, Object.fromEntries(tokens))
}

async function exchangeToken(call: UserTokenCall): Promise<void> {
  const { exchange, bot, parameters, services } = call
  const { userId, connectionName } = ownerQuery(call)
  const owner: RecordOwner = { userId, connectionName, channelId: parameters.require('channelId') }
  const request = parseExchange(requireObject(await readJson(exchange.request)))
  sendToken(exchange, services.exchange.exchange(bot, owner, request))
}

/** Tools ask so that bots get cards with links they can open; here all links can be opened, so there is nothing to switch. */
function acceptEmulation({ exchange }: UserTokenCall): void {
  sendJson(exchange.response, 200, {})
}

function getSignInUrl(call: UserTokenCall): void {
  const bytes = Buffer.from(beginSignIn(call).signInLink)
  call.exchange.response.writeHead(200, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': bytes.length,
    'Cache-Control': 'no-store',
  })
  call.exchange.response.end(bytes)
}

function getSignInResource(call: UserTokenCall): void {
  sendJson(call.exchange.response, 200, beginSignIn(call))
}

function beginSignIn({ bot, parameters, services }: UserTokenCall): SignInResource {
  const state = parseSignInState(parameters.require('state'))
  const codeChallenge = parameters.get('code_challenge')
  const finalRedirect = parameters.get('finalRedirect')
  return services.signIns.begin(bot, state, { codeChallenge, finalRedirect })
}

/** With a code only the sign-in that waits for it counts. */
function findToken(call: UserTokenCall): UserToken | undefined {
  const owner = ownerQuery(call)
  const code = call.parameters.get('code')
  const { tokens } = call.services
  return code === undefined ? tokens.find(call.bot, owner) : tokens.redeem(call.bot, owner, code)
}

function ownerQuery({ parameters }: UserTokenCall): OwnerQuery {
  return {
    userId: parameters.require('userId'),
    connectionName: parameters.require('connectionName'),
    channelId: parameters.get('channelId'),
  }
}

/** That there is none is no error, so the answer does not look like one. */
function sendToken({ response }: Exchange, token: UserToken | undefined): void {
  sendJson(response, token ? 200 : 404, token ?? {})
}

function parseExchange({ token, uri }: Readonly<Record<string, unknown>>): ExchangeRequest {
  if (typeof token === 'string' && token !== '') return { kind: 'token', token }
  if (typeof uri === 'string' && uri !== '') return { kind: 'uri', uri }
  throw missingProperty('token')
}

function requireObject(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>
  throw badSyntax('The body must be a JSON object.')
}
