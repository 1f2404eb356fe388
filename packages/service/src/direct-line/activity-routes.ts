import { checkWireActivity } from '../conversations/check-wire-activity.ts'
import { ApiError } from '../http/api-error.ts'
import { sendJson } from '../http/exchange.ts'
import { readJson } from '../http/read-body.ts'
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
export async function postActivity({ exchange, services }: DirectLineCall): Promise<void> {
  const { access, conversations, bots, turns } = services
  const grant = access.authorize(exchange)
  const conversation = access.conversationOf(exchange, grant, conversations)
  const activity = checkWireActivity(await readJson(exchange.request))
  const bot = requireBotOf(bots, conversation.botId)
  const user = grant.kind === 'token' ? grant.claims.user : undefined
  const result = await turns.post(conversation, bot, activity, user)
  if (result.kind === 'failed') throw new ApiError(502, 'BotError', result.problem.message)
  sendJson(exchange.response, 200, { id: result.id })
}
