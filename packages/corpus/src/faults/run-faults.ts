import type { FaultCase } from '../cases/fault-case.ts'
import { playFault } from './play-fault.ts'
import type { FaultResult } from './play-fault.ts'

/** Cases played at once: they mostly wait. */
const AT_ONCE = 24

/**
 * Plays faults side by side, those that must be alone when they are asked for.
 *
 * @returns What becomes of each, by its id; call it to begin or to await.
 */
export function startFaults(cases: readonly FaultCase[]): ReadonlyMap<string, () => Promise<FaultResult>> {
  const enter = createLimit(AT_ONCE)
  return new Map(
    cases.map((testCase) => {
      if (testCase.alone) return [testCase.id, () => playFault(testCase)]
      const playing = enter(() => playFault(testCase))
      return [testCase.id, () => playing]
    }),
  )
}

/** Lets at most so many run at a time, in order. */
function createLimit(most: number): <T>(run: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (run) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    running += 1
    try {
      return await run()
    } finally {
      running -= 1
      waiting.shift()?.()
    }
  }
}
