import type { WireActivity } from '../../conversations/wire-activity.ts'

/** What a bot has shown of its state. */
export interface TracedState {
  readonly scope: string
  /** ISO 8601. */
  readonly at: string
  readonly value: unknown
}

export const BOT_STATE_SCHEMA = 'https://www.botframework.com/schemas/botState'

/** Conversations and scopes of each remembered; those shown longest ago go first. */
const MAX_CONVERSATIONS = 100
const MAX_SCOPES = 20

/** Remembers what each bot has shown of its state last, by conversation. */
export class TracedStates {
  private readonly states: Map<string, Map<string, TracedState>> = new Map()

  /** @returns what the scope was before. */
  note(conversationId: string, state: TracedState): TracedState | undefined {
    const scopes = this.states.get(conversationId) ?? new Map<string, TracedState>()
    const before = scopes.get(state.scope)
    scopes.delete(state.scope)
    this.states.delete(conversationId)
    this.states.set(conversationId, scopes.set(state.scope, state))
    dropOldest(scopes, MAX_SCOPES)
    dropOldest(this.states, MAX_CONVERSATIONS)
    return before
  }

  of(conversationId: string): readonly TracedState[] {
    return [...(this.states.get(conversationId)?.values() ?? [])]
  }
}

/** The scopes a trace of state is about: `userState`, `conversationState` and the like each on their own. */
export function scopesIn({ type, valueType, value, label }: WireActivity): readonly (readonly [string, unknown])[] {
  if (type !== 'trace' || valueType !== BOT_STATE_SCHEMA) return []
  const members = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []
  if (members.length > 0 && members.every(([name]) => name.endsWith('State'))) return members
  return [[typeof label === 'string' && label !== '' ? label : 'Bot State', value]]
}

function dropOldest(kept: Map<string, unknown>, most: number): void {
  const [oldest] = kept.keys()
  if (kept.size > most && oldest !== undefined) kept.delete(oldest)
}
