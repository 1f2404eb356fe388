import { jsonAnswer, DONE } from '@parley/adapter/internal'
import type { Answer } from '@parley/adapter/internal'
import { ActivityTypes, Channels, DeliveryModes, INVOKE_RESPONSE_KEY } from '@parley/core'
import type { Activity, InvokeResponse, TurnContext } from '@parley/core'

/** What the turn of an activity answers with. Expected replies win over the response to an invoke. */
export function turnAnswer({ activity, bufferedReplyActivities, turnState }: TurnContext): Answer {
  if (activity.deliveryMode === DeliveryModes.ExpectReplies) {
    const wantsTraces = activity.channelId === Channels.Emulator
    const activities = bufferedReplyActivities.filter(({ type }) => wantsTraces || type !== ActivityTypes.Trace)
    return jsonAnswer(200, { activities })
  }
  if (activity.type !== ActivityTypes.Invoke) return DONE
  const { value } = turnState.get<Partial<Activity> | undefined>(INVOKE_RESPONSE_KEY) ?? {}
  if (!value) return jsonAnswer(501, undefined)
  const { status, body } = value as InvokeResponse
  return jsonAnswer(status, body)
}
