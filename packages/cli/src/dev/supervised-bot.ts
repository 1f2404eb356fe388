import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { CliUnreachableError } from '../errors.ts'
import { pause, untilUp } from './await-bot.ts'
import type { BotRun } from './bot-run.ts'
import type { DevEvent } from './dev-event.ts'
import { ProcessGroup } from './process-group.ts'

export interface SupervisedBotOptions {
  /** The program and its arguments. */
  readonly command: readonly string[]
  readonly cwd: string
  /** All of the bot's environment. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where it answers when it is up. */
  readonly endpoint: URL
  /** Whether somebody is there to correct a bot that does not even come up the first time. */
  readonly isAttended: boolean
  /** A line the bot wrote, on either stream. */
  readonly onLine: (line: string) => void
  readonly onEvent: (event: DevEvent) => void
  /** Pause before the first restart, in milliseconds; it doubles with every failure in a row. Default 1000. */
  readonly restartAfterMs?: number
  /** Time a bot has to end when asked to, in milliseconds. Default 10 000. */
  readonly stopWithinMs?: number
}

const LONGEST_PAUSE_MS = 30_000
/** A bot that ran for that long did not fail at starting. */
const SETTLED_MS = 10_000
const SILENT_AFTER_MS = 30_000

/** Runs a bot by its command, and starts it again when it ends or on request, until it is told to stop. */
export class SupervisedBot implements BotRun {
  readonly failed: Promise<never>
  private readonly options: SupervisedBotOptions
  private readonly running: Promise<void>
  private readonly stopping: AbortController = new AbortController()
  private group: ProcessGroup | undefined
  private isRestarting = false
  private hasBeenUp = false
  private endPause: (() => void) | undefined
  private startError: CliUnreachableError | undefined

  constructor(options: SupervisedBotOptions) {
    this.options = options
    this.running = this.run()
    this.failed = new Promise((_, reject) => void this.running.catch(reject))
    // Whoever stops it first need not hear of it.
    this.failed.catch(() => {})
  }

  restart(): void {
    this.isRestarting = true
    this.endPause?.()
    if (!this.group) return
    this.options.onEvent({ kind: 'bot-stopping', message: 'Stopping the bot to start it again.' })
    void this.group.stop(this.stopWithinMs)
  }

  async stop(): Promise<void> {
    this.stopping.abort()
    this.endPause?.()
    await this.group?.stop(this.stopWithinMs)
    await this.running.catch(() => {})
  }

  private get stopWithinMs(): number {
    return this.options.stopWithinMs ?? 10_000
  }

  private async run(): Promise<void> {
    let failures = 0
    while (!this.stopping.signal.aborted) {
      this.isRestarting = false
      const startedAt = performance.now()
      const ending = await this.runOnce()
      if (this.stopping.signal.aborted) return
      failures = performance.now() - startedAt > SETTLED_MS ? 1 : failures + 1
      if (!this.isRestarting) await this.recover(ending, failures)
      if (this.isRestarting) failures = 0
    }
  }

  /** @returns how it ended, e.g. `exit code 1`. */
  private async runOnce(): Promise<string> {
    const child = this.spawn()
    const group = new ProcessGroup(child)
    this.group = group
    const ended = new AbortController()
    const watching = this.watch(AbortSignal.any([ended.signal, this.stopping.signal]))
    await group.ended
    ended.abort()
    group.kill()
    this.group = undefined
    await watching
    return child.signalCode ?? `exit code ${child.exitCode}`
  }

  private spawn(): ChildProcess {
    const { command, cwd, env, onLine, onEvent } = this.options
    const [program = '', ...args] = command
    // On Windows npm and its like are scripts, which only a shell can start.
    const shell = process.platform === 'win32'
    // A group of its own: a Ctrl-C in the terminal reaches this process, which ends the bot in good order.
    const child = spawn(program, args, {
      cwd,
      env: { ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: !shell,
      shell,
    })
    for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', onLine)
    child.once('spawn', () => onEvent({ kind: 'bot-started', message: `Started the bot: ${command.join(' ')}` }))
    child.once('error', (cause) => {
      this.startError = new CliUnreachableError(
        `${program} cannot be started (${(cause as NodeJS.ErrnoException).code}): correct the command after --.`,
        { cause },
      )
    })
    return child
  }

  private async watch(signal: AbortSignal): Promise<void> {
    const { endpoint, onEvent } = this.options
    const waiting = new AbortController()
    void pause(SILENT_AFTER_MS, AbortSignal.any([signal, waiting.signal])).then(() => {
      if (signal.aborted || waiting.signal.aborted) return
      const advice = 'See what it writes; does it listen on the port that PORT names?'
      const message = `The bot runs for ${SILENT_AFTER_MS / 1000} s and nothing answers at ${endpoint.href}. ${advice}`
      onEvent({ kind: 'bot-silent', message })
    })
    const isUp = await untilUp(endpoint, signal)
    waiting.abort()
    if (!isUp) return
    this.hasBeenUp = true
    onEvent({ kind: 'bot-up', message: `The bot answers at ${endpoint.href}.` })
  }

  private async recover(ending: string, failures: number): Promise<void> {
    if (this.startError) throw this.startError
    if (!this.hasBeenUp && !this.options.isAttended) {
      throw new CliUnreachableError(`The bot ended while it started (${ending}): what it wrote above says why.`)
    }
    const pauseMs = Math.min((this.options.restartAfterMs ?? 1000) * 2 ** (failures - 1), LONGEST_PAUSE_MS)
    const hint = this.options.isAttended ? '; r and Enter does it now' : ''
    const message = `The bot ended (${ending}); it is started again in ${pauseMs / 1000} s${hint}.`
    this.options.onEvent({ kind: 'bot-exited', message })
    const waking = new AbortController()
    this.endPause = () => waking.abort()
    await pause(pauseMs, waking.signal)
    this.endPause = undefined
  }
}
