import { spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The command as users run it. Tests of a package work on its sources; this is the one thing that only the build makes. */
const bin = join(__dirname, '..', 'dist', 'esm', 'bin.js')

const running = new Set<ParleyProcess>()

/** A failed test leaves no process behind. */
afterEach(async () => {
  for (const run of running) run.kill('SIGKILL')
  await Promise.all([...running].map(({ ended }) => ended))
})

/** A run of the `parley` command as a process, and what it wrote. */
export class ParleyProcess {
  /** The exit code, or `null` when it was killed. */
  readonly ended: Promise<number | null>
  out = ''
  err = ''
  private readonly process: ChildProcessWithoutNullStreams

  constructor(args: readonly string[], { cwd = '/', env = {} }: { cwd?: string; env?: Record<string, string> } = {}) {
    if (!existsSync(bin)) throw new Error('The command is not built: run npm run build, or the tests with npm test.')
    const all = { PATH: process.env['PATH'] ?? '', ...env }
    this.process = spawn(process.execPath, [bin, ...args], { cwd, env: all })
    this.process.stdout.on('data', (chunk) => (this.out += String(chunk)))
    this.process.stderr.on('data', (chunk) => (this.err += String(chunk)))
    running.add(this)
    this.ended = new Promise((resolve) => {
      this.process.once('exit', (code) => {
        running.delete(this)
        resolve(code)
      })
    })
  }

  /** Leaves it writing to nobody, as `| head -1` does. */
  closeOutput(): void {
    this.process.stdout.destroy()
  }

  kill(signal: NodeJS.Signals): void {
    this.process.kill(signal)
  }
}
