import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { KeepAliveConnection } from '../load/keep-alive-connection.mjs'
import { createTurns } from '../load/turns.mjs'
import { startChild } from '../process/child.mjs'

/**
 * @typedef {import('../measure/bots.mjs').Stage} Stage
 * @typedef {import('./figures.mjs').Figure} Figure
 */

const CONNECTIONS = 8
/** A channel waits longer; the bot needs not. */
const REDELIVER_AFTER_MS = 20
/** For what was on its way when the bot was killed. */
const SETTLE_MS = 50
const GIVE_UP_AFTER_MS = 120_000
/** Longest time between two kills, beside the share of the turns that is left to each. */
const JITTER_MS = 30

/**
 * How the bot remembers its turns, and whether the channel knows a reply that comes again.
 *
 * @typedef {{ name: string, stores: boolean, honoursKeys: boolean }} Arrangement
 */

/** @type {readonly Arrangement[]} */
const arrangements = [
  { name: 'kill -9', stores: false, honoursKeys: false },
  { name: 'kill -9, turns stored', stores: true, honoursKeys: false },
  { name: 'kill -9, turns stored, keys honoured', stores: true, honoursKeys: true },
]

/**
 * Kills the bot again and again while a channel delivers activities, each until it was accepted with 2xx: as it is by default,
 * with a storage of turns, and with a channel that honours idempotency keys besides.
 *
 * @param {Stage} stage
 * @param {{ activities: number, kills: number, log: (line: string) => void }} options
 * @returns {Promise<Figure[]>}
 */
export async function measureKills(stage, options) {
  /** @type {Figure[]} */
  const figures = []
  for (const arrangement of arrangements) figures.push(...(await measureArrangement(stage, arrangement, options)))
  return figures
}

/**
 * A reply that left before the kill, whose acceptance did not, is sent again after the restart by a bot that stores nothing,
 * because what it remembers of its turns ends with it. Those are counted apart: they are known from what had arrived when the
 * bot died. A bot that stores its turns sends again only what it was sending at that moment.
 *
 * @param {Stage} stage
 * @param {Arrangement} arrangement
 * @param {{ activities: number, kills: number, log: (line: string) => void }} options
 * @returns {Promise<Figure[]>}
 */
async function measureArrangement(stage, { name, stores, honoursKeys }, { activities, kills, log }) {
  await stage.drain()
  await stage.honourKeys(honoursKeys)
  const turnFolder = stores ? await mkdtemp(join(tmpdir(), 'parley-turns-')) : undefined
  let bot = await startStatefulBot(stage, { turnFolder })
  const { port } = bot
  const channel = createChannel(stage, port, activities)
  const delivered = channel.deliver()
  let killed = 0
  let killsThatCaught = 0
  /** @type {Map<string, number>} Replies for which no 200 came, by activity. */
  const unaccepted = new Map()
  try {
    for (; killed < kills && !channel.isDone(); killed += 1) {
      await channel.accepted(Math.ceil(((killed + Math.random()) * activities) / kills))
      await sleep(Math.random() * JITTER_MS)
      await bot.stop()
      await sleep(SETTLE_MS)
      const caught = (await channel.repliesNotAccepted()).filter(([id, count]) => unaccepted.get(id) !== count)
      for (const [id, count] of caught) unaccepted.set(id, count)
      if (caught.length > 0) killsThatCaught += 1
      bot = await startStatefulBot(stage, { port, turnFolder })
    }
    await delivered
  } finally {
    await bot.stop()
    await stage.honourKeys(false)
    if (turnFolder !== undefined) await rm(turnFolder, { recursive: true, force: true })
  }
  const { calls, answered, repeated, problems } = await stage.drain()
  const note = `${killed} kills, ${channel.deliveries()} deliveries of ${activities} activities`
  log(`kills    ${name}: ${note}, ${calls} replies`)
  const unexplained = calls - answered - [...unaccepted.values()].reduce((sum, count) => sum + count, 0)
  return [
    { figure: `${name}: activities lost`, value: activities - answered, atMost: 0, note },
    { figure: `${name}: activities not accepted in the end`, value: channel.left(), atMost: 0 },
    { figure: `${name}: replies the connector refused`, value: problems.length, atMost: 0 },
    {
      figure: `${name}: second replies without a kill between reply and answer`,
      // A reply that came again and was not taken is none, so there may be fewer than were caught.
      value: Math.max(0, unexplained),
      atMost: 0,
    },
    {
      figure: `${name}: activities answered twice`,
      value: repeated,
      ...(honoursKeys ? { atMost: 0 } : {}),
      note: `${killsThatCaught} of ${killed} kills came between reply and answer`,
    },
  ]
}

/**
 * @param {Stage} stage
 * @param {{ port?: number, turnFolder?: string | undefined }} options
 */
async function startStatefulBot({ world }, options) {
  const child = startChild(new URL('../candidates/bot-process.mjs', import.meta.url), { args: ['parley-stateful'] })
  try {
    const started = await child.ask('start', { ...world, ...options })
    return { port: /** @type {number} */ (started.port), stop: child.stop }
  } catch (error) {
    await child.stop()
    throw error
  }
}

/**
 * @param {Stage} stage
 * @param {number} port
 * @param {number} activities
 */
function createChannel({ world, replies }, port, activities) {
  const { serviceUrl, appId, inboundTokens } = world
  const requestOf = createTurns({ serviceUrl, appId, token: inboundTokens.channel })
  const deadline = performance.now() + GIVE_UP_AFTER_MS
  /** @type {Set<string>} */
  const open = new Set()
  let next = 0
  let accepted = 0
  let deliveries = 0

  const line = async () => {
    let connection = new KeepAliveConnection(port)
    while (next < activities) {
      const request = requestOf(next++)
      const id = idOf(request)
      open.add(id)
      for (let status = 0; status < 200 || status > 299;) {
        if (performance.now() > deadline) return
        if (!connection.isOpen) connection = new KeepAliveConnection(port)
        deliveries += 1
        status = await new Promise((resolve) => connection.exchange(request, resolve))
        if (status < 200 || status > 299) await sleep(REDELIVER_AFTER_MS)
      }
      open.delete(id)
      accepted += 1
    }
    connection.close()
  }

  return {
    deliver: () => Promise.all(Array.from({ length: CONNECTIONS }, line)),
    deliveries: () => deliveries,
    isDone: () => accepted === activities,
    left: () => activities - accepted,
    /** @param {number} count */
    async accepted(count) {
      while (accepted < Math.min(count, activities) && performance.now() < deadline) await sleep(1)
    },
    async repliesNotAccepted() {
      const counts = /** @type {Record<string, number>} */ (await replies())
      return Object.entries(counts).filter(([id]) => open.has(id))
    },
  }
}

/** @param {string} request */
function idOf(request) {
  return /"id":"(\d+)"/.exec(request)?.[1] ?? ''
}
