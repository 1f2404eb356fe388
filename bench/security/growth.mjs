/**
 * @typedef {import('../measure/bots.mjs').Bot} Bot
 * @typedef {import('./figures.mjs').Figure} Figure
 */

const CONNECTIONS = 16
const GOAL_MEGABYTES = 0.2
const MEGABYTE = 1024 * 1024
const PER_TURNS = 100_000

/**
 * What 100 000 turns leave behind, after a collection before and after them.
 *
 * @param {Bot} bot - Started with `--expose-gc`; warm beyond the 10 000 results it remembers, which are no growth.
 * @param {{ growthTurns: number, log: (line: string) => void }} options
 * @returns {Promise<Figure[]>}
 */
export async function measureGrowth(bot, { growthTurns, log }) {
  const before = await weigh(bot)
  await bot.send(growthTurns, CONNECTIONS)
  const after = await weigh(bot)
  const grown = (/** @type {'heap' | 'rss'} */ key) => ((after[key] - before[key]) / MEGABYTE / growthTurns) * PER_TURNS
  log(`growth   heap ${grown('heap').toFixed(2)} MB, RSS ${grown('rss').toFixed(1)} MB per 100 000 turns`)
  return [
    {
      figure: 'growth: heap after collection per 100 000 turns, MB',
      value: grown('heap'),
      digits: 2,
      atMost: GOAL_MEGABYTES,
      note: `from ${(before.heap / MEGABYTE).toFixed(1)} MB, ${growthTurns} turns`,
    },
    {
      figure: 'growth: RSS per 100 000 turns, MB',
      value: grown('rss'),
      digits: 1,
      note: `from ${(before.rss / MEGABYTE).toFixed(0)} MB`,
    },
  ]
}

/** @param {Bot} bot */
async function weigh(bot) {
  const heap = await bot.ask('heapBytes')
  const { rssBytes } = await bot.ask('usage')
  return { heap, rss: rssBytes }
}
