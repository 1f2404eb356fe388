import type { Activity } from '@parley/core'
import { BoundedMap } from '@parley/core/internal'
import type { Answer } from '../http/inbound-request.ts'
import type { SharedTurns } from '../turn-storage/shared-turns.ts'
import { SendJournal } from './send-journal.ts'
import type { JournaledSends, MaybeSentPolicy } from './send-journal.ts'
import { isFailure } from './turn-run.ts'
import type { StartTurn } from './turn-run.ts'

/** Limits of {@link TurnResults}, and how it works together with other hosts. */
export interface TurnResultsOptions {
  /** How many results are kept at the most, and at least half of them; the oldest go first. Default 10 000. */
  readonly maxResults?: number
  /** How long a result is kept, in milliseconds. Default 10 minutes: longer than channels go on retrying. */
  readonly keepMs?: number
  /** Milliseconds since an arbitrary moment. Default `Date.now`. */
  readonly now?: () => number
  /** What all hosts of the bot know. Default: this process is the only one. */
  readonly shared?: SharedTurns | undefined
  /** Default `resend`. */
  readonly maybeSent?: MaybeSentPolicy | undefined
  /** Called for each reply of which nobody knows whether it was sent, when its turn runs again. */
  readonly onMaybeSent?: (() => void) | undefined
}

/** What became of an activity, or will. */
interface TurnResult {
  /** Absent when the turn failed. */
  answer: Answer | Promise<Answer> | undefined
  /** What runs that failed have sent; absent once one went well. */
  sends: JournaledSends | undefined
  readonly at: number
}

/**
 * Stage 4. Channels deliver an activity again when they are not sure that it arrived. The first delivery runs the turn; the
 * others wait for its answer, or get it from here. With a storage this is so for the deliveries to all hosts together.
 */
export class TurnResults {
  private readonly results: BoundedMap<string, TurnResult>
  private readonly options: TurnResultsOptions
  private readonly keepMs: number
  private readonly now: () => number

  constructor(options: TurnResultsOptions = {}) {
    const { maxResults = 10_000, keepMs = 600_000, now = Date.now } = options
    this.results = new BoundedMap(maxResults)
    this.options = options
    this.keepMs = keepMs
    this.now = now
  }

  /** Whether they are those of all hosts, so that it may take time to learn of one. */
  get areShared(): boolean {
    return this.options.shared !== undefined
  }

  /** Lets nobody wait for other hosts any longer. */
  async close(): Promise<void> {
    await this.options.shared?.close()
  }

  /**
   * The answer to `activity`: from its first delivery if there was one, else from `turn`. After a turn that failed the next
   * delivery tries again, and does not send again what was sent.
   *
   * @param sender - Who sent it, as proven: one sender cannot answer for another.
   * @throws {@link InboundRefusedError} `TURN_STORAGE_FAILED` or `TURN_RUNS_ELSEWHERE` 503.
   */
  once(sender: string, activity: Activity, turn: StartTurn): Promise<Answer> {
    // Without an id two deliveries cannot be told from two activities.
    if (!activity.id) return turn(undefined).answer
    const key = JSON.stringify([sender, activity.channelId, activity.conversation?.id, activity.id])
    const known = this.results.get(key)
    const isKnown = known !== undefined && this.now() - known.at < this.keepMs
    if (isKnown && known.answer) return Promise.resolve(known.answer)
    const sends = (isKnown ? known.sends : undefined) ?? {}
    const { shared } = this.options
    const alone = (): Promise<Answer> => this.runAlone(sends, turn)
    return this.keep(key, sends, shared ? shared.run(key, turn, alone) : alone())
  }

  private async runAlone(sends: JournaledSends, turn: StartTurn): Promise<Answer> {
    const { maybeSent, onMaybeSent } = this.options
    const journal = new SendJournal({ sends, maybeSent, onMaybeSent })
    try {
      const answer = await turn(journal).answer
      if (isFailure(answer)) journal.runFailed()
      return answer
    } catch (error) {
      journal.runFailed()
      throw error
    }
  }

  private async keep(key: string, sends: JournaledSends, running: Promise<Answer>): Promise<Answer> {
    const result: TurnResult = { answer: running, sends, at: this.now() }
    this.results.set(key, result)
    try {
      const answer = await running
      // The answer is much smaller than the promise, which keeps the turn alive.
      result.answer = answer
      if (isFailure(answer)) this.retry(key, result)
      else result.sends = undefined
      return answer
    } catch (error) {
      this.retry(key, result)
      throw error
    }
  }

  /** Lets the next delivery run the turn again. */
  private retry(key: string, result: TurnResult): void {
    result.answer = undefined
    const hasSent = Object.keys(result.sends ?? {}).length > 0
    if (!hasSent && this.results.get(key) === result) this.results.delete(key)
  }
}
