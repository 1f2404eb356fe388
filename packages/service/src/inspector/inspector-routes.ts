import { fromOwnPage } from '../chat-page/own-page.ts'
import { ApiError, badArgument, missingProperty } from '../http/api-error.ts'
import { param, sendEmpty, sendJson } from '../http/exchange.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Routes } from '../http/routes.ts'
import type { EntryStreams } from './entry-streams.ts'
import type { EntryQuery, Inspector } from './inspector.ts'

export interface InspectorServices {
  readonly inspector: Inspector
  readonly streams: EntryStreams
  /** The bot of a conversation, also of one that is reserved and not begun. */
  readonly botOf: (conversationId: string) => string | undefined
}

/** What the chat page shows of what went over the wire. */
export function addInspectorRoutes(routes: Routes, services: InspectorServices): void {
  const { inspector } = services
  routes.add(
    'GET',
    '/chat/inspector/stream',
    fromOwnPage((exchange) => openStream(exchange, services)),
  )
  routes.add(
    'GET',
    '/chat/inspector/entries/:seq',
    fromOwnPage((exchange) => sendEntry(exchange, inspector)),
  )
  routes.add(
    'DELETE',
    '/chat/inspector/entries',
    fromOwnPage((exchange) => forgetEntries(exchange, services)),
  )
}

function openStream(exchange: Exchange, services: InspectorServices): void {
  const { request, response, query } = exchange
  const conversationId = query.get('conversation') ?? ''
  if (conversationId === '') throw missingProperty('conversation')
  const after = parseSeq(String(request.headers['last-event-id'] ?? query.get('after') ?? '0'))
  services.streams.open(response, () => queryFor(conversationId, services), after)
}

function sendEntry(exchange: Exchange, inspector: Inspector): void {
  const detail = inspector.detailOf(parseSeq(param(exchange, 'seq')))
  if (!detail) throw new ApiError(404, 'Forgotten', 'The entry is no longer kept.')
  sendJson(exchange.response, 200, detail)
}

function forgetEntries({ query, response }: Exchange, services: InspectorServices): void {
  const conversationId = query.get('conversation')
  services.inspector.forget(conversationId === null ? undefined : queryFor(conversationId, services))
  sendEmpty(response, 204)
}

function queryFor(conversationId: string, { botOf }: InspectorServices): EntryQuery {
  return { conversationId, botId: botOf(conversationId) }
}

function parseSeq(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw badArgument('The number of an entry must be a whole number.')
  return Number(text)
}
