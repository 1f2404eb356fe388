import type { IAddress } from '../contracts/events.ts'
import type { Session } from '../contracts/session.ts'
import { activityOf } from '../session/turn-activity.ts'

/** The sessions of a bot that are at work, by conversation. */
export class LiveSessions {
  private readonly sessions: Map<string, Set<Session>> = new Map()

  /** Counts a session until `turn` has ended. */
  async during(address: IAddress, session: Session, turn: () => Promise<void>): Promise<void> {
    const key = keyOf(address)
    const live = this.sessions.get(key) ?? new Set()
    this.sessions.set(key, live.add(session))
    try {
      await turn()
    } finally {
      live.delete(session)
      if (live.size === 0) this.sessions.delete(key)
    }
  }

  /**
   * Resolves when the sessions of a conversation have written and sent what they have so far. Code of the bot that runs is not
   * waited for: it may be what waits.
   */
  async sent(address: IAddress): Promise<void> {
    const live = this.sessions.get(keyOf(address)) ?? []
    await Promise.all([...live].map((session) => activityOf(session).idle(['batch'])))
  }
}

function keyOf({ channelId, conversation }: IAddress): string {
  return JSON.stringify([channelId, conversation?.id])
}
