import type { Activity } from '../activity.ts'

/** One activity of a recorded or written conversation, and where it was found. */
export interface TranscriptEntry {
  readonly activity: Partial<Activity>
  /** Line of the file on which the activity begins; the first is 1. */
  readonly line: number
}
