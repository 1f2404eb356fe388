import type { Clock } from '../clock.ts'

/** A client that has polled this recently is still there. */
const POLL_PRESENCE_MS = 15_000

/** Knows which conversations somebody is looking at, by an open stream or by polling. */
export class Attendance {
  private readonly clock: Clock
  /** Number of open streams by conversation. */
  private readonly streams: Map<string, number> = new Map()
  private readonly lastPolls: Map<string, number> = new Map()

  constructor(clock: Clock) {
    this.clock = clock
  }

  /** Notes an open stream. @returns a function to call when it closes. */
  open(conversationId: string): () => void {
    this.streams.set(conversationId, (this.streams.get(conversationId) ?? 0) + 1)
    return () => {
      const left = (this.streams.get(conversationId) ?? 1) - 1
      if (left > 0) this.streams.set(conversationId, left)
      else this.streams.delete(conversationId)
    }
  }

  /** Notes a poll. */
  polled(conversationId: string): void {
    const now = this.clock.now()
    for (const [id, at] of this.lastPolls) if (at < now - POLL_PRESENCE_MS) this.lastPolls.delete(id)
    this.lastPolls.set(conversationId, now)
  }

  /** The conversations somebody is looking at. */
  attended(): readonly string[] {
    const since = this.clock.now() - POLL_PRESENCE_MS
    const polling = [...this.lastPolls].filter(([, at]) => at >= since).map(([id]) => id)
    return [...new Set([...this.streams.keys(), ...polling])]
  }
}
