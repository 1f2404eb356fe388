import type { Clock } from '../clock.ts'
import type { WireActivity } from '../conversations/wire-activity.ts'
import { ConversationLog } from './conversation-log.ts'
import type { ConversationChanges, ConversationRecord } from './conversation-record.ts'
import type {
  ConversationPage,
  ConversationStore,
  ListConversationsQuery,
  ReadChangesOptions,
} from './conversation-store.ts'
import type { RetentionLimits } from './retention.ts'

interface StoredConversation {
  record: ConversationRecord
  readonly log: ConversationLog
  /** Rises in the order conversations were added; what pages count. */
  readonly ordinal: number
  activityNumber: number
  activeAt: number
}

/** Keeps everything in this process, within the retention limits, and loses it with the process. */
export class MemoryConversationStore implements ConversationStore {
  private readonly clock: Clock
  private readonly limits: RetentionLimits
  private readonly stored: Map<string, StoredConversation> = new Map()
  private ordinal = 0

  constructor(clock: Clock, limits: RetentionLimits) {
    this.clock = clock
    this.limits = limits
  }

  /** There is no process to outlive and no disk to fail, so there is nothing to take back. */
  atomically<T>(work: () => T): T {
    return work()
  }

  put(conversation: ConversationRecord): void {
    const known = this.stored.get(conversation.id)
    if (known) {
      known.record = conversation
      return
    }
    if (this.stored.size >= this.limits.maxConversations) this.removeIdlest()
    const log = new ConversationLog()
    this.ordinal += 1
    const activeAt = this.clock.now()
    this.stored.set(conversation.id, { record: conversation, log, ordinal: this.ordinal, activityNumber: 0, activeAt })
  }

  get(conversationId: string): ConversationRecord | undefined {
    return this.stored.get(conversationId)?.record
  }

  remove(conversationId: string): void {
    this.stored.delete(conversationId)
  }

  list({ botId, page = 0, limit }: ListConversationsQuery): ConversationPage {
    const rest = [...this.stored.values()].filter(({ record, ordinal }) => record.botId === botId && ordinal > page)
    const shown = rest.slice(0, limit)
    const last = shown.at(-1)
    return {
      conversations: shown.map(({ record }) => record),
      ...(last && rest.length > limit ? { nextPage: last.ordinal } : {}),
    }
  }

  findDirect(botId: string, userId: string): ConversationRecord | undefined {
    return [...this.stored.values()]
      .map(({ record }) => record)
      .findLast(
        (record) =>
          record.botId === botId && record.user?.id === userId && !record.isGroup && record.endedAt === undefined,
      )
  }

  nextActivityNumber(conversationId: string): number {
    const stored = this.existing(conversationId)
    stored.activityNumber += 1
    return stored.activityNumber
  }

  lastActivityNumber(conversationId: string): number {
    return this.stored.get(conversationId)?.activityNumber ?? 0
  }

  append(conversationId: string, activity: WireActivity, { transient = false }: { transient?: boolean } = {}): void {
    this.write(this.existing(conversationId), (log, at) => log.append(activity, at, transient))
  }

  replace(conversationId: string, activity: WireActivity): boolean {
    const stored = this.stored.get(conversationId)
    if (!stored?.log.find(activity.id ?? '')) return false
    this.write(stored, (log, at) => log.replace(activity, at))
    return true
  }

  erase(conversationId: string, activityId: string): boolean {
    const stored = this.stored.get(conversationId)
    if (!stored?.log.find(activityId)) return false
    this.write(stored, (log, at) => log.erase(activityId, at))
    return true
  }

  find(conversationId: string, activityId: string): WireActivity | undefined {
    return this.stored.get(conversationId)?.log.find(activityId)
  }

  readChanges(conversationId: string, watermark: number, options: ReadChangesOptions): ConversationChanges {
    return this.stored.get(conversationId)?.log.read(watermark, options) ?? { changes: [], watermark }
  }

  lastSequence(conversationId: string): number {
    return this.stored.get(conversationId)?.log.lastSequence ?? 0
  }

  forgetExpired(now: number): void {
    for (const [id, { activeAt, log }] of this.stored) {
      if (activeAt < now - this.limits.conversationMs) this.stored.delete(id)
      else log.trim(now - this.limits.activityMs, this.limits.maxActivities)
    }
  }

  private write(stored: StoredConversation, change: (log: ConversationLog, at: number) => void): void {
    stored.activeAt = this.clock.now()
    change(stored.log, stored.activeAt)
    stored.log.trim(0, this.limits.maxActivities)
  }

  private existing(conversationId: string): StoredConversation {
    const stored = this.stored.get(conversationId)
    if (!stored) throw new RangeError(`The store has no conversation ${conversationId}.`)
    return stored
  }

  private removeIdlest(): void {
    let idlest: StoredConversation | undefined
    for (const stored of this.stored.values()) if (!idlest || stored.activeAt < idlest.activeAt) idlest = stored
    if (idlest) this.stored.delete(idlest.record.id)
  }
}
