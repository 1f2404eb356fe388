import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'

/** On Windows there are no groups: the process alone is ended. */
const HAS_GROUPS = process.platform !== 'win32'

const POLL_MS = 25
const OUTPUT_MS = 250

/** Ends the group `$0` when the pipe at its input breaks because this process is gone: asks first, then makes it. */
const GUARD = `
read -r _
kill -TERM -"$0" || exit
for _ in 1 2 3; do
  sleep 1
  kill -0 -"$0" || exit
done
kill -KILL -"$0"
`

/** A started command with all processes it starts in turn. */
export class ProcessGroup {
  /** Resolves when the started process itself has ended and was given a moment for the rest of its output. */
  readonly ended: Promise<void>
  private readonly child: ChildProcess
  private readonly guard: ChildProcess | undefined

  /** @param child - Started with `detached`, so that it leads a group of its own. */
  constructor(child: ChildProcess) {
    this.child = child
    this.ended = new Promise((resolve) => {
      // What it has started may hold the other end of its output for ever.
      child.once('exit', () => setTimeout(resolve, OUTPUT_MS).unref())
      child.once('close', () => resolve())
      // It could not be started.
      child.once('error', () => resolve())
    })
    this.guard = HAS_GROUPS && child.pid !== undefined ? startGuard(child.pid) : undefined
  }

  /**
   * Asks it to end, and makes it end when it has not after `graceMs`. The leader is asked first, because it may pass the signal
   * on, and for many programs a second one means at once; what outlives the leader is asked then.
   */
  async stop(graceMs: number): Promise<void> {
    const deadline = performance.now() + graceMs
    this.child.kill('SIGTERM')
    await this.untilDeadline(deadline, () => this.isLeaderGone())
    if (this.isLeaderGone()) this.signal('SIGTERM')
    await this.untilDeadline(deadline, () => !this.isAlive())
    this.kill()
    await this.ended
  }

  /** Ends what is left of it, at once. */
  kill(): void {
    this.signal('SIGKILL')
    this.guard?.kill('SIGKILL')
  }

  private async untilDeadline(deadline: number, isDone: () => boolean): Promise<void> {
    while (!isDone() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }

  private isLeaderGone(): boolean {
    const { pid, exitCode, signalCode } = this.child
    return pid === undefined || exitCode !== null || signalCode !== null
  }

  private isAlive(): boolean {
    return HAS_GROUPS ? this.signal(0) : !this.isLeaderGone()
  }

  /** @returns whether there is anybody left to get it. */
  private signal(signal: NodeJS.Signals | 0): boolean {
    const { pid } = this.child
    if (pid === undefined) return false
    if (!HAS_GROUPS) return this.child.kill(signal)
    try {
      return process.kill(-pid, signal)
    } catch {
      return false
    }
  }
}

/** A shell that outlives this process only to end the group: also `kill -9` leaves no bot behind. */
function startGuard(pid: number): ChildProcess {
  const guard = spawn('sh', ['-c', GUARD, String(pid)], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  // Without a shell there is no guard; everything else works.
  guard.on('error', () => {})
  guard.stdin?.on('error', () => {})
  guard.unref()
  ;(guard.stdin as unknown as { unref?(): void } | null)?.unref?.()
  return guard
}
