import { setTimeout as sleep } from 'node:timers/promises'
import type { ConnectorClient } from '@parley/connector'
import { ActivityEventNames, ActivityTypes, Channels, INVOKE_RESPONSE_KEY } from '@parley/core'
import type { Activity, ResourceResponse, TurnContext } from '@parley/core'
import type { SendJournal } from './send-journal.ts'

/** Type of an activity that only makes the adapter wait; never on the wire. */
const DELAY = 'delay'
const DEFAULT_DELAY_MS = 1000

/**
 * Stage 7. Sends one activity of a turn to its conversation. Activities meant for the adapter (`delay`, `invokeResponse`) and
 * traces on channels other than the emulator do not leave.
 *
 * @param journal - What the runs of this turn have sent; absent when it has one run, or is over.
 */
export async function reply(
  context: TurnContext,
  client: ConnectorClient,
  activity: Partial<Activity>,
  journal: SendJournal | undefined,
): Promise<ResourceResponse> {
  switch (activity.type) {
    case DELAY:
      await sleep(typeof activity.value === 'number' ? activity.value : DEFAULT_DELAY_MS)
      return { id: '' }
    case ActivityTypes.InvokeResponse:
      context.turnState.set(INVOKE_RESPONSE_KEY, activity)
      return { id: '' }
    case ActivityTypes.Trace:
      if (activity.channelId !== Channels.Emulator) return { id: '' }
      break
  }
  if (startedByBot(context)) delete activity.replyToId
  if (!journal) return post(client, activity)
  return journal.send(activity, (idempotencyKey) => post(client, activity, idempotencyKey))
}

async function post(
  { conversations }: ConnectorClient,
  activity: Partial<Activity>,
  idempotencyKey?: string,
): Promise<ResourceResponse> {
  const conversationId = activity.conversation?.id ?? ''
  const options = idempotencyKey === undefined ? undefined : { idempotencyKey }
  // The address it goes to is no part of it: channels ignore it there (A2302).
  const { serviceUrl: _serviceUrl, ...sent } = activity
  const response = sent.replyToId
    ? await conversations.replyToActivity(conversationId, sent.replyToId, sent, options)
    : await conversations.sendToConversation(conversationId, sent, options)
  return response ?? { id: sent.id ?? '' }
}

/** The event that starts a proactive turn is the adapter's own; the channel does not know its id and cannot reply to it. */
function startedByBot({ activity: { type, name } }: TurnContext): boolean {
  return (
    type === ActivityTypes.Event &&
    (name === ActivityEventNames.ContinueConversation || name === ActivityEventNames.CreateConversation)
  )
}
