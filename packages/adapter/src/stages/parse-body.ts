import { activityFromJson, parseActivity } from '@parley/core'
import type { Activity } from '@parley/core'
import { inflate } from '../http/inflate.ts'
import type { InboundRequest } from '../http/inbound-request.ts'

/**
 * Stage 2. Reads the body, now that the sender is proven, and makes an activity of it.
 *
 * @param required - What the activity must have.
 * @throws {@link InboundRefusedError} `BODY_…`: too large, damaged, or not an activity.
 */
export async function parseBody(
  request: InboundRequest,
  maxBytes: number,
  required: 'inbound' | 'type' = 'inbound',
): Promise<Activity> {
  const body = await request.body(maxBytes)
  if (body.kind === 'parsed') return activityFromJson(body.value, { required })
  const bytes = await inflate(body.bytes, request.header('content-encoding'), maxBytes)
  return parseActivity(bytes, { maxBytes, required })
}
