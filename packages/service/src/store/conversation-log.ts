import type { WireActivity } from '../conversations/wire-activity.ts'
import type { ConversationChange, ConversationChanges } from './conversation-record.ts'
import type { ReadChangesOptions } from './conversation-store.ts'

interface LogEntry {
  readonly sequence: number
  readonly activityId: string
  readonly at: number
  readonly kind: 'added' | 'replaced' | 'erased'
  readonly transient: boolean
}

/**
 * The log of one conversation. Entries name activities, whose present state is kept once: reading from the start gives every
 * activity as it now is, and reading from a watermark gives what changed since.
 */
export class ConversationLog {
  private entries: LogEntry[] = []
  private readonly activities: Map<string, WireActivity> = new Map()
  private sequence = 0

  get lastSequence(): number {
    return this.sequence
  }

  find(activityId: string): WireActivity | undefined {
    return this.activities.get(activityId)
  }

  append(activity: WireActivity, at: number, transient: boolean): void {
    const activityId = activity.id ?? ''
    this.activities.set(activityId, activity)
    this.add(activityId, at, 'added', transient)
  }

  replace(activity: WireActivity, at: number): boolean {
    const activityId = activity.id ?? ''
    if (!this.activities.has(activityId)) return false
    this.activities.set(activityId, activity)
    this.add(activityId, at, 'replaced', false)
    return true
  }

  erase(activityId: string, at: number): boolean {
    if (!this.activities.delete(activityId)) return false
    this.add(activityId, at, 'erased', false)
    return true
  }

  read(watermark: number, { transient }: ReadChangesOptions): ConversationChanges {
    const changes: ConversationChange[] = []
    const settled = new Set<string>()
    for (const entry of this.entries.slice(this.indexAfter(watermark))) {
      const { activityId, sequence, kind } = entry
      if (settled.has(activityId) || (entry.transient && !transient)) continue
      const activity = this.activities.get(activityId)
      if (activity) changes.push({ sequence, activity })
      else if (kind === 'erased') changes.push({ sequence, activity: deletionOf(entry) })
      // Added and erased since the watermark: the reader never saw it. A replacement says nothing of the kind.
      if (activity || kind !== 'replaced') settled.add(activityId)
    }
    return { changes, watermark: Math.max(this.sequence, watermark) }
  }

  /** Forgets entries before `olderThan`, and the oldest of those beyond `maxEntries`. */
  trim(olderThan: number, maxEntries: number): void {
    const firstYoung = this.entries.findIndex((entry) => entry.at >= olderThan)
    const expired = firstYoung === -1 ? this.entries.length : firstYoung
    const dropped = this.entries.splice(0, Math.max(expired, this.entries.length - maxEntries))
    if (dropped.length === 0) return
    const kept = new Set(this.entries.map((entry) => entry.activityId))
    for (const { activityId } of dropped) if (!kept.has(activityId)) this.activities.delete(activityId)
  }

  private add(activityId: string, at: number, kind: LogEntry['kind'], transient: boolean): void {
    this.sequence += 1
    this.entries.push({ sequence: this.sequence, activityId, at, kind, transient })
  }

  /** Sequences rise by one, so the place of an entry follows from the first one's. */
  private indexAfter(watermark: number): number {
    const first = this.entries[0]
    return first ? Math.max(0, watermark - first.sequence + 1) : 0
  }
}

/** Web Chat takes a bubble away when an activity of this type arrives under its id. */
function deletionOf(entry: LogEntry): WireActivity {
  return { type: 'messageDelete', id: entry.activityId, timestamp: new Date(entry.at).toISOString() }
}
