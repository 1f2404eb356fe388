import { textOf } from '../direct-line/wire-activity.ts'
import type { WireActivity } from '../direct-line/wire-activity.ts'

/** What was said in a conversation, in the form of a transcript: an activity that comes again under its id is an update of it. */
export class TranscriptLog {
  private readonly said: WireActivity[] = []
  private readonly latest: Map<string, WireActivity> = new Map()

  /** Adds an activity as a client gets it. @returns what it is in the transcript; `undefined` for typing, which is not kept. */
  add(activity: WireActivity): WireActivity | undefined {
    if (activity.type === 'typing') return undefined
    const id = textOf(activity['id'])
    const isUpdate = activity.type === 'message' && this.latest.has(id)
    const entry = isUpdate ? { ...activity, type: 'messageUpdate' } : activity
    if (id !== '') this.latest.set(id, entry)
    this.said.push(entry)
    return entry
  }

  get activities(): readonly WireActivity[] {
    return this.said
  }

  /** What was last said under an id. */
  find(id: string): WireActivity | undefined {
    return this.latest.get(id)
  }
}
