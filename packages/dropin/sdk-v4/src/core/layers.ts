/** One layer of v4's onion: it need not wait for what it starts with `next()`, and may start it again. */
export type Layer<C> = (context: C, next: () => Promise<void>) => unknown

/**
 * Runs layers around `next` the way v4 did, except that what a layer starts and forgets is waited for: a missing `await` before
 * `next()` then neither ends the turn early nor ends the process when something inside fails.
 *
 * @returns What the outermost layer returned, or what `next` returned when there are no layers.
 */
export async function runLayers<C>(layers: readonly Layer<C>[], context: C, next: () => unknown): Promise<unknown> {
  const runFrom = async (index: number): Promise<unknown> => {
    const layer = layers[index]
    if (!layer) return next()
    const started: Watched[] = []
    try {
      return await layer(context, () => watched(runFrom(index + 1), started))
    } finally {
      for (const inside of started) await inside.settled()
    }
  }
  return runFrom(0)
}

/** A promise that knows whether anybody waits for it. */
class WatchedPromise<T> extends Promise<T> {
  isWaitedFor = false

  static override get [Symbol.species](): PromiseConstructor {
    return Promise
  }

  // oxlint-disable-next-line unicorn/no-thenable -- a promise has one
  override then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.isWaitedFor = true
    return super.then(onFulfilled, onRejected)
  }
}

interface Watched {
  /** Waits until it has ended; fails as it did, if nobody else learns of that. */
  settled(): Promise<void>
}

function watched(running: Promise<unknown>, started: Watched[]): Promise<void> {
  const handedOut = new WatchedPromise<unknown>((resolve, reject) => void running.then(resolve, reject))
  // Whether anybody waits turns out later; until then a failure must not count as unhandled.
  void Promise.prototype.then.call(handedOut, undefined, () => {})
  started.push({
    settled: async () => {
      if (handedOut.isWaitedFor) await running.catch(() => {})
      else await handedOut
    },
  })
  return handedOut as Promise<void>
}
