import { setTimeout as sleep } from 'node:timers/promises'
import type { InboundCase } from '../cases/inbound-case.ts'
import { RawConnection } from '../request/raw-connection.ts'
import type { World } from '../world/world.ts'
import { playInbound } from './play-inbound.ts'
import { withCrashes } from './verdict.ts'
import type { CaseResult } from './verdict.ts'

/** How long after an answer a handler may still show that it ran, in milliseconds: it may not wait for its own reply. */
const SETTLE_MS = 20

/** How long a bot that is gone may take to come back, if something restarts it, in milliseconds. */
const RESTART_MS = 10_000
const POLL_MS = 100

/**
 * Plays inbound cases against a bot that is not ours, one after the other. When the bot ends and does not come back, the rest
 * is not played.
 *
 * @param restartMs - How long to wait for it to come back. Default 10 000.
 */
export async function runForeign(
  cases: readonly InboundCase[],
  url: string,
  world: World,
  restartMs: number = RESTART_MS,
): Promise<CaseResult[]> {
  const results: CaseResult[] = []
  for (const testCase of cases) {
    const result = await playInbound(testCase, { url }, world, SETTLE_MS)
    const isGone = !(await listens(url))
    results.push(isGone ? withCrashes(result, ['nobody listens any more']) : result)
    if (isGone && !(await comesBack(url, restartMs))) break
  }
  return results
}

async function comesBack(url: string, withinMs: number): Promise<boolean> {
  const until = performance.now() + withinMs
  while (performance.now() < until) {
    if (await listens(url)) return true
    await sleep(POLL_MS)
  }
  return false
}

async function listens(url: string): Promise<boolean> {
  try {
    const connection = await RawConnection.open(url)
    connection.close()
    return true
  } catch {
    return false
  }
}
