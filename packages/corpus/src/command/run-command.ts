import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { CorpusUsageError } from '../cases/corpus-errors.ts'
import { loadInboundCases } from '../cases/load-inbound.ts'
import { runFuzz } from '../fuzz/run-fuzz.ts'
import { isForAnyBot } from '../cases/case-facts.ts'
import { runForeign } from '../inbound/run-foreign.ts'
import { failed } from '../inbound/verdict.ts'
import type { CaseResult } from '../inbound/verdict.ts'
import { World } from '../world/world.ts'
import type { WorldPorts } from '../world/world.ts'
import { figuresOf } from './figures.ts'
import { HELP } from './parse-arguments.ts'
import type { CorpusCommand } from './parse-arguments.ts'
import { reportOf } from './report.ts'
import { runParley } from './run-parley.ts'
import { settingsText } from './settings-text.ts'
import { FAULT_COLUMNS, INBOUND_COLUMNS, textTable } from './tally.ts'
import type { Column } from './tally.ts'

/** How the process is to end. */
export const EXIT = { good: 0, bad: 1, usage: 2 } as const

type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/**
 * Carries out a command.
 *
 * @param tell - Prints a line.
 * @returns How the process is to end.
 */
export async function runCommand(command: CorpusCommand, tell: (line: string) => void): Promise<ExitCode> {
  switch (command.kind) {
    case 'help':
      tell(HELP)
      return EXIT.good
    case 'settings':
      tell(settingsText(command.ports))
      return EXIT.good
    case 'fuzz':
      return fuzz(command, tell)
    case 'foreign':
      return attackForeign(command, tell)
    case 'parley':
      return attackParley(command, tell)
  }
}

async function attackParley(
  { hosts, families, json, report }: Extract<CorpusCommand, { kind: 'parley' }>,
  tell: (line: string) => void,
): Promise<ExitCode> {
  const results = await runParley(hosts, families, tell)
  for (const [host, inbound] of Object.entries(results.inbound))
    if (inbound.length > 0) print(`Parley on ${host}`, inbound, INBOUND_COLUMNS, tell)
  if (results.faults.length > 0) print('Parley, faults', results.faults, FAULT_COLUMNS, tell)
  const all = Object.values(results.inbound).flat()
  for (const { name, goal, measured } of figuresOf(all, results.faults)) tell(`${name}: ${measured} (goal ${goal})`)
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(results, null, 2)}\n`)
  if (report !== undefined) writeFileSync(report, reportOf(results, machine()))
  return exitCode([...all, ...results.faults])
}

async function attackForeign(
  { url, ports, families, json }: Extract<CorpusCommand, { kind: 'foreign' }>,
  tell: (line: string) => void,
): Promise<ExitCode> {
  const asked = loadInboundCases().filter(({ family }) => families.length === 0 || families.includes(family))
  const cases = asked.filter(isForAnyBot)
  const world = await startWorld(ports)
  try {
    await requireControl(url, world)
    if (asked.length > cases.length)
      tell(`${asked.length - cases.length} cases need a bot set up in a special way and are left out.`)
    const results = await runForeign(cases, url, world)
    print(url, results, INBOUND_COLUMNS, tell)
    const unplayed = cases.length - results.length
    if (unplayed > 0) tell(`The bot ended and did not come back: ${unplayed} cases were not played.`)
    if (json !== undefined) writeFileSync(json, `${JSON.stringify({ url, results }, null, 2)}\n`)
    return exitCode(results)
  } finally {
    await world.close()
  }
}

/** @throws {@link CorpusUsageError} `TESTING_CORPUS_USAGE`: another program has one of the ports. */
async function startWorld(ports: WorldPorts): Promise<World> {
  try {
    return await World.start(ports)
  } catch (cause) {
    const { code, port } = cause as NodeJS.ErrnoException & { readonly port?: number }
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw cause
    const advice = 'end what has it, or give another with --identity-port or --connector-port.'
    throw new CorpusUsageError(`Port ${port} cannot be had (${code}): ${advice}`, { cause })
  }
}

/** The case in which nothing is wrong. */
const CONTROL = 'J00'

/** A bot that does not take the valid request would pass most of the corpus without proving anything. */
async function requireControl(url: string, world: World): Promise<void> {
  const control = loadInboundCases().filter(({ id }) => id === CONTROL)
  const [result] = await runForeign(control, url, world, 0)
  if (result?.verdict === 'asRequired') return
  const { identity, connector } = world
  const ports = { identity: Number(new URL(identity.url).port), connector: Number(new URL(connector.url).port) }
  throw new CorpusUsageError(
    `The bot does not take a valid request (${result?.problems.join('; ')}).\n\n${settingsText(ports)}`,
  )
}

/** How much larger the heap may be at the end, for it is never measured twice the same. */
const MAX_HEAP_GROWTH = 0.05

async function fuzz(
  { runs, seed }: Extract<CorpusCommand, { kind: 'fuzz' }>,
  tell: (line: string) => void,
): Promise<ExitCode> {
  const { turns, unproven, failures, heap } = await runFuzz({
    runs,
    seed,
    onProgress: (done) => tell(`${done} of ${runs}`),
  })
  tell(`${turns} reached the bot, ${unproven} came without a valid token.`)
  const growth = heap ? heap.afterBytes / heap.beforeBytes - 1 : 0
  tell(
    heap
      ? `The heap changed by ${(growth * 100).toFixed(1)} %.`
      : 'Memory was not measured: node --expose-gc, 30000 runs or more.',
  )
  for (const failure of failures) tell(failure)
  return failures.length === 0 && growth <= MAX_HEAP_GROWTH ? EXIT.good : EXIT.bad
}

function print(
  title: string,
  results: readonly CaseResult[],
  columns: readonly Column[],
  tell: (line: string) => void,
): void {
  tell(`\n${title}\n${textTable(results, columns)}`)
  for (const { id, title: what, problems } of failed(results)) tell(`${id} ${what}: ${problems.join('; ')}`)
}

function exitCode(results: readonly CaseResult[]): ExitCode {
  return failed(results).length === 0 ? EXIT.good : EXIT.bad
}

function machine(): string {
  return `Node ${process.versions.node}, ${availableParallelism()} cores`
}
