import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below those that systems give to connections and to servers that take any port: nobody else takes one by chance. */
const RANGE = { from: 10_000, to: 32_000 }
const ATTEMPTS = 100

/** @type {Set<number>} */
const given = new Set()

/**
 * A port on which nothing listens, for a server that is started later, or again and again. No two calls of one process get the
 * same.
 *
 * @returns {Promise<number>}
 */
export async function freePort() {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = randomInt(RANGE.from, RANGE.to)
    if (given.has(port) || !(await isFree(port))) continue
    given.add(port)
    return port
  }
  throw new Error(`No port from ${RANGE.from} to ${RANGE.to} is free.`)
}

/**
 * Free for all addresses, as servers take a port that are not told one.
 *
 * @param {number} port
 */
async function isFree(port) {
  const probe = createServer().listen(port)
  try {
    await once(probe, 'listening')
    return true
  } catch {
    return false
  } finally {
    await new Promise((resolve) => probe.close(resolve))
  }
}
