import type { WireActivity } from '../conversations/wire-activity.ts'
import type { ConversationChange } from './conversation-record.ts'
import type { ReadChangesOptions } from './conversation-store.ts'

/** One line of a conversation's log. It names an activity; what that activity says now is kept once, beside the log. */
export interface LogEntry {
  readonly sequence: number
  readonly activityId: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly kind: 'added' | 'replaced' | 'erased'
  readonly transient: boolean
}

/**
 * What a reader who saw nothing of `entries` has to be shown: every activity once, where it first appears among them and as
 * it is now, and the deletion of what the reader may have seen before them.
 *
 * @param activityOf - What the activity of an entry says now; `undefined` when it was erased.
 */
export function collectChanges<E extends LogEntry>(
  entries: Iterable<E>,
  activityOf: (entry: E) => WireActivity | undefined,
  { transient }: ReadChangesOptions,
): readonly ConversationChange[] {
  const changes: ConversationChange[] = []
  const settled = new Set<string>()
  for (const entry of entries) {
    const { activityId, sequence, kind } = entry
    if (settled.has(activityId) || (entry.transient && !transient)) continue
    const activity = activityOf(entry)
    if (activity) changes.push({ sequence, activity })
    else if (kind === 'erased') changes.push({ sequence, activity: deletionOf(entry) })
    // Added and erased among these entries: the reader never saw it. A replacement says nothing of the kind.
    if (activity || kind !== 'replaced') settled.add(activityId)
  }
  return changes
}

/** Web Chat takes a bubble away when an activity of this type arrives under its id. */
function deletionOf({ activityId, at }: LogEntry): WireActivity {
  return { type: 'messageDelete', id: activityId, timestamp: new Date(at).toISOString() }
}
