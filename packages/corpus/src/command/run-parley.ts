import type { HostName } from '../bots/hosts.ts'
import { loadFaultCases } from '../cases/load-faults.ts'
import { loadInboundCases } from '../cases/load-inbound.ts'
import type { FaultResult } from '../faults/play-fault.ts'
import { startFaults } from '../faults/run-faults.ts'
import { isSlow } from '../inbound/play-inbound.ts'
import { playApart, runInbound } from '../inbound/run-inbound.ts'
import type { CaseResult } from '../inbound/verdict.ts'
import { CrashWatch } from './crash-watch.ts'
import type { ParleyResults } from './report.ts'

/** Plays the corpus against Parley: the inbound cases on each host, then what is slow and the faults side by side. */
export async function runParley(
  hosts: readonly HostName[],
  families: readonly string[],
  tell: (line: string) => void,
): Promise<ParleyResults> {
  const isAsked = ({ family }: { readonly family: string }): boolean =>
    families.length === 0 || families.includes(family)
  const cases = loadInboundCases().filter(isAsked)
  const inbound: Record<string, CaseResult[]> = {}
  for (const host of hosts) {
    const quick = cases.filter((testCase) => !isSlow(testCase))
    tell(`${quick.length} inbound cases on ${host}`)
    inbound[host] = await runInbound(quick, host)
  }
  const slow = cases.filter(isSlow)
  const faults = loadFaultCases().filter(isAsked)
  tell(`${slow.length} slow cases on each host and ${faults.length} faults, side by side`)
  const playing = hosts.map((host) => Promise.all(slow.map((testCase) => playApart(testCase, host))))
  const played = await runFaults(faults)
  for (const [index, host] of hosts.entries()) inbound[host]?.push(...((await playing[index]) ?? []))
  return { inbound, faults: played }
}

/** A rejection nobody handles ends a process; here it is a problem of the case it came with. */
async function runFaults(cases: ReturnType<typeof loadFaultCases>): Promise<FaultResult[]> {
  const watch = new CrashWatch()
  try {
    const started = startFaults(cases)
    const results = await Promise.all(cases.filter(({ alone }) => !alone).map(({ id }) => started.get(id)!()))
    for (const { id } of cases.filter(({ alone }) => alone)) {
      const before = watch.crashes.length
      const result = await started.get(id)!()
      await watch.settled()
      results.push(withCrashes(result, watch.crashes.slice(before)))
    }
    const order = cases.map(({ id }) => id)
    return results.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
  } finally {
    watch.close()
  }
}

function withCrashes(result: FaultResult, crashes: readonly string[]): FaultResult {
  if (crashes.length === 0) return result
  const problems = [...result.problems, `would end the process: ${crashes.join()}`]
  return { ...result, problems, verdict: 'noAnswer' }
}
