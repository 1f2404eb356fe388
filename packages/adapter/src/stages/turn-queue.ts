import { AsyncLocalStorage } from 'node:async_hooks'
import { ActivityTypes, InboundRefusedError } from '@parley/core'
import type { Activity } from '@parley/core'
import { HTTP_REFUSALS } from '../http/refusals.ts'

/** Which turns wait for which: those of one conversation for each other, or none. */
export type TurnConcurrency = 'conversation' | 'none'

/** Options of {@link TurnQueue}. */
export interface TurnQueueOptions {
  /** Default `conversation`. */
  readonly concurrency?: TurnConcurrency | undefined
  /** How many turns may wait in one conversation. Default 100. */
  readonly maxWaiting?: number | undefined
}

/** The turn that the running code belongs to. */
interface RunningTurn {
  isRunning: boolean
}

/** The turns of one conversation: how many run or wait, and when the last of them will have ended. */
interface Line {
  size: number
  last: Promise<void>
}

/**
 * Stage 5. One turn at a time per conversation, in order of arrival, so that five quick messages do not overwrite each other's
 * state. Invokes do not wait: a person is looking at a spinner, and a turn may itself be waiting for one.
 */
export class TurnQueue {
  private readonly lines = new Map<string, Line>()
  private readonly running = new AsyncLocalStorage<RunningTurn>()
  /** Following a turn through its promises costs every promise of the process, so it begins with the first need for it. */
  private isTracking = false
  private untracked = 0
  private readonly concurrency: TurnConcurrency
  private readonly maxWaiting: number

  constructor({ concurrency = 'conversation', maxWaiting = 100 }: TurnQueueOptions = {}) {
    this.concurrency = concurrency
    this.maxWaiting = maxWaiting
  }

  /**
   * Runs `turn` when the turns before it in its conversation have ended.
   *
   * @throws {@link InboundRefusedError} `TURN_QUEUE_FULL` 503.
   */
  run<T>(activity: Partial<Activity>, turn: () => Promise<T>): Promise<T> {
    const marked = (): Promise<T> => (this.isTracking ? this.mark(turn) : this.count(turn))
    if (this.concurrency === 'none' || activity.type === ActivityTypes.Invoke) return marked()
    return this.enqueue(`${activity.channelId}\n${activity.conversation?.id}`, marked)
  }

  /**
   * Runs a turn the bot itself starts. Inside another turn it runs at once, as a part of that turn: were it to wait, two turns
   * that each continue the other's conversation would wait for ever.
   */
  runProactive<T>(activity: Partial<Activity>, turn: () => Promise<T>): Promise<T> {
    this.isTracking = true
    return this.isInsideTurn() ? turn() : this.run(activity, turn)
  }

  /** Turns from before tracking began cannot be told apart; while any of them runs, it may be the one. */
  private isInsideTurn(): boolean {
    return this.untracked > 0 || this.running.getStore()?.isRunning === true
  }

  private async mark<T>(turn: () => Promise<T>): Promise<T> {
    const running: RunningTurn = { isRunning: true }
    try {
      return await this.running.run(running, turn)
    } finally {
      // Timers and promises the bot left behind keep this store; for them the turn is over.
      running.isRunning = false
    }
  }

  private async count<T>(turn: () => Promise<T>): Promise<T> {
    this.untracked += 1
    try {
      return await turn()
    } finally {
      this.untracked -= 1
    }
  }

  private enqueue<T>(key: string, turn: () => Promise<T>): Promise<T> {
    const line = this.lines.get(key) ?? { size: 0, last: Promise.resolve() }
    if (line.size > this.maxWaiting) return Promise.reject(queueFull(this.maxWaiting))
    const current = line.size === 0 ? turn() : line.last.then(turn)
    line.size += 1
    line.last = current.then(ignore, ignore).then(() => {
      line.size -= 1
      if (line.size === 0) this.lines.delete(key)
    })
    this.lines.set(key, line)
    return current
  }
}

function ignore(): void {}

function queueFull(maxWaiting: number): InboundRefusedError {
  const message = `${maxWaiting} turns of this conversation are waiting already; look for a turn that does not end.`
  return new InboundRefusedError(HTTP_REFUSALS.TURN_QUEUE_FULL, message, { retryAfterSeconds: 5 })
}
