import type { BotRegistry } from '../bots/bot-registry.ts'
import type { Conversations } from '../conversations/conversations.ts'
import { chooseBot } from '../direct-line/direct-line-call.ts'
import type { DirectLineTokens } from '../direct-line/direct-line-tokens.ts'
import { conversationNotFound } from '../http/api-error.ts'
import { param, sendEmpty, sendJson } from '../http/exchange.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Routes } from '../http/routes.ts'
import { withKey } from '../identity/with-key.ts'
import { listNewest } from './conversation-list.ts'
import { fromOwnPage } from './own-page.ts'
import type { PageAssets } from './page-assets.ts'
import type { PageEvents } from './page-events.ts'
import { pageHeaders } from './page-headers.ts'
import type { PageSessions } from './page-sessions.ts'

export interface ChatPageServices {
  readonly assets: PageAssets
  readonly events: PageEvents
  readonly sessions: PageSessions
  readonly tokens: DirectLineTokens
  readonly bots: BotRegistry
  readonly conversations: Conversations
}

/** The chat page: Web Chat, and the calls only this page may make. */
export function addChatPageRoutes(routes: Routes, services: ChatPageServices): void {
  for (const method of ['GET', 'HEAD'] as const) {
    routes.add(method, '/', (exchange) => sendAsset(exchange, services.assets, 'index.html'))
    routes.add(method, '/chat/:file', (exchange) => sendAsset(exchange, services.assets, param(exchange, 'file')))
  }
  routes.add(
    'GET',
    '/chat/events',
    withKey(
      services.tokens,
      fromOwnPage((exchange) => openEvents(exchange, services)),
    ),
  )
  routes.add(
    'POST',
    '/chat/session',
    withKey(
      services.tokens,
      fromOwnPage((exchange) => services.sessions.open(exchange)),
    ),
  )
  routes.add(
    'GET',
    '/chat/conversations',
    fromOwnPage((exchange) => listConversations(exchange, services)),
  )
  routes.add(
    'DELETE',
    '/chat/conversations/:conversationId',
    fromOwnPage((exchange) => removeConversation(exchange, services)),
  )
}

async function sendAsset({ request, response, origin }: Exchange, assets: PageAssets, name: string): Promise<void> {
  const { bytes, contentType, etag } = await assets.get(name)
  const headers = { ...pageHeaders(origin), ETag: etag, 'Cache-Control': 'no-cache' }
  for (const [header, value] of Object.entries(headers)) response.setHeader(header, value)
  if (request.headers['if-none-match'] === etag) return sendEmpty(response, 304)
  response.writeHead(200, { 'Content-Type': contentType, 'Content-Length': bytes.length })
  response.end(bytes)
}

function openEvents({ response, query }: Exchange, { events, bots }: ChatPageServices): void {
  events.open(response, chooseBot(bots, query.get('bot') ?? undefined))
}

function listConversations({ response, query }: Exchange, { bots, conversations }: ChatPageServices): void {
  const { appId } = chooseBot(bots, query.get('bot') ?? undefined)
  sendJson(response, 200, { conversations: listNewest(conversations, appId) })
}

function removeConversation(exchange: Exchange, { conversations }: ChatPageServices): void {
  if (!conversations.remove(param(exchange, 'conversationId'))) throw conversationNotFound()
  sendEmpty(exchange.response, 204)
}
