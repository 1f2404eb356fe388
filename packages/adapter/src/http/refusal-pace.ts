/** Limits of {@link RefusalPace}. */
export interface RefusalPaceOptions {
  /** Time between two answers, in milliseconds. Default 5. */
  readonly intervalMs?: number
  /** How many answers leave at once after a quiet time. Default 200. */
  readonly burst?: number
  /** Longest time an answer is held back, in milliseconds. Default 2000, which is 400 answers. */
  readonly maxDelayMs?: number
  /** Milliseconds of a clock that only counts forward. Default `performance.now`. */
  readonly now?: () => number
}

/**
 * When strangers may have their answers. Whoever floods a bot sends the next request when the last one was answered; were that
 * at once, refusing would take all the time there is for those who are let in.
 */
export class RefusalPace {
  private readonly intervalMs: number
  private readonly savedMs: number
  private readonly maxDelayMs: number
  private readonly now: () => number
  /** When all answers so far will have left. */
  private clearAt = Number.NEGATIVE_INFINITY

  constructor({ intervalMs = 5, burst = 200, maxDelayMs = 2000, now = monotonicNow }: RefusalPaceOptions = {}) {
    this.intervalMs = intervalMs
    this.savedMs = burst * intervalMs
    this.maxDelayMs = maxDelayMs
    this.now = now
  }

  /**
   * How long to hold back the next answer, in milliseconds.
   *
   * @returns `undefined` when too many are held back already.
   */
  next(): number | undefined {
    const now = this.now()
    const at = Math.max(this.clearAt, now - this.savedMs)
    if (at - now > this.maxDelayMs) return undefined
    this.clearAt = at + this.intervalMs
    return Math.max(0, at - now)
  }
}

function monotonicNow(): number {
  return performance.now()
}
