/** Counts what is running, so that closing can wait for it. */
export class RunningTurns {
  private count = 0
  private readonly waiting: (() => void)[] = []

  /** How many run now. */
  get size(): number {
    return this.count
  }

  /** Counts `turn` until it has ended. */
  async track<T>(turn: () => Promise<T>): Promise<T> {
    this.count += 1
    try {
      return await turn()
    } finally {
      this.count -= 1
      if (this.count === 0) for (const resolve of this.waiting.splice(0)) resolve()
    }
  }

  /** Resolves when nothing runs, or after `timeoutMs`. */
  async settled(timeoutMs: number): Promise<void> {
    if (this.count === 0) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, timeoutMs)
      this.waiting.push(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }
}
