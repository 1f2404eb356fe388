import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Repeats an action that is answered with 429.
 *
 * @param promise - The action; it is told which try it is, from 1.
 * @param maxRetries - How many tries there are; at least one.
 * @param initialDelay - Milliseconds between tries.
 * @throws An object with all `errors` and a `message`: no try succeeded, or one failed with anything but 429.
 */
export async function retryAction<T>(
  promise: (n: number) => Promise<T>,
  maxRetries: number,
  initialDelay = 500,
): Promise<T | undefined> {
  const errors: unknown[] = []
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await promise(attempt)
    } catch (error) {
      errors.push(error)
      const isThrottled = (error as { statusCode?: unknown } | undefined)?.statusCode === 429
      if (!isThrottled || attempt >= maxRetries) break
      await sleep(initialDelay)
    }
  }
  // oxlint-disable-next-line no-throw-literal -- v4 throws an object that is no Error
  throw { errors, message: 'Failed to perform the required operation.' }
}
