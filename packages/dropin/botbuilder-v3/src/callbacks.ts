/** What callbacks of SDK v3 get in place of an error when there is none; their types do not say so. */
export const NO_ERROR: Error = null as unknown as Error

/** Resolves with what a function of SDK v3 hands to its callback. */
export function fromCallback<T>(call: (callback: (err: Error, value?: T) => void) => void): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    call((err, value) => {
      if (err) reject(err)
      else resolve(value)
    })
  })
}

/** Whether a handler returned something to wait for. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | undefined)?.then === 'function'
}
