import type { HostName } from '../bots/hosts.ts'
import { ParleyBots } from '../bots/parley-bots.ts'
import { codesOf } from '../cases/case-facts.ts'
import type { InboundCase } from '../cases/inbound-case.ts'
import { World } from '../world/world.ts'
import { CrashWatch } from './crash-watch.ts'
import { playInbound } from './play-inbound.ts'
import { withCrashes } from './verdict.ts'
import type { CaseResult } from './verdict.ts'

/** Plays inbound cases against Parley on one host, one after the other. */
export async function runInbound(cases: readonly InboundCase[], host: HostName): Promise<CaseResult[]> {
  const world = await World.start()
  const bots = new ParleyBots(world, host)
  const watch = new CrashWatch()
  const results: CaseResult[] = []
  try {
    for (const testCase of cases) {
      const bot = await bots.get(testCase.bot ?? 'channel', codesOf(testCase))
      results.push(withCrashes(await playInbound(testCase, bot, world), watch.take()))
    }
    return results
  } finally {
    watch.close()
    await bots.close()
    await world.close()
  }
}

/** Plays one case in a world of its own, so that several may wait at once. */
export async function playApart(testCase: InboundCase, host: HostName): Promise<CaseResult> {
  const [result] = await runInbound([testCase], host)
  return result!
}
