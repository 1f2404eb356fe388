import { startBot, startStage } from './bots.mjs'

/**
 * @typedef {import('../candidates/index.mjs').Candidate} Candidate
 * @typedef {import('./bots.mjs').Window} Window
 *
 * What one candidate did, a value per round.
 * @typedef {object} Turns
 * @property {Record<string, Window[]>} windows - By number of connections.
 * @property {number[]} rssBytes - At the end of a round.
 * @property {number[]} firstReplyMs - From starting the process.
 * @property {string} node
 *
 * @typedef {Pick<import('../options.mjs').Options, 'rounds' | 'connections' | 'warmUpTurns' | 'windowTurns'>} Effort
 */

const WARM_UP_CONNECTIONS = 16

/**
 * Round after round, every candidate once in each, so that a busy minute of the machine meets all of them. Nothing is thrown
 * away.
 *
 * @param {readonly Candidate[]} candidates
 * @param {Effort & { execPath: string, log: (line: string) => void }} options
 * @returns {Promise<Map<string, Turns>>} By name.
 */
export async function measureTurns(candidates, { rounds, execPath, log, ...effort }) {
  /** @type {Map<string, Turns>} */
  const results = new Map()
  for (const { name } of candidates) results.set(name, { windows: {}, rssBytes: [], firstReplyMs: [], node: '' })
  const stage = await startStage()
  try {
    for (let round = 1; round <= rounds; round += 1) {
      for (const candidate of candidates) {
        const bot = await startBot(candidate, stage, { execPath })
        try {
          const summary = await measureRound(bot, effort, /** @type {Turns} */ (results.get(candidate.name)))
          log(`round ${round}/${rounds}  ${candidate.name.padEnd(15)} CPU µs/turn ${summary}`)
        } finally {
          await bot.stop()
        }
      }
    }
  } finally {
    await stage.stop()
  }
  return results
}

/**
 * @param {import('./bots.mjs').Bot} bot
 * @param {Omit<Effort, 'rounds'>} effort
 * @param {Turns} turns - Gets the values of this round.
 * @returns {Promise<string>}
 */
async function measureRound(bot, { connections, warmUpTurns, windowTurns }, turns) {
  await bot.send(warmUpTurns, WARM_UP_CONNECTIONS)
  const summary = []
  for (const count of connections) {
    const window = await bot.measure(windowTurns, count)
    const windows = (turns.windows[count] ??= [])
    windows.push(window)
    summary.push(`${Math.round(window.cpuMicrosPerTurn)} (${count})`)
  }
  const { rssBytes, node } = await bot.ask('usage')
  turns.rssBytes.push(rssBytes)
  turns.firstReplyMs.push(bot.firstReplyMs)
  turns.node = node
  return summary.join(' ')
}
