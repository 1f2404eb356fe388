import type { Activity } from '@parley/core'
import type { Answer } from '../http/inbound-request.ts'

/** Limits of {@link TurnResults}. */
export interface TurnResultsOptions {
  /** How many results are kept at the most; the oldest go first. Default 10 000. */
  readonly maxResults?: number
  /** How long a result is kept, in milliseconds. Default 10 minutes: longer than channels go on retrying. */
  readonly keepMs?: number
  /** Milliseconds since an arbitrary moment. Default `Date.now`. */
  readonly now?: () => number
}

/**
 * Stage 4. Channels deliver an activity again when they are not sure that it arrived. The first delivery runs the turn; the
 * others wait for its answer, or get it from here.
 */
export class TurnResults {
  private readonly results = new Map<string, { readonly answer: Promise<Answer>; readonly at: number }>()
  private readonly maxResults: number
  private readonly keepMs: number
  private readonly now: () => number

  constructor({ maxResults = 10_000, keepMs = 600_000, now = Date.now }: TurnResultsOptions = {}) {
    this.maxResults = maxResults
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
    if (known && this.now() - known.at < this.keepMs) return known.answer
    return this.keep(key, turn())
  }

  private keep(key: string, answer: Promise<Answer>): Promise<Answer> {
    const result = { answer, at: this.now() }
    this.results.delete(key)
    this.results.set(key, result)
    this.dropOld(result.at)
    const forget = (): void => {
      if (this.results.get(key) === result) this.results.delete(key)
    }
    answer.then(({ status }) => {
      if (status >= 500 && status !== 501) forget()
    }, forget)
    return answer
  }

  /** Oldest first, which is the order of the map. */
  private dropOld(now: number): void {
    for (const [key, { at }] of this.results) {
      if (this.results.size <= this.maxResults && now - at < this.keepMs) return
      this.results.delete(key)
    }
  }
}
