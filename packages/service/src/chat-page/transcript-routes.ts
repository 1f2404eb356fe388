import { attachmentDisposition, safeFileName } from '../attachments/file-name.ts'
import type { BotRegistry } from '../bots/bot-registry.ts'
import type { RegisteredBot } from '../bots/registered-bot.ts'
import { fromHistory } from '../conversations/activities-for-clients.ts'
import type { Conversations } from '../conversations/conversations.ts'
import { chooseBot } from '../direct-line/direct-line-call.ts'
import { conversationNotFound } from '../http/api-error.ts'
import { param, sendJson } from '../http/exchange.ts'
import type { Exchange } from '../http/exchange.ts'
import { readJson } from '../http/read-body.ts'
import type { Routes } from '../http/routes.ts'
import { fromOwnPage } from './own-page.ts'
import { PAGE_CHANNELS } from './page-sessions.ts'
import { parseTranscript } from './parse-transcript.ts'
import type { Transcript } from './parse-transcript.ts'

export interface TranscriptServices {
  readonly bots: BotRegistry
  readonly conversations: Conversations
}

/** Largest transcript taken. */
const MAX_TRANSCRIPT_CHARS = 16 * 1024 * 1024

/** Conversations as files: out of the service, and into it to be read again. */
export function addTranscriptRoutes(routes: Routes, services: TranscriptServices): void {
  routes.add(
    'GET',
    '/chat/conversations/:conversationId/transcript',
    fromOwnPage((exchange) => sendTranscript(exchange, services)),
  )
  routes.add(
    'POST',
    '/chat/transcripts',
    fromOwnPage((exchange) => takeTranscript(exchange, services)),
  )
}

function sendTranscript(exchange: Exchange, { conversations }: TranscriptServices): void {
  const conversation = conversations.get(param(exchange, 'conversationId'))
  if (!conversation) throw conversationNotFound()
  const { changes } = conversations.store.readChanges(conversation.id, 0, { transient: false })
  const bytes = Buffer.from(
    JSON.stringify(
      changes.map(({ activity }) => activity),
      undefined,
      2,
    ),
  )
  exchange.response.writeHead(200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': bytes.length,
    'Content-Disposition': attachmentDisposition(safeFileName(`${conversation.id}.transcript`)),
    'Cache-Control': 'no-store',
  })
  exchange.response.end(bytes)
}

async function takeTranscript(
  { request, response, query }: Exchange,
  { bots, conversations }: TranscriptServices,
): Promise<void> {
  const bot = chooseBot(bots, query.get('bot') ?? undefined)
  const transcript = parseTranscript(await readJson(request, MAX_TRANSCRIPT_CHARS))
  sendJson(response, 201, { conversationId: openHistory(conversations, bot, transcript) })
}

/** Opens a conversation in which all has been said: it can be read, and its bot never hears of it. @returns its id. */
function openHistory(conversations: Conversations, bot: RegisteredBot, { activities, user }: Transcript): string {
  const { store } = conversations
  return conversations.atomically(() => {
    const { channelId } = activities[0] ?? {}
    const conversation = conversations.open({
      bot,
      channelId: channelId !== undefined && PAGE_CHANNELS.has(channelId) ? channelId : 'webchat',
      ...(user ? { user } : {}),
    })
    const ids = new Map<string, string>()
    let last = conversation.createdAt
    for (const activity of activities) {
      const facts = conversations.factsOf(conversation, bot)
      if (activity.id !== undefined) ids.set(activity.id, facts.id)
      const { replyToId, ...rest } = activity
      const answered = replyToId === undefined ? undefined : ids.get(replyToId)
      // Straight into the store: this is nothing that happens now.
      store.append(
        conversation.id,
        fromHistory(rest, answered === undefined ? facts : { ...facts, replyToId: answered }),
      )
      last = Date.parse(facts.timestamp)
    }
    conversations.change(conversation.id, { userIntroduced: true, endedAt: last })
    return conversation.id
  })
}
