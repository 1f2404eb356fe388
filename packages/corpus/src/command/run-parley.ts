import { setTimeout as sleep } from 'node:timers/promises'
import type { HostName } from '../bots/hosts.ts'
import type { FaultCase } from '../cases/fault-case.ts'
import { loadFaultCases } from '../cases/load-faults.ts'
import { loadInboundCases } from '../cases/load-inbound.ts'
import type { FaultResult } from '../faults/play-fault.ts'
import { startFaults } from '../faults/run-faults.ts'
import { CrashWatch } from '../inbound/crash-watch.ts'
import { isSlow } from '../cases/case-facts.ts'
import { playApart, runInbound } from '../inbound/run-inbound.ts'
import { withCrashes } from '../inbound/verdict.ts'
import type { CaseResult } from '../inbound/verdict.ts'
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

/** How long node takes to tell of a rejection nobody handles, in milliseconds. */
const TELL_MS = 20

/** A rejection nobody handles ends a process; here it is a problem of the case it came with. */
async function runFaults(cases: readonly FaultCase[]): Promise<FaultResult[]> {
  const watch = new CrashWatch()
  const results = new Map<string, FaultResult>()
  try {
    const started = startFaults(cases)
    const apart = cases.filter(({ alone }) => alone)
    for (const { id } of cases.filter((testCase) => !apart.includes(testCase)))
      results.set(id, await started.get(id)!())
    for (const { id } of apart) {
      watch.take()
      const result = await started.get(id)!()
      await sleep(TELL_MS)
      results.set(id, withCrashes(result, watch.take()))
    }
    return cases.map(({ id }) => results.get(id)!)
  } finally {
    watch.close()
  }
}
