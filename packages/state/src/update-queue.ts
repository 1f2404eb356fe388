/**
 * Lets work on one key take turns, so that what one process does at the same time does not spend its retries on itself.
 *
 * It is a courtesy, not a lock: a turn that takes longer than `maxTurnMs` no longer keeps the next from beginning, so work
 * that waits for other work of the same key ends all the same.
 */
export class UpdateQueue {
  private readonly maxTurnMs: number
  /** The end of the last turn of each key. */
  private readonly ends: Map<string, Promise<void>> = new Map()

  constructor(maxTurnMs: number) {
    this.maxTurnMs = maxTurnMs
  }

  async run<R>(key: string, work: () => Promise<R>): Promise<R> {
    const previous = this.ends.get(key)
    let finish = (): void => {}
    const end = new Promise<void>((resolve) => (finish = resolve))
    this.ends.set(key, end)
    await previous
    const timer = setTimeout(finish, this.maxTurnMs)
    try {
      return await work()
    } finally {
      clearTimeout(timer)
      finish()
      if (this.ends.get(key) === end) this.ends.delete(key)
    }
  }
}
