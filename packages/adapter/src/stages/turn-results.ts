import type { Activity } from '@parley/core'
import { BoundedMap } from '@parley/core/internal'
import type { Answer } from '../http/inbound-request.ts'

/** Limits of {@link TurnResults}. */
export interface TurnResultsOptions {
  /** How many results are kept at the most, and at least half of them; the oldest go first. Default 10 000. */
  readonly maxResults?: number
  /** How long a result is kept, in milliseconds. Default 10 minutes: longer than channels go on retrying. */
  readonly keepMs?: number
  /** Milliseconds since an arbitrary moment. Default `Date.now`. */
  readonly now?: () => number
}

/** What became of an activity, or will. */
interface TurnResult {
  answer: Answer | Promise<Answer>
  readonly at: number
}

/**
 * Stage 4. Channels deliver an activity again when they are not sure that it arrived. The first delivery runs the turn; the
 * others wait for its answer, or get it from here.
 */
export class TurnResults {
  private readonly results: BoundedMap<string, TurnResult>
  private readonly keepMs: number
  private readonly now: () => number

  constructor({ maxResults = 10_000, keepMs = 600_000, now = Date.now }: TurnResultsOptions = {}) {
    this.results = new BoundedMap(maxResults)
    this.keepMs = keepMs
    this.now = now
  }

  /**
   * The answer to `activity`: from its first delivery if there was one, else from `turn`. A turn that failed is forgotten, so
   * that the next delivery tries again.
   *
   * @param sender - Who sent it, as proven: one sender cannot answer for another.
   */
  once(sender: string, activity: Activity, turn: () => Promise<Answer>): Promise<Answer> {
    // Without an id two deliveries cannot be told from two activities.
    if (!activity.id) return turn()
    const key = JSON.stringify([sender, activity.channelId, activity.conversation.id, activity.id])
    const known = this.results.get(key)
    if (known && this.now() - known.at < this.keepMs) return Promise.resolve(known.answer)
    return this.keep(key, turn())
  }

  private async keep(key: string, running: Promise<Answer>): Promise<Answer> {
    const result: TurnResult = { answer: running, at: this.now() }
    this.results.set(key, result)
    try {
      const answer = await running
      // The answer is much smaller than the promise, which keeps the turn alive.
      result.answer = answer
      if (answer.status >= 500 && answer.status !== 501) this.forget(key, result)
      return answer
    } catch (error) {
      this.forget(key, result)
      throw error
    }
  }

  private forget(key: string, result: TurnResult): void {
    if (this.results.get(key) === result) this.results.delete(key)
  }
}
