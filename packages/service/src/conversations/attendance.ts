import type { Clock } from '../clock.ts'

/** A client that has polled this recently is still there. */
const POLL_PRESENCE_MS = 15_000

/** Knows what somebody is looking at: conversations, by an open stream or by polling, and bots, by an open chat page. */
export class Attendance {
  private readonly clock: Clock
  /** Number of open streams by conversation. */
  private readonly streams: Map<string, number> = new Map()
  private readonly lastPolls: Map<string, number> = new Map()
  /** Number of open chat pages by bot. */
  private readonly pages: Map<string, number> = new Map()

  constructor(clock: Clock) {
    this.clock = clock
  }

  /** Notes an open stream. @returns a function to call when it closes. */
  open(conversationId: string): () => void {
    return countUp(this.streams, conversationId)
  }

  /** Notes an open chat page. @returns a function to call when it closes. */
  watch(botId: string): () => void {
    return countUp(this.pages, botId)
  }

  /** Whether a chat page is open that talks to the bot. */
  isWatched(botId: string): boolean {
    return this.pages.has(botId)
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

function countUp(counts: Map<string, number>, key: string): () => void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
  return () => {
    const left = (counts.get(key) ?? 1) - 1
    if (left > 0) counts.set(key, left)
    else counts.delete(key)
  }
}
