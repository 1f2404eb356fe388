/** The channel's clients, in a process of their own. */
import { answer } from '../process/answer.mjs'
import { KeepAliveConnection } from './keep-alive-connection.mjs'
import { createTurns } from './turns.mjs'

/**
 * @typedef {object} LoadOrder
 * @property {number} port
 * @property {{ serviceUrl: string, appId: string, token: string }} channel
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
async function run({ port, channel, connections, turns, timeoutMs }) {
  const requestOf = createTurns(channel)
  const latencies = new Float64Array(turns)
  /** @type {Record<string, number>} */
  const statuses = {}
  let started = 0
  let ended = 0
  const begin = performance.now()

  const drive = (/** @type {KeepAliveConnection} */ connection) =>
    new Promise((resolve) => {
      const next = () => {
        const sentAt = performance.now()
        if (started === turns || sentAt - begin > timeoutMs) return resolve(undefined)
        started += 1
        connection.exchange(requestOf(sent++), (status) => {
          latencies[ended++] = performance.now() - sentAt
          statuses[status] = (statuses[status] ?? 0) + 1
          if (status === 0) resolve(undefined)
          else next()
        })
      }
      next()
    })

  const lines = Array.from({ length: Math.min(connections, turns) }, () => new KeepAliveConnection(port))
  await Promise.all(lines.map(drive))
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
