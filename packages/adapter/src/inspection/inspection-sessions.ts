import { randomUUID } from 'node:crypto'
import type { ConversationReference, TurnContext } from '@parley/core'
import type { LoadableState, StatePropertyAccessor } from '@parley/state'

/** What {@link InspectionSessions} needs of a state. */
export interface SessionState extends LoadableState {
  saveChanges(context: TurnContext, force?: boolean): Promise<void>
  createProperty<T>(name: string): StatePropertyAccessor<T>
}

/** Where developers watch, by the id of the session while nothing is attached, then by that of what is attached. */
interface SessionsByStatus {
  openedSessions: Record<string, Partial<ConversationReference>>
  attachedSessions: Record<string, Partial<ConversationReference>>
}

/** The sessions in which developers watch conversations, in a state of the bot. */
export class InspectionSessions {
  private readonly state: SessionState
  private readonly accessor: StatePropertyAccessor<SessionsByStatus>

  constructor(state: SessionState) {
    this.state = state
    this.accessor = state.createProperty<SessionsByStatus>('InspectionSessionByStatus')
  }

  /** Begins a session that shows in the conversation of `reference`. Returns its id. */
  async open(context: TurnContext, reference: Partial<ConversationReference>): Promise<string> {
    const id = randomUUID()
    const sessions = await this.load(context)
    sessions.openedSessions[id] = reference
    await this.state.saveChanges(context)
    return id
  }

  /** Gives an open session `attachId` to watch. Returns whether there was such a session. */
  async attach(context: TurnContext, id: string, attachId: string): Promise<boolean> {
    const sessions = await this.load(context)
    const reference = own(sessions.openedSessions, id)
    if (!reference) return false
    delete sessions.openedSessions[id]
    sessions.attachedSessions[attachId] = reference
    await this.state.saveChanges(context)
    return true
  }

  /** Where `attachId` is watched; `undefined` when it is not. */
  async find(context: TurnContext, attachId: string): Promise<Partial<ConversationReference> | undefined> {
    return own((await this.load(context)).attachedSessions, attachId)
  }

  /** Ends the session that watches `attachId`. */
  async end(context: TurnContext, attachId: string): Promise<void> {
    const sessions = await this.load(context)
    delete sessions.attachedSessions[attachId]
    await this.state.saveChanges(context)
  }

  private load(context: TurnContext): Promise<SessionsByStatus> {
    return this.accessor.get(context, { openedSessions: {}, attachedSessions: {} })
  }
}

/** Ids come from users, who might write `constructor`. */
function own<T>(record: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}
