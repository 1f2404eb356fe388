import type { Activity } from './activity.ts'
import { parseTimestamp } from './parse-timestamp.ts'

/**
 * Writes an activity as the protocol wants it on the wire. Unknown fields are kept; see {@link toWireActivity} for what is not.
 *
 * @throws TypeError when a value cannot be JSON: a cycle or a BigInt.
 */
export function serializeActivity(activity: Partial<Activity>): string {
  return JSON.stringify(toWireActivity(activity))
}

/**
 * What of an activity goes on the wire, for bodies that contain activities: `callerId` and the `raw…` fields stay here, and a
 * date that still is the one received goes out as it was written, with all its digits and its offset.
 *
 * @returns A copy of the first level; deeper values are shared with `activity`. Fields to leave out may be `undefined`.
 */
export function toWireActivity(activity: Partial<Activity>): Record<string, unknown> {
  const wire: Record<string, unknown> = { ...activity }
  const { timestamp, rawTimestamp, localTimestamp, rawLocalTimestamp, expiration, rawExpiration } = activity
  // Overwriting keeps the object fast, and JSON leaves undefined out; deleting would do neither.
  if (rawTimestamp !== undefined) {
    wire['rawTimestamp'] = undefined
    if (isSameInstant(timestamp, rawTimestamp)) wire['timestamp'] = rawTimestamp
  }
  if (rawLocalTimestamp !== undefined) {
    wire['rawLocalTimestamp'] = undefined
    if (isSameInstant(localTimestamp, rawLocalTimestamp)) wire['localTimestamp'] = rawLocalTimestamp
  }
  if (rawExpiration !== undefined) {
    wire['rawExpiration'] = undefined
    if (isSameInstant(expiration, rawExpiration)) wire['expiration'] = rawExpiration
  }
  if (activity.callerId !== undefined) wire['callerId'] = undefined
  return wire
}

function isSameInstant(date: Date | undefined, raw: string): boolean {
  return date instanceof Date && parseTimestamp(raw)?.getTime() === date.getTime()
}
