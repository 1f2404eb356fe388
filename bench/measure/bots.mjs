import { startChild } from '../process/child.mjs'
import { BenchError } from '../bench-error.mjs'

/**
 * @typedef {import('../candidates/index.mjs').Candidate} Candidate
 * @typedef {import('../world/world.d.ts').World} World
 * @typedef {import('../load/load-process.mjs').LoadResult} LoadResult
 * @typedef {{ cpuMicrosPerTurn: number } & LoadResult} Window
 * @typedef {Awaited<ReturnType<typeof startStage>>} Stage
 * @typedef {Awaited<ReturnType<typeof startBot>>} Bot
 */

const WINDOW_TIMEOUT_MS = 60_000

/** The processes around the bots: the world and the load. */
export async function startStage() {
  const world = startChild(new URL('../world/world-process.mjs', import.meta.url))
  const load = startLoad()
  /** @type {World} */
  const described = await world.ask('describe')
  return {
    world: described,
    replies: () => world.ask('replies'),
    drain: () => world.ask('drain'),
    /** @param {boolean} honoursKeys - Whether the connector takes calls with one idempotency key once. */
    honourKeys: (honoursKeys) => world.ask('honourKeys', { honoursKeys }),
    runLoad: load.run,
    stop: () => Promise.all([world.stop(), load.stop()]),
  }
}

/** A process of clients; see LoadOrder. */
export function startLoad() {
  const load = startChild(new URL('../load/load-process.mjs', import.meta.url))
  return {
    /**
     * @param {object} order
     * @returns {Promise<LoadResult>}
     */
    run: (order) => load.ask('run', { timeoutMs: WINDOW_TIMEOUT_MS, ...order }, { timeoutMs: 2 * WINDOW_TIMEOUT_MS }),
    stop: load.stop,
  }
}

/**
 * A fresh process of a candidate, which has sent its first reply and refused a forged token.
 *
 * @param {Candidate} candidate
 * @param {Stage} stage
 * @param {Pick<import('../process/child.mjs').ChildOptions, 'execPath' | 'execArgv'>} [options]
 */
export async function startBot(candidate, { world, drain, runLoad }, options) {
  const begin = performance.now()
  const child = startChild(new URL('../candidates/bot-process.mjs', import.meta.url), {
    args: [candidate.name],
    ...options,
  })
  try {
    const { port } = await child.ask('start', world)
    const token = world.inboundTokens[candidate.token]
    const channel = { serviceUrl: world.serviceUrl, appId: world.appId, token }

    /**
     * @param {number} turns
     * @param {number} connections
     * @returns {Promise<LoadResult>}
     */
    const send = async (turns, connections) => {
      await drain()
      const result = await runLoad({ port, channel, connections, turns })
      check(candidate, turns, result, await drain())
      return result
    }

    /**
     * @param {number} turns
     * @param {number} connections
     * @returns {Promise<Window>}
     */
    const measure = async (turns, connections) => {
      const before = await child.ask('usage')
      const result = await send(turns, connections)
      const after = await child.ask('usage')
      const cpuMicros = after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system
      return { cpuMicrosPerTurn: cpuMicros / turns, ...result }
    }

    await send(1, 1)
    const firstReplyMs = performance.now() - begin
    if (candidate.authenticates) {
      const { statuses } = await runLoad({
        port,
        channel: { ...channel, token: forge(token) },
        connections: 1,
        turns: 1,
      })
      const { calls } = await drain()
      // botbuilder answers a wrong signature with 500, the others with 401.
      if (statuses[200] || calls > 0) {
        throw new BenchError(`${candidate.title} took a forged token: ${JSON.stringify(statuses)}.`)
      }
    }
    return { port, channel, firstReplyMs, send, measure, ask: child.ask, stop: child.stop }
  } catch (error) {
    await child.stop()
    throw error
  }
}

/**
 * Every turn must be answered with 200 after exactly one reply of its own.
 *
 * @param {Candidate} candidate
 * @param {number} turns
 * @param {LoadResult} result
 * @param {{ calls: number, answered: number, problems: string[] }} arrived
 */
function check({ title }, turns, { statuses }, { calls, answered, problems }) {
  if (statuses[200] === turns && calls === turns && answered === turns && problems.length === 0) return
  const found = JSON.stringify({ statuses, calls, answered, problems })
  throw new BenchError(`${title}: of ${turns} turns each must end with 200 and one reply; found ${found}.`)
}

/**
 * The same token with another signature.
 *
 * @param {string} token
 */
function forge(token) {
  const signatureAt = token.lastIndexOf('.') + 1
  const signature = Buffer.from(token.slice(signatureAt), 'base64url')
  const forged = Uint8Array.from(signature, (byte) => byte ^ 1)
  return token.slice(0, signatureAt) + Buffer.from(forged).toString('base64url')
}
