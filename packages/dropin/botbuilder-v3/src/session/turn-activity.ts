import type { Session } from '../contracts/session.ts'

/** What a session is at: code of the bot that has not ended, and messages and data that have not left. */
export type ActivityKind = 'handler' | 'batch'

/** What a session still has to do, so that the next message of its conversation can wait for it. */
export class TurnActivity {
  private readonly running: Record<ActivityKind, number> = { handler: 0, batch: 0 }
  private waiting: { readonly kinds: readonly ActivityKind[]; readonly resolve: () => void }[] = []

  begin(kind: ActivityKind): void {
    this.running[kind] += 1
  }

  end(kind: ActivityKind): void {
    this.running[kind] -= 1
    // Whoever ends something may begin the next at once.
    queueMicrotask(() => this.wake())
  }

  /** Resolves when nothing of those kinds runs. */
  idle(kinds: readonly ActivityKind[] = ['handler', 'batch']): Promise<void> {
    if (!this.isRunning(kinds)) return Promise.resolve()
    return new Promise((resolve) => {
      this.waiting.push({ kinds, resolve })
    })
  }

  private wake(): void {
    const done = this.waiting.filter(({ kinds }) => !this.isRunning(kinds))
    this.waiting = this.waiting.filter((waiter) => !done.includes(waiter))
    for (const { resolve } of done) resolve()
  }

  private isRunning(kinds: readonly ActivityKind[]): boolean {
    return kinds.some((kind) => this.running[kind] > 0)
  }
}

const activities = new WeakMap<Session, TurnActivity>()

/** The activity of a session. */
export function activityOf(session: Session): TurnActivity {
  const known = activities.get(session)
  if (known) return known
  const activity = new TurnActivity()
  activities.set(session, activity)
  return activity
}
