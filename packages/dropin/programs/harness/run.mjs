// Runs every program on the drop-in packages as they would be installed, or, with --on FOLDER, on what is installed there (the
// packages of SDK v4 themselves, to see that a program is written as SDK v4 had it).
import { cpSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { compileProgram } from './compile.mjs'
import { installAsUsersDo, sdks } from './install.mjs'
import { listPrograms, repairsOf, runProgram } from './run-program.mjs'

const usage = `usage: node packages/dropin/programs/harness/run.mjs [--only NAME]... [--node PATH]... [--on FOLDER] [--sdk v3] [--json]

  --only NAME   one program; may be given several times (default: all)
  --node PATH   the Node that runs the bots; may be given several times (default: this one)
  --on FOLDER   use the packages installed there (SDK v4 itself) instead of packing and installing the drop-ins; leaves out
                programs that show what the drop-ins repair
  --sdk v3      the bots of SDK v3 in programs-v3 (default: v4)
  --json        print a JSON array of what ran, and why what failed did
`
const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    node: { type: 'string', multiple: true },
    on: { type: 'string' },
    sdk: { type: 'string', default: 'v4' },
    json: { type: 'boolean' },
    help: { type: 'boolean' },
  },
})
if (values.help) {
  console.log(usage)
  process.exit(0)
}

/**
 * @typedef {{ name: string, node: string, failure?: string }} Outcome
 */

const repository = fileURLToPath(new URL('../../../..', import.meta.url))
const sdk = values.sdk === 'v3' ? sdks.v3 : sdks.v4
const programs = fileURLToPath(new URL(`../${sdk.programs}`, import.meta.url))
const { folder, remove } = values.on
  ? useInstalled(resolve(values.on))
  : await installAsUsersDo(repository, programs, sdk.packages)
/** @type {Map<string, Promise<void>>} */
const compiled = new Map()
/** @type {Outcome[]} */
const outcomes = []
try {
  const names = listPrograms(join(folder, 'programs')).filter((name) => values.only?.includes(name) ?? true)
  for (const node of values.node ?? [process.execPath]) {
    for (const name of names) {
      const repairs = values.on ? await repairsOf(join(folder, 'programs', name)) : undefined
      if (repairs) say(`skip  ${name} (${repairs})`)
      else outcomes.push(await run(name, node))
    }
  }
} finally {
  remove()
}
const failed = outcomes.filter(({ failure }) => failure !== undefined).length
console.log(values.json ? JSON.stringify(outcomes) : `${outcomes.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

/**
 * @param {string} name
 * @param {string} node
 * @returns {Promise<Outcome>}
 */
async function run(name, node) {
  try {
    if (!compiled.has(name)) compiled.set(name, compileProgram(join(folder, 'programs', name), values.on === undefined))
    await compiled.get(name)
    await runProgram(join(folder, 'programs', name), node)
    say(`ok    ${name}${of(node)}`)
    return { name, node }
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error)
    say(`FAIL  ${name}${of(node)}\n${failure}`)
    return { name, node, failure }
  }
}

/**
 * Which Node it was, when there are several.
 *
 * @param {string} node
 */
function of(node) {
  return (values.node?.length ?? 0) > 1 ? ` on ${node}` : ''
}

/** @param {string} at */
function useInstalled(at) {
  const copy = join(at, 'programs')
  cpSync(programs, copy, { recursive: true })
  return { folder: at, remove: () => rmSync(copy, { recursive: true, force: true }) }
}

/** @param {string} line */
function say(line) {
  if (!values.json) console.log(line)
}
