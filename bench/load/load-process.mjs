/** The channel's clients, or hostile ones, in a process of their own. */
import { answer } from '../process/answer.mjs'
import { createHostileRequests } from './hostile-requests.mjs'
import { KeepAliveConnection } from './keep-alive-connection.mjs'
import { createTurns } from './turns.mjs'

/**
 * @typedef {object} LoadOrder
 * @property {number} port
 * @property {{ serviceUrl: string, appId: string, token: string }} channel
 * @property {{ family: string, world: import('../world/world.d.ts').World }} [hostile] - What to send instead of turns.
 * @property {number} connections
 * @property {number} turns
 * @property {number} timeoutMs - After which nothing new is sent.
 *
 * @typedef {object} LoadResult
 * @property {number} turns
 * @property {Record<string, number>} statuses - How often each status came; `0` stands for a broken connection.
 * @property {number} turnsPerSecond
 * @property {number} p50Ms
 * @property {number} p99Ms
 */

/** Turns sent by this process; ids are never used twice, because an activity that comes again is not a new turn. */
let sent = 0

/**
 * @param {LoadOrder} order
 * @returns {Promise<LoadResult>}
 */
async function run({ port, channel, hostile, connections, turns, timeoutMs }) {
  const requestOf = hostile ? createHostileRequests(hostile.family, hostile.world) : createTurns(channel)
  const latencies = new Float64Array(turns)
  /** @type {Record<string, number>} */
  const statuses = {}
  let started = 0
  let ended = 0
  const begin = performance.now()

  const drive = (/** @type {number} */ line) =>
    new Promise((resolve) => {
      const next = () => {
        const sentAt = performance.now()
        if (started === turns || sentAt - begin > timeoutMs) return resolve(undefined)
        started += 1
        // Who is hostile comes back after being thrown out.
        if (!lines[line]?.isOpen) lines[line] = new KeepAliveConnection(port)
        lines[line]?.exchange(requestOf(sent++), (status) => {
          latencies[ended++] = performance.now() - sentAt
          statuses[status] = (statuses[status] ?? 0) + 1
          if (status === 0 && !hostile) resolve(undefined)
          else next()
        })
      }
      next()
    })

  /** @type {KeepAliveConnection[]} */
  const lines = []
  await Promise.all(Array.from({ length: Math.min(connections, turns) }, (_, line) => drive(line)))
  const seconds = (performance.now() - begin) / 1000
  for (const connection of lines) connection.close()
  const sorted = latencies.subarray(0, ended).sort()
  return { turns: ended, statuses, turnsPerSecond: ended / seconds, p50Ms: at(sorted, 0.5), p99Ms: at(sorted, 0.99) }
}

/**
 * @param {Float64Array} sorted
 * @param {number} share
 */
function at(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

answer({ run })
