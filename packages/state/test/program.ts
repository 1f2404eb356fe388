import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const running = new Set<Program>()

// Also when a test failed and did not end them.
afterEach(async () => {
  for (const program of running) program.signal('SIGKILL')
  await Promise.all(Array.from(running, (program) => program.ended()))
})

/** A program of this folder, in a process of its own, which ends with the test at the latest. */
export class Program {
  /** What it has printed, line by line. */
  readonly lines: string[] = []
  private readonly child: ChildProcess
  private readonly closed: Promise<unknown>
  private readonly wanted = new Set<() => void>()
  private open = true
  private asked = 0

  /** @param prefix - A command that runs the command given to it. */
  constructor(
    file: string,
    parameters: readonly string[],
    env: NodeJS.ProcessEnv = {},
    prefix: readonly string[] = [],
  ) {
    const [command = '', ...rest] = [...prefix, process.execPath, join(__dirname, file), ...parameters]
    this.child = spawn(command, rest, {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    running.add(this)
    this.closed = once(this.child, 'close').then(() => {
      running.delete(this)
      this.open = false
      this.wake()
    })
    let partial = ''
    this.child.stdout?.on('data', (chunk) => {
      const lines = (partial + String(chunk)).split('\n')
      partial = lines.pop() ?? ''
      this.lines.push(...lines)
      this.wake()
    })
  }

  get pid(): number {
    return this.child.pid ?? 0
  }

  /** The next line that was not asked for, once it is printed; `undefined` when the program ends before. */
  async next(): Promise<string | undefined> {
    const index = this.asked++
    while (this.open && this.lines.length <= index) await new Promise<void>((resolve) => this.wanted.add(resolve))
    return this.lines[index]
  }

  /** Lets it go on that waits for a line. */
  goOn(): void {
    this.child.stdin?.write('\n')
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal)
  }

  /** The exit code, or the signal that ended it. */
  async ended(): Promise<number | NodeJS.Signals | null> {
    await this.closed
    return this.child.exitCode ?? this.child.signalCode
  }

  private wake(): void {
    for (const wake of this.wanted) wake()
    this.wanted.clear()
  }
}
