import { spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { eventually } from 'test-support/eventually'
import type { Json } from './stand-in-bot.ts'

/** The command as users run it. Tests of a package work on its sources; this is the one thing that only the build makes. */
const bin = join(__dirname, '..', 'dist', 'esm', 'bin.js')

const started: ServiceProcess[] = []

/** A failed test leaves no process behind. */
afterAll(async () => {
  for (const process of started.splice(0)) {
    process.kill('SIGKILL')
    await process.ended
  }
})

/** A run of the `parley-service` command, and what it wrote. */
export class ServiceProcess {
  private static readonly running: Set<ServiceProcess> = new Set()

  /** The exit code, or `null` when it was killed. */
  readonly ended: Promise<number | null>
  out = ''
  err = ''
  private readonly process: ChildProcessWithoutNullStreams

  constructor(args: string[], environment: Record<string, string> = {}) {
    if (!existsSync(bin)) throw new Error('The command is not built: run npm run build, or the tests with npm test.')
    this.process = spawn(process.execPath, [bin, ...args], { env: { PATH: process.env['PATH'] ?? '', ...environment } })
    this.process.stdout.on('data', (chunk) => (this.out += String(chunk)))
    this.process.stderr.on('data', (chunk) => (this.err += String(chunk)))
    this.ended = new Promise((resolve) => this.process.once('close', resolve))
    ServiceProcess.running.add(this)
    this.process.once('close', () => ServiceProcess.running.delete(this))
    started.push(this)
  }

  /** Ends what a test that failed has left running. */
  static async endAll(): Promise<void> {
    for (const service of ServiceProcess.running) service.kill('SIGKILL')
    await Promise.all([...ServiceProcess.running].map((service) => service.ended))
  }

  kill(signal: NodeJS.Signals): void {
    this.process.kill(signal)
  }

  /** The log lines so far. */
  lines(): Json[] {
    return this.out
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line))
  }

  /** Waits until the service is up. @returns its address. */
  async url(): Promise<string> {
    await eventually(() => {
      if (this.lines().length === 0) throw new Error(`The service has not started. ${this.err}`)
    })
    return this.lines()[0].url
  }
}
