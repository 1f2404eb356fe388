/** What the local service costs and withstands: `node bench/service.mjs --help`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname } from 'node:path'
import { build } from '../scripts/build.mjs'
import { SetupError, ensureInstalled } from '../scripts/setup.mjs'
import { BenchError } from './bench-error.mjs'
import { figuresTable, isMissed } from './security/figures.mjs'
import { measureLoad } from './service/load.mjs'
import { help, parseOptions } from './service/options.mjs'
import { measureStartUp } from './service/start-up.mjs'

try {
  const options = parseOptions(process.argv.slice(2))
  if (options.help) console.log(help)
  else await bench(options)
} catch (error) {
  if (!(error instanceof BenchError) && !(error instanceof SetupError)) throw error
  console.error(error.message)
  process.exitCode = 1
}

/** @param {ReturnType<typeof parseOptions>} options */
async function bench({ effort, parts, builds, json }) {
  const begin = performance.now()
  const log = (/** @type {string} */ line) => {
    console.log(`[${((performance.now() - begin) / 1000).toFixed(0).padStart(3)} s] ${line}`)
  }
  if (builds) {
    ensureInstalled()
    log('Building Parley.')
    build()
  }
  const figures = [
    ...(parts.includes('start') ? await measureStartUp({ log }) : []),
    ...(parts.includes('load') ? await measureLoad({ ...effort, log }) : []),
  ]
  const machine = `${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model.trim()}`
  console.log(`\nNode ${process.version}, ${machine}\n\n${figuresTable(figures)}`)
  if (json) {
    mkdirSync(dirname(json), { recursive: true })
    writeFileSync(json, `${JSON.stringify({ node: process.version, machine, effort, figures }, undefined, 2)}\n`)
  }
  const missed = figures.filter(isMissed)
  if (missed.length > 0) throw new BenchError(`\nMissed: ${missed.map(({ figure }) => figure).join('; ')}.`)
}
