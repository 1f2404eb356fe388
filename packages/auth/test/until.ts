import { setImmediate } from 'node:timers/promises'

/** Waits for what nobody can await, such as work in the background; the test's own time-out is the bound. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await setImmediate()
}
