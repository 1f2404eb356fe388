import type { BotStateBags } from '../../bot-state/bot-state-bags.ts'
import { fromOwnPage } from '../../chat-page/own-page.ts'
import { conversationNotFound } from '../../http/api-error.ts'
import { param, sendJson } from '../../http/exchange.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { Routes } from '../../http/routes.ts'
import type { ConversationRecord } from '../../store/conversation-record.ts'
import type { ConversationStore } from '../../store/conversation-store.ts'
import type { Inspector } from '../inspector.ts'
import { redactText } from '../redact.ts'
import type { StateRecorder } from './state-recorder.ts'

export interface StateServices {
  readonly inspector: Inspector
  readonly states: StateRecorder
  readonly bags: BotStateBags
  readonly store: Pick<ConversationStore, 'get'>
}

/** What the bot of a conversation remembers, as far as the service knows. */
export function addStateRoutes(routes: Routes, services: StateServices): void {
  routes.add(
    'GET',
    '/chat/conversations/:conversationId/state',
    fromOwnPage((exchange) => sendState(exchange, services)),
  )
}

function sendState(exchange: Exchange, { inspector, states, bags, store }: StateServices): void {
  const conversation = store.get(param(exchange, 'conversationId'))
  if (!conversation) throw conversationNotFound()
  const kept = bagsOf(conversation, bags).map((bag) => ({ ...bag, source: 'bot-state' }))
  const shown = states.shownIn(conversation.id).map((state) => ({ ...state, source: 'trace' }))
  const text = redactText(JSON.stringify({ scopes: [...kept, ...shown] }), inspector.secrets)
  sendJson(exchange.response, 200, JSON.parse(text))
}

interface ShownBag {
  readonly scope: string
  /** ISO 8601. */
  readonly at?: string
  readonly eTag: string
  readonly value: unknown
}

function bagsOf({ id, botId, channelId, user }: ConversationRecord, bags: BotStateBags): readonly ShownBag[] {
  const place = { botId, channelId }
  const keys = [
    ['conversation', { ...place, conversationId: id }] as const,
    ...(user
      ? [
          ['user', { ...place, userId: user.id }] as const,
          ['private', { ...place, conversationId: id, userId: user.id }] as const,
        ]
      : []),
  ]
  return keys.flatMap(([scope, key]) => {
    const { data, eTag } = bags.read(key)
    if (data === null) return []
    const at = bags.writtenAt(key)
    return [{ scope, eTag, value: data, ...(at === undefined ? {} : { at: new Date(at).toISOString() }) }]
  })
}
