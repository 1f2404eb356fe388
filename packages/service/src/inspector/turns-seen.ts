/** Turns remembered; conversations beyond that are those nobody looks at. */
const MAX_TURNS = 1_000

interface SeenTurn {
  readonly activityId: string
  readonly appId: string
  readonly isRunning: boolean
}

/** Knows which activity each conversation's bot is at work on, so that what happens meanwhile can be told to be of its turn. */
export class TurnsSeen {
  private readonly turns: Map<string, SeenTurn> = new Map()

  begin(conversationId: string, activityId: string, appId: string): void {
    this.turns.delete(conversationId)
    this.turns.set(conversationId, { activityId, appId, isRunning: true })
    const [oldest] = this.turns.keys()
    if (this.turns.size > MAX_TURNS && oldest !== undefined) this.turns.delete(oldest)
  }

  end(conversationId: string, activityId: string): void {
    const turn = this.turns.get(conversationId)
    if (turn?.activityId === activityId) this.turns.set(conversationId, { ...turn, isRunning: false })
  }

  /** The activity the bot is at work on. */
  running(conversationId: string): string | undefined {
    const turn = this.turns.get(conversationId)
    return turn?.isRunning ? turn.activityId : undefined
  }

  /** Whether the bot is at work on an activity, or has answered it and it was the last one. */
  stateOf(conversationId: string, activityId: string | undefined): 'running' | 'over' | 'none' {
    const turn = this.turns.get(conversationId)
    if (turn?.isRunning) return 'running'
    return turn && turn.activityId === activityId ? 'over' : 'none'
  }

  /** The one bot that is at work on anything; `undefined` when there is none, or more than one. */
  get onlyBusyBot(): string | undefined {
    const busy = new Set([...this.turns.values()].flatMap(({ appId, isRunning }) => (isRunning ? [appId] : [])))
    const [first] = busy
    return busy.size === 1 ? first : undefined
  }

  /** Whether the activity is the last one that was posted to the bot. */
  isLatest(conversationId: string, activityId: string | undefined): boolean {
    return activityId !== undefined && this.turns.get(conversationId)?.activityId === activityId
  }
}
