/** What a turn of a dialog costs beside botbuilder-dialogs: `node bench/dialogs.mjs --help`. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { build } from '../scripts/build.mjs'
import { SetupError, ensureInstalled } from '../scripts/setup.mjs'
import { BenchError } from './bench-error.mjs'
import { peersFolder } from './candidates/index.mjs'
import { measureImports } from './measure/import-time.mjs'
import { ensurePeers } from './peers.mjs'
import { median } from './report.mjs'

const help = `node bench/dialogs.mjs [options]

Measures a pair of turns, a prompt in component > waterfall > prompt and its answer, on the drop-in packages and on
botbuilder-dialogs: the same bot, in fresh processes, one after the other.

  --rounds N   Rounds (default 5)
  --help       Print this
`
const run = promisify(execFile)
const repository = fileURLToPath(new URL('../', import.meta.url))
const program = fileURLToPath(new URL('./dialogs/pairs.cjs', import.meta.url))

/** Pairs per process and case, as many to warm up, and what of botbuilder's CPU time they may take. */
const cases = [
  { name: 'text', pairs: 3000, goal: 0.33 },
  { name: 'number', pairs: 1500, goal: 0.5 },
  { name: 'choice', pairs: 1500, goal: 0.5 },
  { name: 'date-time', pairs: 200, goal: 0.5 },
]
const IMPORT_GOAL = 0.3
const sides = [
  { name: '@parley/botbuilder-dialogs', from: repository, scope: '@parley/' },
  { name: 'botbuilder-dialogs', from: peersFolder, scope: '' },
]

try {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, help: { type: 'boolean' } } })
  if (values.help) console.log(help)
  else await bench(Number(values.rounds))
} catch (error) {
  if (!(error instanceof BenchError) && !(error instanceof SetupError)) throw error
  console.error(error.message)
  process.exitCode = 1
}

/** @param {number} rounds */
async function bench(rounds) {
  ensureInstalled()
  build()
  await ensurePeers(console.log)
  for (const { name, pairs, goal } of cases) {
    /** @type {number[][]} */
    const micros = sides.map(() => [])
    for (let round = 0; round < rounds; round += 1) {
      for (const [index, side] of sides.entries()) micros[index]?.push(await measure(side, name, pairs))
    }
    const [ours = NaN, theirs = NaN] = micros.map(median)
    console.log(line(`${name}, CPU µs per pair`, ours.toFixed(0), theirs.toFixed(0), ours / theirs, goal))
  }
  const imports = await measureImports(sides, { times: 9, execPath: process.execPath })
  const [ours = NaN, theirs = NaN] = sides.map(({ name }) => median(imports.get(name)?.milliseconds ?? []))
  console.log(line('require(), ms', ours.toFixed(0), theirs.toFixed(0), ours / theirs, IMPORT_GOAL))
}

/**
 * @param {{ from: string, scope: string }} side
 * @param {string} name
 * @param {number} pairs
 * @returns {Promise<number>}
 */
async function measure({ from, scope }, name, pairs) {
  const { stdout } = await run(process.execPath, [program, from, scope, name, String(pairs)], { timeout: 120_000 })
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '').microsPerPair
}

/**
 * @param {string} what
 * @param {string} ours
 * @param {string} theirs
 * @param {number} ratio
 * @param {number} goal
 */
function line(what, ours, theirs, ratio, goal) {
  const verdict = ratio <= goal ? 'met' : 'MISSED'
  return `${what.padEnd(28)} ${ours.padStart(6)} against ${theirs.padStart(6)}  ratio ${ratio.toFixed(2)}  goal ≤ ${goal}  ${verdict}`
}
