import { setTimeout as sleep } from 'node:timers/promises'
import { startLoad } from '../measure/bots.mjs'
import { hostileFamilies } from '../load/hostile-requests.mjs'
import { median } from '../report.mjs'
import { requireRefused } from './floods.mjs'

/**
 * @typedef {import('../measure/bots.mjs').Bot} Bot
 * @typedef {import('../measure/bots.mjs').Stage} Stage
 * @typedef {import('./figures.mjs').Figure} Figure
 */

const CONNECTIONS = 8
/** Within what is answered at once after a quiet second: held back, answers would be spread out, and each wake the process. */
const STRANGERS_BURST = 150
const QUIET_MS = 1000
/** The answers to proven senders are not held back. */
const PROVEN_BURST = 600
/** Costs less than parsing a megabyte, which is allowed. */
const NOT_JUDGED = 'small gzip bomb, proven sender'
const GOAL_MICROS = 500
const BOMBS = ['gzip bomb, no token', 'gzip bomb, proven sender']
const BOMBS_AT_ONCE = 4
const GOAL_MEGABYTES = 5
const MEGABYTE = 1024 * 1024

/**
 * CPU of the bot's whole process per refused request of each kind, and the memory it takes to refuse compressed bodies.
 *
 * @param {Stage} stage
 * @param {Bot} bot - Warm.
 * @param {{ refusalBursts: number, log: (line: string) => void }} options
 * @returns {Promise<Figure[]>}
 */
export async function measureRefusals({ world }, bot, { refusalBursts, log }) {
  const hostile = startLoad()
  /** @type {(family: string, turns: number, connections: number) => Promise<void>} */
  const send = async (family, turns, connections) => {
    const order = { port: bot.port, hostile: { family, world }, connections, turns }
    requireRefused(family, await hostile.run(order))
  }
  /** @type {Figure[]} */
  const figures = []
  try {
    for (const family of BOMBS) {
      const before = await bot.ask('resetPeakRss')
      await send(family, BOMBS_AT_ONCE, BOMBS_AT_ONCE)
      const grown = Math.max(0, (await bot.ask('peakRssBytes')) - before) / MEGABYTE
      figures.push({
        figure: `memory: ${BOMBS_AT_ONCE} × ${family}, MB`,
        value: grown,
        digits: 1,
        atMost: GOAL_MEGABYTES,
      })
    }
    for (const family of hostileFamilies) {
      const count = family.endsWith(', proven sender') ? PROVEN_BURST : STRANGERS_BURST
      const micros = []
      // The first is for the compiler.
      for (let burst = 0; burst <= refusalBursts; burst += 1) {
        await sleep(QUIET_MS)
        const before = await bot.ask('usage')
        await send(family, count, CONNECTIONS)
        const after = await bot.ask('usage')
        micros.push((after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system) / count)
      }
      const value = median(micros.slice(1))
      const goal = family === NOT_JUDGED ? {} : { atMost: GOAL_MICROS }
      figures.push({ figure: `refusal: ${family}, CPU µs`, value, ...goal })
      log(`refusal  ${family.padEnd(25)} ${value.toFixed(0)} µs`)
    }
  } finally {
    await hostile.stop()
  }
  return figures
}
