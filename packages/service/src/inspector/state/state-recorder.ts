import type { BotStateChange } from '../../bot-state/bot-state-bags.ts'
import type { WireActivity } from '../../conversations/wire-activity.ts'
import type { Inspector } from '../inspector.ts'
import { redactText } from '../redact.ts'
import { jsonOrText } from '../stored-message.ts'
import type { TurnsSeen } from '../turns-seen.ts'
import { diffJson } from './json-diff.ts'
import { TracedStates, scopesIn } from './traced-states.ts'
import type { TracedState } from './traced-states.ts'

/** A change of a bot's state. */
interface ScopeChange {
  readonly scope: string
  readonly appId: string | undefined
  readonly conversationId: string | undefined
  readonly turn: string | undefined
  readonly before: unknown
  readonly after: unknown
}

/** Enters what changes in the states of bots: in bags of the Bot State API, and as bots show it in traces. */
export class StateRecorder {
  private readonly inspector: Inspector
  private readonly turns: TurnsSeen
  private readonly traced: TracedStates = new TracedStates()

  constructor(inspector: Inspector, turns: TurnsSeen) {
    this.inspector = inspector
    this.turns = turns
  }

  /** A bag was written or removed. */
  bagChanged({ botId, scope, conversationId, before, after }: BotStateChange): void {
    this.enter({
      scope,
      appId: botId,
      conversationId: conversationId !== undefined && this.inspector.botOf(conversationId) ? conversationId : undefined,
      turn: conversationId === undefined ? undefined : this.turns.running(conversationId),
      before: before.data ?? undefined,
      after: after.data ?? undefined,
    })
  }

  /** A bot has said something, which may be what its state is. */
  said(conversationId: string, activity: WireActivity): void {
    const at = new Date(this.inspector.clock.now()).toISOString()
    for (const [scope, shown] of scopesIn(activity)) {
      const value = this.clean(shown)
      const earlier = this.traced.note(conversationId, { scope, at, value })
      const appId = this.inspector.botOf(conversationId)
      const turn = activity.replyToId ?? this.turns.running(conversationId)
      this.enter({ scope, appId, conversationId, turn, before: earlier?.value, after: value })
    }
  }

  /** What the bot has shown last. */
  shownIn(conversationId: string): readonly TracedState[] {
    return this.traced.of(conversationId)
  }

  private enter({ scope, appId, conversationId, turn, ...values }: ScopeChange): void {
    const before = this.clean(values.before)
    const after = this.clean(values.after)
    const changes = diffJson(before, after)
    if (changes.length === 0) return
    this.inspector.enter({
      summary: {
        kind: 'state',
        ...(conversationId === undefined ? {} : { conversationId }),
        ...(appId === undefined ? {} : { appId }),
        ...(turn === undefined ? {} : { turn }),
        scope,
        changes: changes.length,
      },
      state: { before: before ?? null, after: after ?? null, changes },
    })
  }

  /** Without secrets; of what is too large to be kept only the beginning, as text. */
  private clean(value: unknown): unknown {
    if (value === undefined) return undefined
    const { limits, secrets } = this.inspector
    const text = redactText(JSON.stringify(value), secrets)
    return jsonOrText(
      text.length <= limits.maxBodyBytes ? text : Buffer.from(text).subarray(0, limits.maxBodyBytes).toString(),
    )
  }
}
