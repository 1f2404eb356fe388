import type { Activity } from '@parley/core'
import { wellFormed } from './well-formed.ts'

/** The metadata of the blob of an activity, by which blobs are found in other tools. */
export function transcriptMetadata(activity: Activity, at: Date): Record<string, string> {
  const ids = { FromId: activity.from?.id, RecipientId: activity.recipient?.id, Id: activity.id }
  const given = Object.entries(ids).flatMap(([name, id]) => (id ? [[name, metadataText(id)]] : []))
  return { ...Object.fromEntries(given), Timestamp: at.toISOString() }
}

/** As it is, when a header can carry it; else URI-encoded. */
function metadataText(value: string): string {
  return /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value) ? value : encodeURIComponent(wellFormed(value))
}
