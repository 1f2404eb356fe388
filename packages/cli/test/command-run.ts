import { PassThrough } from 'node:stream'
import type { Command, CommandIo } from '@parley/cli'
import { runParley } from '@parley/cli'

export interface CommandRunOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Whether stdin, stdout and stderr are a terminal. Default no. */
  readonly isTTY?: boolean
  readonly commands?: readonly Command[]
}

const running = new Set<CommandRun>()

/** A test that fails leaves nothing running. */
afterEach(async () => {
  for (const run of running) run.stop()
  await Promise.all([...running].map(({ ended }) => ended))
})

/** A run of `parley` in this process, and what it wrote. */
export class CommandRun {
  /** The exit code. */
  readonly ended: Promise<number>
  readonly stdin: PassThrough = new PassThrough()
  out = ''
  err = ''
  private readonly stopping: AbortController = new AbortController()

  constructor(args: readonly string[], { env = {}, cwd = '/', isTTY = false, commands }: CommandRunOptions = {}) {
    const io: CommandIo = {
      stdin: Object.assign(this.stdin, { isTTY }),
      stdout: Object.assign(new PassThrough(), { isTTY }).on('data', (chunk) => (this.out += String(chunk))),
      stderr: Object.assign(new PassThrough(), { isTTY }).on('data', (chunk) => (this.err += String(chunk))),
      env,
      cwd,
      signal: this.stopping.signal,
    }
    running.add(this)
    this.ended = runParley(args, io, { version: '1.2.3', ...(commands ? { commands } : {}) }).finally(() => {
      running.delete(this)
    })
  }

  /** Stops it as Ctrl-C does. */
  stop(): void {
    this.stopping.abort()
  }

  /** The JSON lines so far. */
  // eslint-disable-next-line typescript/no-explicit-any -- tests look at JSON of every shape
  lines(): any[] {
    return this.out
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line))
  }
}
