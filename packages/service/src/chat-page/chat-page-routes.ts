import type { BotRegistry } from '../bots/bot-registry.ts'
import type { Chance } from '../conversations/chance.ts'
import { newConversationId } from '../conversations/conversation-ids.ts'
import { chooseBot } from '../direct-line/direct-line-call.ts'
import type { DirectLineTokens } from '../direct-line/direct-line-tokens.ts'
import { parseClientInfo, requireTokenUser } from '../direct-line/parse-client-info.ts'
import { ApiError, missingProperty } from '../http/api-error.ts'
import { param, sendEmpty, sendJson } from '../http/exchange.ts'
import type { Exchange } from '../http/exchange.ts'
import { isSameOrigin } from '../http/origin-policy.ts'
import { readJson } from '../http/read-body.ts'
import type { Routes } from '../http/routes.ts'
import { withKey } from '../identity/with-key.ts'
import type { PageAssets } from './page-assets.ts'
import type { PageEvents } from './page-events.ts'
import { pageHeaders } from './page-headers.ts'

export interface ChatPageServices {
  readonly assets: PageAssets
  readonly events: PageEvents
  readonly tokens: DirectLineTokens
  readonly bots: BotRegistry
  readonly chance: Chance
}

/** The chat page: Web Chat, and the few calls only this page may make. */
export function addChatPageRoutes(routes: Routes, services: ChatPageServices): void {
  routes.add('GET', '/', (exchange) => sendAsset(exchange, services.assets, 'index.html'))
  routes.add(
    'GET',
    '/chat/events',
    withKey(services.tokens, (exchange) => openEvents(exchange, services)),
  )
  routes.add(
    'POST',
    '/chat/session',
    withKey(services.tokens, (exchange) => openSession(exchange, services)),
  )
  routes.add('GET', '/chat/:file', (exchange) => sendAsset(exchange, services.assets, param(exchange, 'file')))
}

async function sendAsset({ request, response, origin }: Exchange, assets: PageAssets, name: string): Promise<void> {
  const { bytes, contentType, etag } = await assets.get(name)
  const headers = { ...pageHeaders(origin), ETag: etag, 'Cache-Control': 'no-cache' }
  for (const [header, value] of Object.entries(headers)) response.setHeader(header, value)
  if (request.headers['if-none-match'] === etag) return sendEmpty(response, 304)
  response.writeHead(200, { 'Content-Type': contentType, 'Content-Length': bytes.length })
  response.end(bytes)
}

/**
 * Gives the page a token of its own, so that the secret never reaches a browser. The bot is told of the conversation when the
 * page starts it.
 */
async function openSession(exchange: Exchange, { tokens, bots, chance }: ChatPageServices): Promise<void> {
  requireOwnPage(exchange)
  const { user, botId } = parseClientInfo(await readJson(exchange.request))
  if (!user) throw missingProperty('user.id')
  requireTokenUser(user)
  const bot = chooseBot(bots, botId)
  const conversationId = newConversationId(chance)
  const token = tokens.issue('client', {
    conversationId,
    botId: bot.appId,
    channelId: 'webchat',
    user,
    trustedOrigins: [exchange.origin],
  })
  sendJson(exchange.response, 200, {
    token,
    conversationId,
    bot: { appId: bot.appId, name: bot.name, endpoint: bot.endpoint.href },
    bots: bots.all().map(({ appId, name }) => ({ appId, name })),
  })
}

function openEvents(exchange: Exchange, { events, bots }: ChatPageServices): void {
  requireOwnPage(exchange)
  events.open(exchange.response, chooseBot(bots, exchange.query.get('bot') ?? undefined))
}

function requireOwnPage({ request, origin }: Exchange): void {
  if (!isSameOrigin(request, origin)) {
    throw new ApiError(403, 'OriginNotAllowed', 'Only the chat page of this service may do this.')
  }
}
