/** Runs work one at a time per key, in the order it was given; work under different keys does not wait. */
export class TurnQueue {
  private readonly tails: Map<string, Promise<unknown>> = new Map()
  private readonly counts: Map<string, number> = new Map()

  /** How much was given under `key` that has not settled. */
  waiting(key: string): number {
    return this.counts.get(key) ?? 0
  }

  /** Runs `work` once everything given earlier under `key` has settled, and returns what it returns. */
  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const earlier = this.tails.get(key) ?? Promise.resolve()
    const turn = earlier.then(work, work)
    this.tails.set(key, turn)
    this.counts.set(key, this.waiting(key) + 1)
    try {
      return await turn
    } finally {
      if (this.tails.get(key) === turn) this.tails.delete(key)
      const left = this.waiting(key) - 1
      if (left > 0) this.counts.set(key, left)
      else this.counts.delete(key)
    }
  }

  /** Waits until nothing is left to do. */
  async idle(): Promise<void> {
    while (this.tails.size > 0) await Promise.allSettled(this.tails.values())
  }
}
