import { ActivityTypes, DeliveryModes } from '@parley/core'
import type { Activity } from '@parley/core'
import { ACCEPTED } from '../http/answers.ts'
import type { Answer } from '../http/inbound-request.ts'

/**
 * Answers a turn that takes longer than `afterMs` with 202 while it goes on, because channels give up after about 15 s and
 * deliver again. Turns whose answer carries something (invokes, expected replies) are waited for.
 *
 * @param onAcknowledged - Called when the answer goes out before the turn has ended.
 */
export function acknowledge(
  activity: Activity,
  turn: Promise<Answer>,
  afterMs: number,
  onAcknowledged: () => void,
): Promise<Answer> {
  if (activity.type === ActivityTypes.Invoke || activity.deliveryMode === DeliveryModes.ExpectReplies) return turn
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      resolve(ACCEPTED)
      onAcknowledged()
    }, afterMs)
    void turn.then(resolve, reject).then(() => clearTimeout(timer))
  })
}
