import { fork } from 'node:child_process'
import { once } from 'node:events'
import { BenchError } from '../bench-error.mjs'

/**
 * @typedef {object} ChildOptions
 * @property {string[]} [args]
 * @property {string} [execPath] - Another Node. Default: this one.
 * @property {string[]} [execArgv] - Options for Node. Default: none.
 *
 * @typedef {object} Child
 * @property {(operation: string, parameters?: object, options?: { timeoutMs?: number }) => Promise<any>} ask
 * @property {() => Promise<void>} stop
 */

const STDERR_KEPT = 4000

/**
 * Starts a process that answers questions over IPC (see answer.mjs). It ends with this process at the latest.
 *
 * @param {URL} file
 * @param {ChildOptions} [options]
 * @returns {Child}
 */
export function startChild(file, { args = [], execPath = process.execPath, execArgv = [] } = {}) {
  const child = fork(file, args, {
    execPath,
    execArgv,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const title = [file.pathname.split('/').pop(), ...args].join(' ')
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
  const questions = new Map()
  let asked = 0
  let stderr = ''

  const failAll = (/** @type {string} */ reason) => {
    for (const { reject } of questions.values()) reject(new BenchError(`${title}: ${reason}\n${stderr}`.trimEnd()))
    questions.clear()
  }
  child.stderr?.setEncoding('utf8').on('data', (text) => (stderr = (stderr + text).slice(-STDERR_KEPT)))
  child.on('error', (error) => failAll(error.message))
  child.on('close', (code, signal) => failAll(`ended (${signal ?? code}) before it answered.`))
  child.on('message', (/** @type {{ id: number, value?: unknown, error?: string }} */ { id, value, error }) => {
    const question = questions.get(id)
    questions.delete(id)
    if (error === undefined) question?.resolve(value)
    else question?.reject(new BenchError(`${title}: ${error}\n${stderr}`.trimEnd()))
  })

  return {
    ask(operation, parameters = {}, { timeoutMs = 30_000 } = {}) {
      const id = asked++
      return new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => failAll(`did not answer '${operation}' within ${timeoutMs / 1000} s.`),
          timeoutMs,
        )
        const settle = (/** @type {(value: any) => void} */ finish) => (/** @type {any} */ value) => {
          clearTimeout(timer)
          finish(value)
        }
        questions.set(id, { resolve: settle(resolve), reject: settle(reject) })
        if (child.connected) child.send({ id, operation, parameters })
        else failAll('has ended.')
      })
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'close')
      child.kill('SIGKILL')
      await ended
    },
  }
}
