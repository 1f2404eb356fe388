import type { Clock } from '../clock.ts'

/** A client that has polled this recently is still there. */
const POLL_PRESENCE_MS = 15_000

export interface AttendanceOptions {
  readonly clock: Clock
  /** Called when somebody begins to look at a conversation that nobody was looking at. */
  readonly onArrival: (conversationId: string) => void
}

/** Knows what somebody is looking at: conversations, by an open stream or by polling, and bots, by an open chat page. */
export class Attendance {
  private readonly clock: Clock
  private readonly onArrival: (conversationId: string) => void
  /** Number of open streams by conversation. */
  private readonly streams: Map<string, number> = new Map()
  private readonly lastPolls: Map<string, number> = new Map()
  /** Number of open chat pages by bot. */
  private readonly pages: Map<string, number> = new Map()

  constructor({ clock, onArrival }: AttendanceOptions) {
    this.clock = clock
    this.onArrival = onArrival
  }

  /** Notes an open stream. @returns a function to call when it closes. */
  open(conversationId: string): () => void {
    const isArrival = !this.isAttended(conversationId)
    const leave = countUp(this.streams, conversationId)
    if (isArrival) this.onArrival(conversationId)
    return leave
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
    const isArrival = !this.isAttended(conversationId)
    this.lastPolls.set(conversationId, this.clock.now())
    if (isArrival) this.onArrival(conversationId)
  }

  /** The conversations somebody is looking at. */
  attended(): readonly string[] {
    this.forgetOldPolls()
    return [...new Set([...this.streams.keys(), ...this.lastPolls.keys()])]
  }

  private isAttended(conversationId: string): boolean {
    this.forgetOldPolls()
    return this.streams.has(conversationId) || this.lastPolls.has(conversationId)
  }

  private forgetOldPolls(): void {
    const since = this.clock.now() - POLL_PRESENCE_MS
    for (const [id, at] of this.lastPolls) if (at < since) this.lastPolls.delete(id)
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
