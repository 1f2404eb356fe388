import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { SetupError } from '../setup.mjs'

const READY_WITHIN_MS = 30_000
const STOP_WITHIN_MS = 12_000
const RESTART_AFTER_MS = 2_000

/**
 * @typedef {object} SupervisedBot
 * @property {Promise<void>} ready - Resolves when the bot answers HTTP.
 * @property {Promise<never>} failed - Rejects when the bot cannot be started.
 * @property {() => Promise<void>} stop - Lets it finish its turns, then ends it.
 */

/**
 * Runs a bot in a process of its own, and starts it again when it dies after it had been up.
 *
 * @param {object} options
 * @param {string} options.folder - Of a built template.
 * @param {string} options.url - Where it answers when it is up.
 * @param {Record<string, string>} options.env
 * @param {(chunk: Buffer) => void} options.onOutput
 * @param {(sentence: string) => void} options.onEvent
 * @returns {SupervisedBot}
 */
export function superviseBot({ folder, url, env, onOutput, onEvent }) {
  let isStopping = false
  let child = start()
  /** @type {(error: Error) => void} */
  let fail = () => {}
  /** @type {Promise<never>} */
  const failed = new Promise((_, reject) => {
    fail = reject
  })
  failed.catch(() => {})
  const ready = watch()
  ready.catch((error) => fail(error))

  function start() {
    const preload = new URL('./stop-with-parent.mjs', import.meta.url).href
    // A group of its own: a Ctrl-C in the terminal reaches the starter, which passes it on once.
    const started = spawn(process.execPath, ['--import', preload, 'dist/index.js'], {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    })
    started.stdout?.on('data', onOutput)
    started.stderr?.on('data', onOutput)
    return started
  }

  /** Waits until the bot is up, then sees to it that it stays so. */
  async function watch() {
    const current = child
    const exited = once(current, 'exit')
    const polling = new AbortController()
    const isUp = await Promise.race([untilAnswering(url, polling.signal), exited.then(() => false)])
    polling.abort()
    if (!isUp) {
      throw new SetupError(`The bot in ${folder} stopped while starting (${ending(current)}): its log above says why.`)
    }
    void exited.then(restart)
  }

  async function restart() {
    if (isStopping) return
    onEvent(`The bot stopped (${ending(child)}); starting it again in ${RESTART_AFTER_MS / 1000} s.`)
    await sleep(RESTART_AFTER_MS)
    if (isStopping) return
    child = start()
    await watch().then(
      () => onEvent('The bot is up again.'),
      (error) => fail(error),
    )
  }

  async function stop() {
    isStopping = true
    if (child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    const isDone = await Promise.race([exited.then(() => true), sleep(STOP_WITHIN_MS, false, { ref: false })])
    if (!isDone) child.kill('SIGKILL')
  }

  return { ready, failed, stop }
}

/**
 * @param {string} url
 * @param {AbortSignal} signal - Nobody waits any more.
 * @returns {Promise<boolean>}
 */
async function untilAnswering(url, signal) {
  const deadline = Date.now() + READY_WITHIN_MS
  while (Date.now() < deadline) {
    if (signal.aborted) return false
    try {
      await fetch(url, { signal: AbortSignal.timeout(1_000) })
      return true
    } catch {
      await sleep(100)
    }
  }
  throw new SetupError(
    `The bot does not answer at ${url} after ${READY_WITHIN_MS / 1000} s: its log above may say why.`,
  )
}

/** @param {import('node:child_process').ChildProcess} child */
function ending(child) {
  return child.signalCode ?? `exit code ${child.exitCode}`
}
