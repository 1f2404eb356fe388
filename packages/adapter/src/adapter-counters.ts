/** What an adapter has counted since it was made. Export it to your metrics system as counters; `running` is a gauge. */
export interface AdapterMetrics {
  /** Requests refused, by code of the refusal. */
  readonly refused: Readonly<Record<string, number>>
  /** Turns begun for activities that arrived. */
  readonly turns: number
  /** Turns answered with an error status. */
  readonly failed: number
  /** Deliveries that were answered from an earlier delivery of the same activity, without a turn of their own. */
  readonly repeated: number
  /** Turns answered while they were still going on. */
  readonly acknowledged: number
  /** Turns of hosts that ended or fell silent, which ran again here; see {@link CloudAdapterOptions.turnStorage}. */
  readonly takenOver: number
  /** Replies that may have been sent before; see {@link CloudAdapterOptions.maybeSent}. */
  readonly maybeSent: number
  /** Turns going on now, those the bot started included. */
  readonly running: number
}

/** What was let in and neither had a turn nor got the answer of one. */
const WITHOUT_ANSWER: ReadonlySet<string> = new Set(['TURN_RUNS_ELSEWHERE', 'TURN_STORAGE_FAILED'])

/** Counts what passes through an adapter. */
export class AdapterCounters {
  admitted = 0
  turns = 0
  failed = 0
  acknowledged = 0
  takenOver = 0
  maybeSent = 0
  private readonly refusals = new Map<string, number>()

  refused(code: string): void {
    if (WITHOUT_ANSWER.has(code)) this.admitted -= 1
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1)
  }

  snapshot(running: number): AdapterMetrics {
    const { admitted, turns, failed, acknowledged, takenOver, maybeSent } = this
    return {
      refused: Object.fromEntries(this.refusals),
      turns,
      failed,
      repeated: admitted - turns,
      acknowledged,
      takenOver,
      maybeSent,
      running,
    }
  }
}
