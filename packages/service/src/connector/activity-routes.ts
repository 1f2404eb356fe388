import { checkWireActivity } from '../conversations/check-wire-activity.ts'
import { badArgument, badSyntax, missingProperty } from '../http/api-error.ts'
import { param, sendEmpty, sendJson } from '../http/exchange.ts'
import type { Exchange } from '../http/exchange.ts'
import { readJson } from '../http/read-body.ts'
import type { ConversationCall } from './bot-call.ts'

const MAX_KEY_CHARS = 255

/**
 * C3 and C4: adds an activity, in the latter case as the answer to the one in the address. A call repeated with its
 * `Idempotency-Key` is answered as the first was. With `?isTargetedActivity=true` its recipient alone sees it.
 */
export async function sendActivity({ exchange, bot, conversation, services }: ConversationCall): Promise<void> {
  const activity = checkWireActivity(await readJson(exchange.request))
  const replyToId = exchange.params['activityId']
  const idempotencyKey = idempotencyKeyOf(exchange)
  const isTargeted = exchange.query.get('isTargetedActivity')?.toLowerCase() === 'true'
  const id = services.sends.send(conversation, bot, activity, { replyToId, idempotencyKey, isTargeted })
  sendJson(exchange.response, 200, { id })
}

/** Everything said in the conversation that is retained: for developers; the cloud has no such address. */
export function listActivities({ exchange, conversation, services }: ConversationCall): void {
  const { changes } = services.conversations.store.readChanges(conversation.id, 0, { transient: false })
  sendJson(exchange.response, 200, { activities: changes.map(({ activity }) => activity) })
}

/** C5: replaces an activity as a whole. */
export async function updateActivity({ exchange, bot, conversation, services }: ConversationCall): Promise<void> {
  const id = param(exchange, 'activityId')
  services.sends.update(conversation, bot, id, checkWireActivity(await readJson(exchange.request)))
  sendJson(exchange.response, 200, { id })
}

/** C6: takes an activity back. */
export function deleteActivity({ exchange, bot, conversation, services }: ConversationCall): void {
  services.sends.delete(conversation, bot, param(exchange, 'activityId'))
  sendEmpty(exchange.response, 200)
}

/** C7: adds the activities of an earlier conversation. */
export async function importHistory({ exchange, bot, conversation, services }: ConversationCall): Promise<void> {
  const body = await readJson(exchange.request)
  if (typeof body !== 'object' || body === null) throw badSyntax('The body must be {"activities":[…]}.')
  const { activities } = body as { activities?: unknown }
  if (!Array.isArray(activities) || activities.length === 0) throw missingProperty('activities')
  const id = services.sends.importHistory(conversation, bot, activities.map(checkWireActivity))
  sendJson(exchange.response, 200, { id })
}

function idempotencyKeyOf({ request }: Exchange): string | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined || key === '') return undefined
  if (typeof key === 'string' && key.length <= MAX_KEY_CHARS) return key
  throw badArgument(`The Idempotency-Key has more than ${MAX_KEY_CHARS} characters.`)
}
