import { ActivityTypes, Channels, DeliveryModes, INVOKE_RESPONSE_KEY } from '@parley/core'
import type { Activity, InvokeResponse, TurnContext } from '@parley/core'
import { DONE, jsonAnswer } from '../http/answers.ts'
import type { Answer } from '../http/inbound-request.ts'

/**
 * Stage 8. What a turn that went well answers: the replies it held back, the response to an invoke (501 when the bot gave
 * none; 200 when its response has no status), or just 200.
 */
export function answerTurn(context: TurnContext): Answer {
  const { activity } = context
  if (activity.deliveryMode === DeliveryModes.ExpectReplies) {
    return jsonAnswer(200, {
      activities: context.bufferedReplyActivities.filter((reply) => isForChannel(reply, activity)),
    })
  }
  if (activity.type !== ActivityTypes.Invoke) return DONE
  const response = context.turnState.get<Partial<Activity> | undefined>(INVOKE_RESPONSE_KEY)?.value as
    | Partial<InvokeResponse>
    | undefined
  return response ? jsonAnswer(response.status ?? 200, response.body) : jsonAnswer(501, undefined)
}

function isForChannel(reply: Partial<Activity>, { channelId }: Activity): boolean {
  return reply.type !== ActivityTypes.Trace || channelId === Channels.Emulator
}
