import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startChild } from '../process/child.mjs'
import { faultsOf } from './faults-of.mjs'
import { freePort } from '../../scripts/free-port.mjs'
import { HttpProcess, SERVICE } from './service-process.mjs'
import { Talker } from './talker.mjs'

/**
 * @typedef {import('../security/figures.mjs').Figure} Figure
 * @typedef {import('./options.mjs').Effort} Effort
 */

const APP = { id: 'the-app', password: 'the app password' }
const SECRET = 'a-direct-line-secret'
const CUTS_PER_MESSAGE = 0.05
/** For what comes after the last echo, such as a second one. */
const SETTLE_MS = 500
const MIB = 1024 * 1024

/**
 * Many conversations at once through a real bot, streams cut at random, the service killed and started again on its folder.
 *
 * @param {Effort & { log: (line: string) => void }} options
 * @returns {Promise<Figure[]>}
 */
export async function measureLoad({ conversations, messages, kills, log }) {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-service-'))
  const port = await freePort()
  const bot = startChild(new URL('echo-bot.mjs', import.meta.url), {
    args: [`http://127.0.0.1:${port}`, APP.id, APP.password],
  })
  const { port: botPort } = await bot.ask('describe')
  let service = startService(port, folder, botPort)
  /** @type {Talker[]} */
  let talkers = []
  try {
    await service.answers()
    log(`${conversations} conversations say ${messages} things each; ${kills} times kill -9.`)
    const killAt = new Set(
      Array.from({ length: kills }, (_, index) => killPoint(conversations * messages, kills, index)),
    )
    let posted = 0
    let killing = Promise.resolve()
    let peakBytes = 0
    const noteMemory = () => (peakBytes = Math.max(peakBytes, service.memory().peakBytes))
    const restart = async () => {
      noteMemory()
      await service.kill()
      service = startService(port, folder, botPort)
      log(`Killed after ${posted} messages; back after ${(await service.answers()).toFixed(0)} ms.`)
    }
    const onPosted = () => {
      posted += 1
      if (killAt.has(posted)) killing = killing.then(restart)
    }
    talkers = Array.from({ length: conversations }, (_, index) => {
      const name = `c${index}`
      return new Talker({
        url: service.url,
        secret: SECRET,
        name,
        messages,
        cutsPerMessage: CUTS_PER_MESSAGE,
        onPosted,
      })
    })
    const begin = performance.now()
    await Promise.all(talkers.map((talker) => talker.run()))
    const seconds = (performance.now() - begin) / 1000
    await killing
    await sleep(SETTLE_MS)
    noteMemory()
    const faults = await countFaults(talkers)
    return figuresOf({
      talkers,
      faults,
      seconds,
      peakBytes,
      rssBytes: service.memory().rssBytes,
      kills,
      expected: conversations * messages,
    })
  } finally {
    for (const talker of talkers) talker.stop()
    await Promise.all([service.kill(), bot.stop()])
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * @param {number} port
 * @param {string} folder
 * @param {number} botPort
 */
function startService(port, folder, botPort) {
  const args = ['--port', String(port), '--data', folder, '--log-level', 'error']
  return new HttpProcess(SERVICE, [...args, '--bot-endpoint', `http://127.0.0.1:${botPort}/api/messages`], {
    port,
    path: '/v1/.well-known/openidconfiguration',
    environment: { MicrosoftAppId: APP.id, MicrosoftAppPassword: APP.password, DIRECTLINE_SECRET: SECRET },
  })
}

/**
 * The kills are spread over the run.
 *
 * @param {number} messages
 * @param {number} kills
 * @param {number} index
 */
function killPoint(messages, kills, index) {
  return Math.max(1, Math.floor((messages * (index + 1)) / (kills + 1)))
}

/** @param {readonly Talker[]} talkers */
async function countFaults(talkers) {
  const total = { lost: 0, doubled: 0, misplaced: 0 }
  for (const talker of talkers) {
    const { lost, doubled, misplaced } = faultsOf(talker, await talker.everything())
    total.lost += lost
    total.doubled += doubled
    total.misplaced += misplaced
  }
  return total
}

/**
 * @param {{ talkers: readonly Talker[], faults: import('./faults-of.mjs').Faults, seconds: number, peakBytes: number,
 *   rssBytes: number, kills: number, expected: number }} run
 * @returns {Figure[]}
 */
function figuresOf({ talkers, faults, seconds, peakBytes, rssBytes, kills, expected }) {
  const latencies = talkers.flatMap(({ latenciesMs }) => latenciesMs).sort((a, b) => a - b)
  const at = (/** @type {number} */ share) => latencies[Math.floor((latencies.length - 1) * share)] ?? Number.NaN
  const sum = (/** @type {(talker: Talker) => number} */ of) => talkers.reduce((total, talker) => total + of(talker), 0)
  const said = sum(({ acknowledged }) => acknowledged.length)
  const cuts = `${sum((talker) => talker.cuts)} cuts, ${kills} kills`
  return [
    { figure: 'messages acknowledged', value: said, atLeast: expected, note: cuts },
    { figure: 'messages or echoes lost', value: faults.lost, atMost: 0 },
    { figure: 'messages or echoes doubled', value: faults.doubled, atMost: 0 },
    { figure: 'conversations out of order', value: faults.misplaced, atMost: 0 },
    { figure: 'round trips a second', value: said / seconds },
    { figure: 'message to echo, p50, ms', value: at(0.5) },
    { figure: 'message to echo, p99, ms', value: at(0.99) },
    { figure: 'memory of the service, MiB', value: rssBytes / MIB },
    { figure: 'memory of the service, highest, MiB', value: peakBytes / MIB },
  ]
}
