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
  /** Turns going on now, those the bot started included. */
  readonly running: number
}

/** Counts what passes through an adapter. */
export class AdapterCounters {
  admitted = 0
  turns = 0
  failed = 0
  acknowledged = 0
  private readonly refusals = new Map<string, number>()

  refused(code: string): void {
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1)
  }

  snapshot(running: number): AdapterMetrics {
    const { admitted, turns, failed, acknowledged } = this
    return {
      refused: Object.fromEntries(this.refusals),
      turns,
      failed,
      repeated: admitted - turns,
      acknowledged,
      running,
    }
  }
}
