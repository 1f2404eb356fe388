import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname } from 'node:path'
import { build } from '../scripts/build.mjs'
import { SetupError, ensureInstalled } from '../scripts/setup.mjs'
import { BenchError } from './bench-error.mjs'
import { measureImports } from './measure/import-time.mjs'
import { measureWeight } from './measure/installed-weight.mjs'
import { measureTurns } from './measure/rounds.mjs'
import { help, parseOptions } from './options.mjs'
import { ensureNode, ensurePeers } from './peers.mjs'
import { report } from './report.mjs'

/** @typedef {import('./options.mjs').Options} Options */

try {
  const options = parseOptions(process.argv.slice(2))
  if (options.help) console.log(help)
  else await bench(options)
} catch (error) {
  if (!(error instanceof BenchError) && !(error instanceof SetupError)) throw error
  console.error(error.message)
  process.exitCode = 1
}

/** @param {Options} options */
async function bench(options) {
  const begin = performance.now()
  const log = (/** @type {string} */ line) => {
    console.log(`[${((performance.now() - begin) / 1000).toFixed(0).padStart(3)} s] ${line}`)
  }
  const { candidates, connections, windowTurns, warmUpTurns, rounds } = options
  ensureInstalled()
  if (candidates.some(({ package: loaded }) => loaded?.name.startsWith('@parley/'))) {
    log('Building Parley.')
    build()
  }
  await ensurePeers(log)
  const execPath = options.node === undefined ? process.execPath : await ensureNode(options.node, log)

  const turns = await measureTurns(candidates, { ...options, execPath, log })
  const packages = candidates.flatMap((candidate) => candidate.package ?? [])
  log(`Loading each package in ${options.imports} fresh processes.`)
  const imports = await measureImports(packages, { times: options.imports, execPath })
  const weights = new Map()
  for (const { name } of options.weigh ? packages : []) {
    log(`Installing ${name} alone, into a temporary folder.`)
    weights.set(name, await measureWeight(name))
  }

  const node = [...turns.values()][0]?.node
  const machine = `${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model.trim()}`
  const effort = `${rounds} rounds; per round ${warmUpTurns} turns to warm up, then ${windowTurns} per window`
  console.log(`\nNode ${node}, ${machine}\n${effort}; errors 0, replies per turn 1 (checked)\n`)
  console.log(report({ candidates, connections, turns, imports, weights }))
  if (options.json) {
    const everything = {
      node,
      machine,
      rounds,
      warmUpTurns,
      windowTurns,
      turns: plain(turns),
      imports: plain(imports),
      weights: plain(weights),
    }
    mkdirSync(dirname(options.json), { recursive: true })
    writeFileSync(options.json, `${JSON.stringify(everything, undefined, 2)}\n`)
  }
}

/** @param {Map<string, unknown>} map */
function plain(map) {
  return Object.fromEntries(map)
}
