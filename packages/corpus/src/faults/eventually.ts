import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 5
const TIMEOUT_MS = 10_000

/** Resolves when something holds, or after ten seconds: what was waited for is then missing in the judgement. */
export async function eventually(holds: () => boolean): Promise<void> {
  const until = performance.now() + TIMEOUT_MS
  while (!holds() && performance.now() < until) await sleep(POLL_MS)
}
