import type { WireActivity } from './wire-activity.ts'

/** Fields of a `streaminfo` entity that clients look for in `channelData`. */
const FIELDS = ['streamId', 'streamSequence', 'streamType', 'streamResult'] as const

/**
 * Copies what an activity says about the stream it is part of to where Web Chat looks for it: the protocol and SDKs have it in
 * an entity, Web Chat reads `channelData`. What `channelData` says already stays; of several such entities none counts (A9246).
 */
export function withStreamChannelData(activity: WireActivity): WireActivity {
  const { entities, channelData } = activity
  if (!Array.isArray(entities) || (channelData !== undefined && !isObject(channelData))) return activity
  const [info, ...more] = entities.filter((entity) => isObject(entity) && entity['type'] === 'streaminfo')
  if (!isObject(info) || more.length > 0) return activity
  const known = FIELDS.flatMap((field) => (info[field] === undefined ? [] : [[field, info[field]]]))
  return { ...activity, channelData: { ...Object.fromEntries(known), ...channelData } }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
