import type { Clock } from '../clock.ts'
import type { WireActivity } from '../conversations/wire-activity.ts'
import type { ConversationChanges, ConversationRecord } from './conversation-record.ts'
import type {
  ConversationPage,
  ConversationStore,
  ListConversationsQuery,
  ReadChangesOptions,
} from './conversation-store.ts'
import { collectChanges } from './log-entry.ts'
import type { LogEntry } from './log-entry.ts'
import type { RetentionLimits } from './retention.ts'
import type { SqliteFile } from './sqlite-file.ts'
import { prepareConversationStatements } from './sqlite-statements.ts'
import type { ConversationStatements, LogRow } from './sqlite-statements.ts'

/** What SQLite takes for no limit. */
const ALL = -1

/** Keeps everything in a file, within the retention limits. Nothing is cached: what is read is what a restart would find. */
export class SqliteConversationStore implements ConversationStore {
  private readonly file: SqliteFile
  private readonly clock: Clock
  private readonly limits: RetentionLimits
  private readonly sql: ConversationStatements

  constructor(file: SqliteFile, clock: Clock, limits: RetentionLimits) {
    this.file = file
    this.clock = clock
    this.limits = limits
    this.sql = prepareConversationStatements(file)
  }

  atomically<T>(work: () => T): T {
    return this.file.transaction(work)
  }

  put(conversation: ConversationRecord): void {
    const { id, botId, user, isGroup, endedAt } = conversation
    const directUserId = isGroup || endedAt !== undefined || !user ? null : wholeText(user.id)
    const record = JSON.stringify(conversation)
    this.file.transaction(() => {
      if (this.sql.changeRecord.run(botId, directUserId, record, id) > 0) return
      this.sql.makeRoom.run(this.limits.maxConversations - 1)
      this.sql.addRecord.run(id, botId, directUserId, record, this.clock.now())
    })
  }

  get(conversationId: string): ConversationRecord | undefined {
    const record = parse<ConversationRecord>(this.sql.record.get(conversationId)?.record)
    return record?.id === conversationId ? record : undefined
  }

  remove(conversationId: string): void {
    this.file.transaction(() => this.sql.removeRecord.run(conversationId))
  }

  list({ botId, page = 0, limit }: ListConversationsQuery): ConversationPage {
    const rows = this.sql.page.all(botId, page, limit + 1)
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    return {
      conversations: shown.map(({ record }): ConversationRecord => JSON.parse(record)),
      ...(last && rows.length > limit ? { nextPage: last.ordinal } : {}),
    }
  }

  findDirect(botId: string, userId: string): ConversationRecord | undefined {
    return parse(this.sql.direct.get(botId, wholeText(userId))?.record)
  }

  nextActivityNumber(conversationId: string): number {
    const taken = this.file.transaction(() => this.sql.takeNumber.get(conversationId))
    return known(taken, conversationId).number
  }

  lastActivityNumber(conversationId: string): number {
    return this.sql.lastNumber.get(conversationId)?.number ?? 0
  }

  append(conversationId: string, activity: WireActivity, { transient = false }: { transient?: boolean } = {}): void {
    this.file.transaction(() => this.write('added', conversationId, activity, transient))
  }

  replace(conversationId: string, activity: WireActivity): boolean {
    return this.file.transaction(() => {
      if (!this.sql.activity.get(conversationId, activity.id ?? '')) return false
      this.write('replaced', conversationId, activity, false)
      return true
    })
  }

  erase(conversationId: string, activityId: string): boolean {
    return this.file.transaction(() => {
      if (!this.sql.activity.get(conversationId, activityId)) return false
      const { ordinal } = this.addEntry('erased', conversationId, activityId, false)
      this.sql.eraseActivity.run(ordinal, activityId)
      return true
    })
  }

  find(conversationId: string, activityId: string): WireActivity | undefined {
    return parse(this.sql.activity.get(conversationId, activityId)?.body)
  }

  readChanges(conversationId: string, watermark: number, options: ReadChangesOptions): ConversationChanges {
    const log = this.sql.log.get(conversationId)
    if (!log) return { changes: [], watermark }
    const { maxEntries = ALL } = options
    const rows = this.sql.entriesAfter.all(log.ordinal, watermark, maxEntries)
    const reached = rows.length === maxEntries ? rows.at(-1)?.sequence : log.sequence
    const entries = rows.map((row) => ({ ...row, transient: row.transient !== 0 }))
    return {
      changes: collectChanges(entries, ({ body }) => parse(body), options),
      watermark: Math.max(reached ?? 0, watermark),
    }
  }

  lastSequence(conversationId: string): number {
    return this.sql.log.get(conversationId)?.sequence ?? 0
  }

  forgetExpired(now: number): void {
    const { activityMs, conversationMs, maxActivities } = this.limits
    this.file.transaction(() => {
      this.sql.dropIdle.run(now - conversationMs)
      for (const { ordinal, firstKept } of this.sql.overdue.all(now - activityMs, maxActivities)) {
        this.forgetUpTo(ordinal, firstKept - 1)
      }
    })
  }

  private write(kind: LogEntry['kind'], conversationId: string, activity: WireActivity, transient: boolean): void {
    const activityId = activity.id ?? ''
    const { ordinal, sequence } = this.addEntry(kind, conversationId, activityId, transient)
    this.sql.putActivity.run(ordinal, activityId, JSON.stringify(activity), sequence)
  }

  private addEntry(kind: LogEntry['kind'], conversationId: string, activityId: string, transient: boolean): LogRow {
    const now = this.clock.now()
    const place = known(this.sql.takeSequence.get(now, conversationId), conversationId)
    this.sql.addEntry.run(place.ordinal, place.sequence, activityId, now, kind, transient ? 1 : 0)
    this.forgetUpTo(place.ordinal, place.sequence - this.limits.maxActivities)
    return place
  }

  private forgetUpTo(conversation: number, sequence: number): void {
    if (sequence < 1) return
    for (const { activityId } of this.sql.dropEntries.all(conversation, sequence)) {
      this.sql.dropActivity.run(conversation, activityId, sequence)
    }
  }
}

/** A text ends for an engine at its first NUL: two ids that differ after one would be the same. No other text becomes one of these. */
function wholeText(id: string): string {
  return id.includes('\0') || id.startsWith('"') ? JSON.stringify(id) : id
}

function parse<T>(text: string | null | undefined): T | undefined {
  return text === null || text === undefined ? undefined : JSON.parse(text)
}

function known<T>(row: T | undefined, conversationId: string): T {
  if (row === undefined) throw new RangeError(`The store has no conversation ${conversationId}.`)
  return row
}
