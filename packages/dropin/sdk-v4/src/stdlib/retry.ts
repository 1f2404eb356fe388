import { delay } from './delay.ts'

/**
 * Calls until a promise is fulfilled, waiting twice as long after each failure.
 *
 * @param promise - Gets the number of the call, from 1.
 * @param maxRetries - Calls altogether; at least one is made.
 * @param initialDelay - Milliseconds after the first failure; default 500.
 * @throws What the last call rejected with; what a call throws instead of rejecting is not retried.
 */
export async function retry<T>(
  promise: (n: number) => Promise<T>,
  maxRetries: number,
  initialDelay = 500,
): Promise<T | undefined> {
  for (let n = 1; ; n += 1) {
    const call = promise(n)
    try {
      return await call
    } catch (error) {
      if (n >= maxRetries) throw error
    }
    await delay(initialDelay * 2 ** (n - 1))
  }
}
