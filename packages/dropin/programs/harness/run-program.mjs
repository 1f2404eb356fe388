import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { freePort } from '../../../../scripts/free-port.mjs'
import { FakeChannel } from './fake-channel.mjs'

/**
 * What `conversation.mjs` of a program exports.
 *
 * @typedef {object} Conversation
 * @property {(stage: Stage) => Promise<void>} play - Talks with the bot; throws when it does not answer as it did on SDK v4.
 * @property {string[]} [processes] - The files to run, in order; default the one named `bot.*`.
 * @property {(stage: Stage) => Promise<Record<string, string>> | Record<string, string>} [environment] - For all of them.
 * @property {string} [repairs] - What SDK v4 itself does wrong here, so that the program fails on it.
 *
 * @typedef {object} Stage
 * @property {FakeChannel} channel
 * @property {string[]} urls - Of the processes' `/api/messages`.
 * @property {() => string} output - All that the processes printed.
 * @property {(pattern: RegExp) => Promise<void>} waitForOutput - Until the processes printed it; throws when they do not.
 * @property {import('node:child_process').ChildProcess[]} children
 * @property {(index?: number) => Promise<void>} killAndStart - Kills a process with SIGKILL and starts it anew.
 * @property {(options: import('@parley/service').ServiceOptions) => Promise<import('@parley/service').Service>} startService -
 *   Starts this repository's service, with its identity provider; ends with the conversation.
 */

const READY_WITHIN_MS = 15_000
const PRINTS_WITHIN_MS = 3000

/**
 * The programs there are.
 *
 * @param {string} folder
 * @returns {string[]}
 */
export function listPrograms(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'conversation.mjs')))
    .map(({ name }) => name)
    .sort()
}

/**
 * What SDK v4 itself does wrong in a program, if it does.
 *
 * @param {string} folder - Of the program.
 * @returns {Promise<string | undefined>}
 */
export async function repairsOf(folder) {
  /** @type {Conversation} */
  const { repairs } = await import(pathToFileURL(join(folder, 'conversation.mjs')).href)
  return repairs
}

/**
 * Runs a program and its scripted conversation.
 *
 * @param {string} folder - Of the program, inside the installed folder.
 * @param {string} [node] - The Node that runs it. Default this one.
 * @throws {Error} The bot did not start, or answered otherwise.
 */
export async function runProgram(folder, node = process.execPath) {
  /** @type {Conversation} */
  const conversation = await import(pathToFileURL(join(folder, 'conversation.mjs')).href)
  const files = conversation.processes ?? [botFile(folder)]
  const ports = await Promise.all(files.map(freePort))
  const channel = new FakeChannel()
  await channel.open()
  /** @type {string[]} */
  const printed = []
  /** @type {import('@parley/service').Service[]} */
  const services = []
  /** @type {Stage} */
  const stage = {
    channel,
    urls: ports.map((port) => `http://127.0.0.1:${port}/api/messages`),
    output: () => printed.join(''),
    waitForOutput: (pattern) => waitForOutput(stage, pattern),
    children: [],
    killAndStart: async (index = 0) => {
      const child = stage.children[index]
      if (child) await end(child)
      await start(index)
    },
    startService: async (options) => {
      // Only here, so that the harness runs without the service being built.
      const { startService } = await import('@parley/service')
      const service = await startService(options)
      services.push(service)
      return service
    },
  }
  channel.botUrl = stage.urls[0] ?? ''
  /** @type {Record<string, string> | undefined} */
  let environment
  const start = async (/** @type {number} */ index) => {
    const env = {
      ...process.env,
      NODE_ENV: 'test',
      ...environment,
      PORT: String(ports[index]),
      PORTS: ports.join(','),
    }
    const file = join(folder, files[index] ?? '')
    const child = spawn(node, [file], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
    stage.children[index] = child
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => printed.push(text))
    await ready(child, ports[index] ?? 0)
  }
  try {
    environment = await conversation.environment?.(stage)
    for (const index of files.keys()) await start(index)
    await conversation.play(stage)
    const fallen = stage.children.find(({ exitCode, signalCode }) => exitCode !== null || signalCode !== null)
    if (fallen) throw new Error('The bot ended by itself.')
  } catch (error) {
    const reason = error instanceof Error ? error.stack : String(error)
    throw new Error(`${reason}\nThe bot printed:\n${stage.output()}`, { cause: error })
  } finally {
    await Promise.all(stage.children.map(end))
    await Promise.all(services.map((service) => service.close()))
    await channel.close()
  }
}

/**
 * @param {Stage} stage
 * @param {RegExp} pattern
 */
async function waitForOutput(stage, pattern) {
  const deadline = Date.now() + PRINTS_WITHIN_MS
  while (!pattern.test(stage.output())) {
    if (Date.now() > deadline) throw new Error(`The bot did not print ${pattern}.`)
    await sleep(10)
  }
}

/** @param {string} folder */
function botFile(folder) {
  const file = ['dist/bot.js', 'bot.js', 'bot.mjs', 'bot.cjs'].find((name) => existsSync(join(folder, name)))
  if (!file) throw new Error(`${folder} has no bot.js, bot.mjs or compiled bot.ts.`)
  return file
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} port
 */
async function ready(child, port) {
  const deadline = Date.now() + READY_WITHIN_MS
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`The bot ended with ${child.exitCode} before it listened.`)
    if (Date.now() > deadline) throw new Error(`The bot did not listen on ${port} within ${READY_WITHIN_MS} ms.`)
    await sleep(25)
  }
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}

/** @param {import('node:child_process').ChildProcess} child */
async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}
