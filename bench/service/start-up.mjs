import { fileURLToPath } from 'node:url'
import { median } from '../report.mjs'
import { freePort } from '../../scripts/free-port.mjs'
import { HttpProcess, SERVICE } from './service-process.mjs'

const ROUNDS = 7
const BARE_SERVER = fileURLToPath(new URL('bare-server.mjs', import.meta.url))

/** Answered without a key, and answered when the key that signs is there. */
const METADATA = '/v1/.well-known/openidconfiguration'
const KEYS = '/v1/.well-known/keys'

/**
 * From the start of the process to its first answer, in turns with a restify server that does nothing; and to its first key,
 * which is made while it answers.
 *
 * @param {{ log: (line: string) => void }} options
 * @returns {Promise<import('../security/figures.mjs').Figure[]>}
 */
export async function measureStartUp({ log }) {
  log(`Starting the service and a bare restify server ${ROUNDS} times each.`)
  /** @type {number[]} */
  const services = []
  /** @type {number[]} */
  const bares = []
  /** @type {number[]} */
  const keys = []
  for (let round = 0; round < ROUNDS; round += 1) {
    bares.push(await timeOf(BARE_SERVER, (port) => [String(port)], '/'))
    services.push(await timeOf(SERVICE, (port) => ['--port', String(port)], METADATA))
    keys.push(await timeOf(SERVICE, (port) => ['--port', String(port)], KEYS))
  }
  const [service, bare, key] = [median(services), median(bares), median(keys)]
  return [
    { figure: 'start to first answer, service, ms', value: service },
    { figure: 'start to first key, service, ms', value: key },
    { figure: 'start to first answer, bare restify, ms', value: bare },
    { figure: 'start to first answer, ratio', value: service / bare, digits: 2 },
    { figure: 'start to first key, ratio', value: key / bare, digits: 2 },
  ]
}

/**
 * @param {string} file
 * @param {(port: number) => string[]} argsFor
 * @param {string} path
 */
async function timeOf(file, argsFor, path) {
  const port = await freePort()
  const started = new HttpProcess(file, argsFor(port), { port, path })
  try {
    return await started.answers()
  } finally {
    await started.kill()
  }
}
