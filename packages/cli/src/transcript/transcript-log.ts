import { textOf } from '../direct-line/wire-activity.ts'
import type { WireActivity } from '../direct-line/wire-activity.ts'

/** More is not kept; the oldest go first. */
const MAX_ACTIVITIES = 100_000

/** What was said in a conversation, in the form of a transcript: an activity that comes again under its id is an update of it. */
export class TranscriptLog {
  private readonly said: WireActivity[] = []
  private readonly known: Set<string> = new Set()

  /** Adds an activity as a client gets it. @returns what it is in the transcript; `undefined` for typing, which is not kept. */
  add(activity: WireActivity): WireActivity | undefined {
    if (activity.type === 'typing') return undefined
    const id = textOf(activity['id'])
    const isUpdate = activity.type === 'message' && id !== '' && this.known.has(id)
    const entry = isUpdate ? { ...activity, type: 'messageUpdate' } : activity
    this.known.add(id)
    this.said.push(entry)
    if (this.said.length > MAX_ACTIVITIES) this.said.shift()
    return entry
  }

  get activities(): readonly WireActivity[] {
    return this.said
  }

  /** What was last said under an id. */
  find(id: string): WireActivity | undefined {
    return this.said.findLast((activity) => activity['id'] === id)
  }
}
