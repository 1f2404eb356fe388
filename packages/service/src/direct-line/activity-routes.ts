import { checkWireActivity } from '../conversations/check-wire-activity.ts'
import type { WireActivity } from '../conversations/wire-activity.ts'
import { ApiError } from '../http/api-error.ts'
import { sendJson } from '../http/exchange.ts'
import { readJson } from '../http/read-body.ts'
import type { ConversationRecord } from '../store/conversation-record.ts'
import type { Grant } from './direct-line-access.ts'
import { requireBotOf } from './direct-line-call.ts'
import type { DirectLineCall } from './direct-line-call.ts'
import { parseWatermark } from './watermark.ts'

/** `GET activities`: everything after the watermark; without one, everything retained. */
export function pollActivities({ exchange, services }: DirectLineCall): void {
  const { access, conversations, attendance } = services
  const { id } = access.conversationOf(exchange, access.authorize(exchange), conversations)
  const from = parseWatermark(exchange.query.get('watermark'), conversations.store.lastSequence(id))
  attendance.polled(id)
  const { changes, watermark } = conversations.store.readChanges(id, from, { transient: false })
  sendJson(exchange.response, 200, {
    activities: changes.map(({ activity }) => activity),
    watermark: String(watermark),
  })
}

/** `POST activities`: answered when the bot has answered. */
export async function postActivity(call: DirectLineCall): Promise<void> {
  const { exchange, services } = call
  const grant = services.access.authorize(exchange)
  const conversation = services.access.conversationOf(exchange, grant, services.conversations)
  await postToBot(call, grant, conversation, checkWireActivity(await readJson(exchange.request)))
}

/** Posts a client's activity to the bot and answers the client. @throws ApiError 502 when the bot did not take it. */
export async function postToBot(
  { exchange, services }: DirectLineCall,
  grant: Grant,
  conversation: ConversationRecord,
  activity: WireActivity,
): Promise<void> {
  const bot = requireBotOf(services.bots, conversation.botId)
  const user = grant.kind === 'token' ? grant.claims.user : undefined
  const result = await services.turns.post(conversation, bot, activity, user)
  if (result.kind === 'failed') throw new ApiError(502, 'BotError', result.problem.message)
  sendJson(exchange.response, 200, { id: result.id })
}
