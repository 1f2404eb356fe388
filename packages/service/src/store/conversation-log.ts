import type { WireActivity } from '../conversations/wire-activity.ts'
import type { ConversationChanges } from './conversation-record.ts'
import type { ReadChangesOptions } from './conversation-store.ts'
import { collectChanges } from './log-entry.ts'
import type { LogEntry } from './log-entry.ts'

interface StoredActivity {
  readonly activity: WireActivity
  /** Of its latest entry: when that one is forgotten, so is the activity. */
  readonly sequence: number
}

/** The log of one conversation, in memory. */
export class ConversationLog {
  private entries: LogEntry[] = []
  private readonly activities: Map<string, StoredActivity> = new Map()
  private sequence = 0

  get lastSequence(): number {
    return this.sequence
  }

  find(activityId: string): WireActivity | undefined {
    return this.activities.get(activityId)?.activity
  }

  append(activity: WireActivity, at: number, transient: boolean): void {
    this.write('added', activity, at, transient)
  }

  replace(activity: WireActivity, at: number): void {
    this.write('replaced', activity, at, false)
  }

  erase(activityId: string, at: number): void {
    this.activities.delete(activityId)
    this.add('erased', activityId, at, false)
  }

  read(watermark: number, options: ReadChangesOptions): ConversationChanges {
    const start = this.indexAfter(watermark)
    const end = start + (options.maxEntries ?? Number.POSITIVE_INFINITY)
    const entries = this.entries.slice(start, end)
    const reached = end < this.entries.length ? entries.at(-1)?.sequence : this.sequence
    return {
      changes: collectChanges(entries, ({ activityId }) => this.find(activityId), options),
      watermark: Math.max(reached ?? 0, watermark),
    }
  }

  /** Forgets entries before `olderThan`, and the oldest of those beyond `maxEntries`. */
  trim(olderThan: number, maxEntries: number): void {
    const firstYoung = this.entries.findIndex((entry) => entry.at >= olderThan)
    const expired = firstYoung === -1 ? this.entries.length : firstYoung
    for (const { activityId, sequence } of this.entries.splice(
      0,
      Math.max(expired, this.entries.length - maxEntries),
    )) {
      if (this.activities.get(activityId)?.sequence === sequence) this.activities.delete(activityId)
    }
  }

  private write(kind: LogEntry['kind'], activity: WireActivity, at: number, transient: boolean): void {
    const activityId = activity.id ?? ''
    this.add(kind, activityId, at, transient)
    this.activities.set(activityId, { activity, sequence: this.sequence })
  }

  private add(kind: LogEntry['kind'], activityId: string, at: number, transient: boolean): void {
    this.sequence += 1
    this.entries.push({ sequence: this.sequence, activityId, at, kind, transient })
  }

  /** Sequences rise by one, so the place of an entry follows from the first one's. */
  private indexAfter(watermark: number): number {
    const first = this.entries[0]
    return first ? Math.max(0, watermark - first.sequence + 1) : 0
  }
}
