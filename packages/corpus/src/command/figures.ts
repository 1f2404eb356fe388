import type { FaultResult } from '../faults/play-fault.ts'
import type { CaseResult } from '../inbound/verdict.ts'

/** One measured figure beside what it is to be. */
export interface Figure {
  readonly name: string
  readonly goal: string
  readonly measured: string
}

/** Faults in which something hangs; the longest wait in them is the longest a turn is held. */
export const HANGING: readonly string[] = ['O10', 'O18a', 'O24a', 'K03', 'Q11', 'S21', 'S21a', 'S27a']

/** What a run measured. A figure whose cases were not played is left out. */
export function figuresOf(inbound: readonly CaseResult[], faults: readonly FaultResult[]): Figure[] {
  return [...inboundFigures(inbound), ...faultFigures(new Map(faults.map((result) => [result.id, result])))]
}

function inboundFigures(results: readonly CaseResult[]): Figure[] {
  if (results.length === 0) return []
  const count = (verdict: CaseResult['verdict']): string =>
    String(results.filter((result) => result.verdict === verdict).length)
  const leaks = results.filter(({ problems }) => problems.some((problem) => /holds|attacker/.test(problem)))
  return [
    figure('inbound cases answered exactly as required', 'all', `${count('asRequired')} of ${results.length}`),
    figure('bad requests that ran the handler', '0', count('ranWrongly')),
    figure('crashes by any input', '0', count('crashed')),
    figure('requests without an answer', '0', count('noAnswer')),
    figure('5xx for bad input', '0', count('serverError')),
    figure('secrets, tokens or bodies in logs and answers, calls to a foreign host', '0', String(leaks.length)),
    ...slowest('H13', 'slow head closed after', '≤ 15 s', results),
    ...slowest('H14', 'slow body closed after', '≤ 30 s', results),
  ]
}

function slowest(id: string, name: string, goal: string, results: readonly CaseResult[]): Figure[] {
  const held = results.filter((result) => result.id === id).map(({ heldMs }) => heldMs)
  return held.length === 0 ? [] : [figure(name, goal, seconds(Math.max(...held)))]
}

function faultFigures(faults: ReadonlyMap<string, FaultResult>): Figure[] {
  const of = (id: string, make: (result: FaultResult) => Figure): Figure[] => {
    const result = faults.get(id)
    return result ? [make(result)] : []
  }
  const hanging = HANGING.flatMap((id) => faults.get(id)?.heldMs ?? [])
  return [
    ...survived(faults),
    ...of('S03', ({ calls }) => figure('key fetches under 500 random kids', '≤ 2', String(calls.keys))),
    ...of('S03b', ({ calls }) => figure('key fetches in 200 requests with the keys down', '≤ 5', String(calls.keys))),
    ...of('S04', ({ calls: { metadata, keys, token } }) =>
      figure('identity calls for 100 concurrent cold requests', '3', String(metadata + keys + token)),
    ),
    ...of('F02', ({ turns }) => figure('turns per 5 deliveries of one activity', '1', String(turns))),
    ...of('F02a', ({ turns }) => figure('turns per 5 deliveries at once', '1', String(turns))),
    ...of('F01', ({ said }) =>
      figure('order inversions in 50 messages of a conversation', '0', String(inversions(said))),
    ),
    ...of('Q01', ({ said }) => figure('lost updates of 100 concurrent increments (memory)', '0', String(lost(said)))),
    ...of('L10', ({ said }) => figure('turns in flight lost when closing', '0 of 20', `${20 - said.length} of 20`)),
    ...(hanging.length === 0
      ? []
      : [figure('longest a turn is held by a hung dependency', '≤ 10 s', seconds(Math.max(...hanging)))]),
  ]
}

/** O01 to O17, each with its variants. */
function survived(faults: ReadonlyMap<string, FaultResult>): Figure[] {
  const numbers = Array.from({ length: 17 }, (_, at) => `O${String(at + 1).padStart(2, '0')}`)
  const isPlayed = numbers.every((id) => faults.has(id))
  if (!isPlayed) return []
  const good = numbers.filter((id) =>
    [...faults.values()].filter((result) => result.id.startsWith(id)).every(({ verdict }) => verdict === 'asRequired'),
  )
  return [figure('outbound faults survived (O01 to O17)', '17 of 17', `${good.length} of 17`)]
}

function inversions(said: readonly string[]): number {
  const numbers = said.map((text) => Number(/\d+$/.exec(text)?.[0]))
  return numbers.slice(1).filter((number, index) => number < (numbers[index] ?? 0)).length
}

function lost(said: readonly string[]): number {
  return 100 - Math.max(0, ...said.map((text) => Number(/\d+$/.exec(text)?.[0])))
}

function figure(name: string, goal: string, measured: string): Figure {
  return { name, goal, measured }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
