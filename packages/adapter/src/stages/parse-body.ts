import { activityFromJson, parseActivity } from '@parley/core'
import type { Activity } from '@parley/core'
import { inflate } from '../http/inflate.ts'
import type { InboundRequest } from '../http/inbound-request.ts'

/**
 * Stage 2. Reads the body, now that the sender is proven, and makes an activity of it.
 *
 * @throws {@link InboundRefusedError} `BODY_…`: too large, damaged, or not an activity.
 */
export async function parseBody(request: InboundRequest, maxBytes: number): Promise<Activity> {
  const body = await request.body(maxBytes)
  if (body.kind === 'parsed') return activityFromJson(body.value)
  const bytes = await inflate(body.bytes, request.header('content-encoding'), maxBytes)
  return parseActivity(bytes, { maxBytes })
}
