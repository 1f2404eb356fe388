import { BenchError } from '../bench-error.mjs'
import { startLoad } from '../measure/bots.mjs'
import { median } from '../report.mjs'

/**
 * @typedef {import('../measure/bots.mjs').Bot} Bot
 * @typedef {import('../measure/bots.mjs').Stage} Stage
 * @typedef {import('../measure/bots.mjs').LoadResult} LoadResult
 * @typedef {import('./figures.mjs').Figure} Figure
 */

const FLOODS = ['unknown kid', 'forged signature', '10 kB of claims', '90 kB of junk, no token']
const VALID_CONNECTIONS = 4
const HOSTILE_CONNECTIONS = 32
const TURNS_AT_MOST = 200_000
const GOAL_RATIO = 0.7

/**
 * What the channel still gets while others flood the bot: its turns a second, by those of the windows before and after.
 *
 * @param {Stage} stage
 * @param {Bot} bot - Warm.
 * @param {{ floodRounds: number, floodMs: number, log: (line: string) => void }} options
 * @returns {Promise<Figure[]>}
 */
export async function measureFloods(stage, bot, { floodRounds, floodMs, log }) {
  const hostile = startLoad()
  const sendTurns = () => sendValidTurns(stage, bot, floodMs)
  /** @param {string} family */
  const flood = async (family) => {
    const order = { port: bot.port, hostile: { family, world: stage.world }, connections: HOSTILE_CONNECTIONS }
    const [valid, refused] = await Promise.all([
      sendTurns(),
      hostile.run({ ...order, turns: TURNS_AT_MOST, timeoutMs: floodMs }),
    ])
    requireRefused(family, refused)
    return { valid, refused }
  }
  /** @type {Map<string, { ratios: number[], refusedPerSecond: number[], p99Ms: number[] }>} */
  const results = new Map(FLOODS.map((family) => [family, { ratios: [], refusedPerSecond: [], p99Ms: [] }]))
  let errors = 0
  try {
    for (let round = 1; round <= floodRounds; round += 1) {
      let before = await sendTurns()
      for (const [family, result] of results) {
        const { valid, refused } = await flood(family)
        const after = await sendTurns()
        const ratio = (2 * valid.turnsPerSecond) / (before.turnsPerSecond + after.turnsPerSecond)
        result.ratios.push(ratio)
        result.refusedPerSecond.push(refused.turnsPerSecond)
        result.p99Ms.push(valid.p99Ms)
        errors += before.errors + valid.errors + after.errors
        log(`flood ${round}/${floodRounds}  ${family.padEnd(25)} ${(ratio * 100).toFixed(0)} % of the turns`)
        before = after
      }
    }
  } finally {
    await hostile.stop()
  }
  return [
    ...[...results].map(([family, { ratios, refusedPerSecond, p99Ms }]) => ({
      figure: `flood: ${family}, valid turns kept`,
      value: median(ratios),
      digits: 2,
      atLeast: GOAL_RATIO,
      note: `${median(refusedPerSecond).toFixed(0)} refused/s, valid p99 ${median(p99Ms).toFixed(1)} ms`,
    })),
    { figure: 'flood: errors on the valid side', value: errors, atMost: 0 },
  ]
}

/**
 * @param {Stage} stage
 * @param {Bot} bot
 * @param {number} timeoutMs
 */
async function sendValidTurns({ runLoad, drain }, { port, channel }, timeoutMs) {
  await drain()
  const order = { port, channel, connections: VALID_CONNECTIONS, turns: TURNS_AT_MOST, timeoutMs }
  const result = await runLoad(order)
  const { calls, answered, problems } = await drain()
  const good = Math.min(result.statuses[200] ?? 0, calls, answered)
  return { ...result, errors: Math.max(result.turns, calls) - good + problems.length }
}

/**
 * @param {string} family
 * @param {LoadResult} result
 */
export function requireRefused(family, { statuses }) {
  const others = Object.keys(statuses).filter((status) => !/^4\d\d$/.test(status))
  if (others.length === 0) return
  throw new BenchError(`'${family}' must be refused with a status from 400 on; found ${JSON.stringify(statuses)}.`)
}
