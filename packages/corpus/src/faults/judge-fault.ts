import type { MemoryLog } from '../bots/memory-log.ts'
import type { FaultExpectation, Range } from '../cases/fault-case.ts'
import { CANARY } from '../request/create-body.ts'
import { expand } from '../request/expand.ts'
import type { Expansion } from '../request/expand.ts'
import type { Outcome } from '../request/raw-connection.ts'
import type { World } from '../world/world.ts'

/** What was seen of a fault case. */
export interface SeenFault {
  readonly outcomes: readonly Outcome[]
  readonly world: World
  readonly log: MemoryLog
  readonly turns: number
  readonly calls: Readonly<Record<'connector' | 'metadata' | 'keys' | 'token', number>>
  readonly ends: readonly string[]
  readonly expansion: Expansion
}

/** Clocks of timers and of `performance.now` may differ by this much, in milliseconds. */
const TIMER_SLACK_MS = 5

/** What is not as required, one sentence each. */
export function judgeFault(expect: FaultExpectation, seen: SeenFault): string[] {
  return [
    ...judgeAnswers(expect, seen),
    ...judgeSaid(expect, seen),
    ...judgeCounts(expect, seen),
    ...judgeLog(expect, seen),
    ...judgeCalls(expect, seen),
    ...(expect.ends === undefined ? [] : same('ends', seen.ends, expect.ends)),
    ...judgeSecrecy(seen),
  ]
}

function judgeAnswers({ answers, sameBodies }: FaultExpectation, { outcomes }: SeenFault): string[] {
  const statuses = outcomes.map((outcome) => (outcome.kind === 'answered' ? outcome.answer.status : outcome.kind))
  const bodies = new Set(outcomes.map((outcome) => (outcome.kind === 'answered' ? outcome.answer.body : outcome.kind)))
  const problems = sameBodies && bodies.size > 1 ? ['the answers differ'] : []
  if (answers === undefined) return problems
  if (Array.isArray(answers)) return [...problems, ...same('answers', statuses, answers as readonly number[])]
  const tally = Object.entries(answers as Readonly<Record<string, Range>>)
  const counted = tally.flatMap(([status, range]) =>
    within(`answers ${status}`, statuses.filter((seen) => String(seen) === status).length, range),
  )
  const others = statuses.filter((status) => !tally.some(([wanted]) => wanted === String(status)))
  return [...problems, ...counted, ...(others.length === 0 ? [] : [`also answered ${[...new Set(others)].join()}`])]
}

function judgeSaid({ said }: FaultExpectation, { world, expansion }: SeenFault): string[] {
  if (said === undefined) return []
  const heard = world.connector.said
  if (typeof said === 'number' || typeof said[0] === 'number') return within('said', heard.length, said as Range)
  return same('said', heard, expand(said, expansion) as string[])
}

function judgeCounts({ turns, calls = {} }: FaultExpectation, seen: SeenFault): string[] {
  return [
    ...(turns === undefined ? [] : within('turns', seen.turns, turns)),
    ...Object.entries(calls).flatMap(([door, range]) =>
      within(`calls of ${door}`, seen.calls[door as keyof SeenFault['calls']], range),
    ),
  ]
}

function judgeLog({ codes = [], events = [] }: FaultExpectation, { log }: SeenFault): string[] {
  const logged = new Set(log.codes())
  const told = new Set(log.lines.map(({ facts }) => facts['ev']))
  return [
    ...codes.filter((code) => !logged.has(code)).map((code) => `${code} was not logged, only ${[...logged].join()}`),
    ...events.filter((event) => !told.has(event)).map((event) => `${event} was not logged, only ${[...told].join()}`),
  ]
}

function judgeCalls({ gapMs, paths }: FaultExpectation, { world, expansion }: SeenFault): string[] {
  const { calls } = world.connector
  const gaps = calls.slice(1).map(({ at }, index) => at - (calls[index]?.at ?? at))
  const shortest = Math.min(...gaps)
  return [
    ...(gapMs === undefined || shortest >= gapMs - TIMER_SLACK_MS
      ? []
      : [`called again after ${Math.round(shortest)} ms`]),
    ...(paths === undefined
      ? []
      : same(
          'paths',
          calls.map(({ path }) => path),
          expand(paths, expansion) as string[],
        )),
  ]
}

function judgeSecrecy({ world, log, outcomes }: SeenFault): string[] {
  const answers = outcomes.map((outcome) => (outcome.kind === 'answered' ? outcome.answer.body : '')).join('\n')
  const logged = log.text()
  return [
    ...(world.secrets.some((secret) => logged.includes(secret)) ? ['the log holds a secret'] : []),
    ...(world.secrets.some((secret) => answers.includes(secret)) ? ['an answer holds a secret'] : []),
    ...(logged.includes(CANARY) ? ['the log holds the body'] : []),
    ...world.attacker.requests.map((request) => `called the attacker: ${request}`),
  ]
}

function same(what: string, seen: readonly (string | number)[], wanted: readonly (string | number)[]): string[] {
  return seen.join('\n') === wanted.join('\n') ? [] : [`${what}: ${seen.join(' | ')}; not ${wanted.join(' | ')}`]
}

function within(what: string, seen: number, range: Range): string[] {
  const [least, most] = typeof range === 'number' ? [range, range] : range
  return seen >= least && seen <= most
    ? []
    : [`${what}: ${seen}, not ${least === most ? least : `${least} to ${most}`}`]
}
