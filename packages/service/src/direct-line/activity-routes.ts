import type { InvokeAnswer } from '../bots/delivery-result.ts'
import { checkWireActivity } from '../conversations/check-wire-activity.ts'
import { visibleTo } from '../conversations/targeted-activities.ts'
import type { WireActivity } from '../conversations/wire-activity.ts'
import { ApiError } from '../http/api-error.ts'
import { sendJson } from '../http/exchange.ts'
import { readJson } from '../http/read-body.ts'
import type { ConversationRecord } from '../store/conversation-record.ts'
import type { Grant } from './direct-line-access.ts'
import { requireBotOf } from './direct-line-call.ts'
import type { DirectLineCall } from './direct-line-call.ts'
import { NO_WATERMARK, parseWatermark } from './watermark.ts'

/** `GET activities`: everything after the watermark; without one, everything retained. */
export function pollActivities(call: DirectLineCall): void {
  const grant = call.services.access.authorize(call.exchange)
  sendJson(
    call.exchange.response,
    200,
    orNothingNew(call, () => readActivities(call, grant)),
  )
}

interface ActivitySet {
  readonly activities: readonly WireActivity[]
  readonly watermark: string
}

function readActivities({ exchange, services }: DirectLineCall, grant: Grant): ActivitySet {
  const { access, conversations, attendance } = services
  const { id } = access.conversationOf(exchange, grant, conversations)
  const from = parseWatermark(exchange.query.get('watermark'), conversations.store.lastSequence(id))
  attendance.polled(id)
  const { changes, watermark } = conversations.store.readChanges(id, from, { transient: false })
  const isVisible = visibleTo(grant.kind === 'token' ? grant.claims.user?.id : undefined)
  return { activities: changes.map(({ activity }) => activity).filter(isVisible), watermark: String(watermark) }
}

/** Clients stop polling for ever after one failure, so one of ours means that there is nothing new yet. */
function orNothingNew({ exchange, services }: DirectLineCall, read: () => ActivitySet): ActivitySet {
  try {
    return read()
  } catch (error) {
    if (error instanceof ApiError) throw error
    services.logger.error({ err: error }, 'A poll could not be answered with what is new.')
    return { activities: [], watermark: exchange.query.get('watermark') || NO_WATERMARK }
  }
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
  const { id, answer } = result
  if (answer && answer.status >= 400) throw invokeRefused(answer)
  // What the bot answered is an extension: clients of the cloud learn no more than the id.
  const isShown = answer !== undefined && !services.strict
  sendJson(exchange.response, 200, isShown ? { id, invokeResponse: answer } : { id })
}

/** Pages that ask for a token exchange take it for the sign that they have to show the sign-in card. */
function invokeRefused({ status, body }: InvokeAnswer): ApiError {
  const inner = { statusCode: status, ...(body === undefined ? {} : { body }) }
  return new ApiError(502, 'BotError', `The bot answered the invoke with ${status}.`, { inner })
}
