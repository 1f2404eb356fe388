import { setTimeout as sleep } from 'node:timers/promises'
import type { ConnectorClient } from '@parley/connector'
import { ActivityTypes, Channels, INVOKE_RESPONSE_KEY } from '@parley/core'
import type { Activity, ResourceResponse, TurnContext } from '@parley/core'

const DEFAULT_DELAY_MS = 1000

/**
 * Stage 7. Sends one activity of a turn to its conversation. Activities meant for the adapter (`delay`, `invokeResponse`) and
 * traces on channels other than the emulator do not leave.
 */
export async function reply(
  context: TurnContext,
  client: ConnectorClient,
  activity: Partial<Activity>,
): Promise<ResourceResponse> {
  switch (activity.type) {
    case ActivityTypes.Delay:
      await sleep(typeof activity.value === 'number' ? activity.value : DEFAULT_DELAY_MS)
      return { id: '' }
    case ActivityTypes.InvokeResponse:
      context.turnState.set(INVOKE_RESPONSE_KEY, activity)
      return { id: '' }
    case ActivityTypes.Trace:
      if (activity.channelId !== Channels.Emulator) return { id: '' }
      break
  }
  const conversationId = activity.conversation?.id ?? ''
  const response = activity.replyToId
    ? await client.conversations.replyToActivity(conversationId, activity.replyToId, activity)
    : await client.conversations.sendToConversation(conversationId, activity)
  return response ?? { id: activity.id ?? '' }
}
