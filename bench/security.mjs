/** What Parley withstands, beside what it costs: `node bench/security.mjs --help`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname } from 'node:path'
import { build } from '../scripts/build.mjs'
import { SetupError, ensureInstalled } from '../scripts/setup.mjs'
import { BenchError } from './bench-error.mjs'
import { candidates } from './candidates/index.mjs'
import { startBot, startStage } from './measure/bots.mjs'
import { ensurePeers } from './peers.mjs'
import { figuresTable, isMissed } from './security/figures.mjs'
import { measureFloods } from './security/floods.mjs'
import { measureGrowth } from './security/growth.mjs'
import { measureKills } from './security/kills.mjs'
import { help, parseOptions } from './security/options.mjs'
import { measureRefusals } from './security/refusals.mjs'

const WARM_UP_TURNS = 30_000
const WARM_UP_CONNECTIONS = 16

/** @typedef {ReturnType<typeof parseOptions>} Options */

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
async function bench({ effort, parts, json }) {
  const begin = performance.now()
  const log = (/** @type {string} */ line) => {
    console.log(`[${((performance.now() - begin) / 1000).toFixed(0).padStart(3)} s] ${line}`)
  }
  ensureInstalled()
  log('Building Parley.')
  build()
  await ensurePeers(log)
  const figures = await measure(parts, { ...effort, log })
  const machine = `${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model.trim()}`
  console.log(`\nNode ${process.version}, ${machine}\n\n${figuresTable(figures)}`)
  if (json) {
    mkdirSync(dirname(json), { recursive: true })
    writeFileSync(json, `${JSON.stringify({ node: process.version, machine, effort, figures }, undefined, 2)}\n`)
  }
  const missed = figures.filter(isMissed)
  if (missed.length > 0) throw new BenchError(`\nMissed: ${missed.map(({ figure }) => figure).join('; ')}.`)
}

/**
 * @param {readonly string[]} parts
 * @param {import('./security/options.mjs').Effort & { log: (line: string) => void }} options
 */
async function measure(parts, options) {
  const stage = await startStage()
  /** @type {import('./security/figures.mjs').Figure[]} */
  const figures = []
  /** @type {(run: (bot: import('./measure/bots.mjs').Bot) => Promise<typeof figures>) => Promise<void>} */
  const withWarmBot = async (run) => {
    const bot = await startBot(parley(), stage, { execArgv: ['--expose-gc'] })
    try {
      await bot.send(WARM_UP_TURNS, WARM_UP_CONNECTIONS)
      figures.push(...(await run(bot)))
    } finally {
      await bot.stop()
    }
  }
  try {
    if (parts.includes('floods')) await withWarmBot((bot) => measureFloods(stage, bot, options))
    if (parts.includes('refusals')) await withWarmBot((bot) => measureRefusals(stage, bot, options))
    if (parts.includes('growth')) await withWarmBot((bot) => measureGrowth(bot, options))
    if (parts.includes('kills')) figures.push(...(await measureKills(stage, options)))
  } finally {
    await stage.stop()
  }
  return figures
}

function parley() {
  const found = candidates.find(({ name }) => name === 'parley')
  if (!found) throw new BenchError("There is no candidate 'parley'.")
  return found
}
