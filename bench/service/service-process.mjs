import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { BenchError } from '../bench-error.mjs'

export const SERVICE = fileURLToPath(new URL('../../packages/service/dist/esm/bin.js', import.meta.url))
const GIVE_UP_AFTER_MS = 30_000
const ASK_AGAIN_MS = 2

/** A process that answers HTTP on a port. */
export class HttpProcess {
  /**
   * @param {string} file
   * @param {string[]} args
   * @param {{ port: number, path: string, environment?: Record<string, string> }} options - `path` is answered 200 once it is up.
   */
  constructor(file, args, { port, path, environment = {} }) {
    this.url = `http://127.0.0.1:${port}`
    this.path = path
    this.startedAt = performance.now()
    this.child = spawn(process.execPath, [file, ...args], {
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    this.stderr = ''
    this.child.stderr?.setEncoding('utf8').on('data', (text) => (this.stderr = (this.stderr + text).slice(-4000)))
  }

  /** Waits until it answers. @returns how long that took since the start, in milliseconds. */
  async answers() {
    while (performance.now() - this.startedAt < GIVE_UP_AFTER_MS) {
      if (this.child.exitCode !== null) throw new BenchError(`The process ended before it answered.\n${this.stderr}`)
      const response = await fetch(this.url + this.path).catch(() => undefined)
      await response?.arrayBuffer().catch(() => undefined)
      if (response?.status === 200) return performance.now() - this.startedAt
      await sleep(ASK_AGAIN_MS)
    }
    throw new BenchError(`The process did not answer within ${GIVE_UP_AFTER_MS / 1000} s.\n${this.stderr}`)
  }

  /** Resident memory in bytes, now and at its highest; 0 where the system does not tell. */
  memory() {
    try {
      const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8')
      const of = (/** @type {string} */ name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) * 1024
      return { rssBytes: of('VmRSS'), peakBytes: of('VmHWM') }
    } catch {
      return { rssBytes: 0, peakBytes: 0 }
    }
  }

  async kill() {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    const ended = once(this.child, 'exit')
    this.child.kill('SIGKILL')
    await ended
  }
}
