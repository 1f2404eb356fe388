import type { InboundCase } from '../cases/inbound-case.ts'
import type { World } from '../world/world.ts'
import { playInbound } from './play-inbound.ts'
import type { CaseResult } from './verdict.ts'

/** How long after an answer a handler may still show that it ran, in milliseconds: it may not wait for its own reply. */
const SETTLE_MS = 20

/** Cases a bot can be tried with from outside: those that need no bot set up in a special way. */
export function isForAnyBot({ bot = 'channel' }: InboundCase): boolean {
  return bot === 'channel'
}

/** Plays inbound cases against a bot that is not ours, one after the other. */
export async function runForeign(
  cases: readonly InboundCase[],
  url: string,
  world: World,
  onProgress: (done: number) => void = () => {},
): Promise<CaseResult[]> {
  const results: CaseResult[] = []
  for (const testCase of cases) {
    results.push(await playInbound(testCase, { url }, world, SETTLE_MS))
    onProgress(results.length)
  }
  return results
}
