import type { KeyRing } from './key-ring.ts'

/** Keys being made in the background. */
export interface KeyPreparation {
  /** Makes no more of them, and waits for those that are being made. */
  close(): Promise<void>
}

/** More at once would keep files, which the same threads read, waiting. */
const AT_ONCE = 2

/** Makes the first keys of `rings` in the background, in their order. One that is asked for is made at once all the same. */
export function prepareKeys(rings: readonly KeyRing[]): KeyPreparation {
  const waiting = [...rings]
  const work = async (): Promise<void> => {
    for (let ring = waiting.shift(); ring; ring = waiting.shift()) {
      // Who asks for the key tries again, and hears of the failure.
      await ring.ready().catch(() => {})
    }
  }
  const working = Array.from({ length: AT_ONCE }, work)
  return {
    async close() {
      waiting.length = 0
      await Promise.all(working)
    },
  }
}
