import type { LogEntry } from './log-entry.ts'
import type { Query, SqliteFile } from './sqlite-file.ts'

/** An entry as it is stored, with the activity's present body; `null` when it was erased. */
export interface EntryRow extends Omit<LogEntry, 'transient'> {
  readonly transient: number
  readonly body: string | null
}

/** A conversation's place in the file, and the end of its log. */
export interface LogRow {
  readonly ordinal: number
  readonly sequence: number
}

/** Everything {@link SqliteConversationStore} asks of its file, prepared once. */
export interface ConversationStatements {
  readonly changeRecord: Query
  readonly addRecord: Query
  readonly makeRoom: Query
  readonly removeRecord: Query
  readonly record: Query<{ record: string }>
  readonly page: Query<{ ordinal: number; record: string }>
  readonly direct: Query<{ record: string }>
  readonly takeNumber: Query<{ number: number }>
  readonly lastNumber: Query<{ number: number }>
  readonly takeSequence: Query<LogRow>
  readonly log: Query<LogRow>
  readonly addEntry: Query
  readonly entriesAfter: Query<EntryRow>
  readonly putActivity: Query
  readonly eraseActivity: Query
  readonly activity: Query<{ body: string }>
  readonly dropEntries: Query<{ activityId: string }>
  readonly dropActivity: Query
  readonly dropIdle: Query
  readonly overdue: Query<{ ordinal: number; firstKept: number }>
}

/** Prepares the statements. The `?` of each are in the order of the names in its comment. */
export function prepareConversationStatements(file: SqliteFile): ConversationStatements {
  return {
    // botId, directUserId, record, id
    changeRecord: file.prepare('UPDATE conversation SET bot_id = ?, direct_user_id = ?, record = ? WHERE id = ?'),
    // id, botId, directUserId, record, activeAt
    addRecord: file.prepare(
      'INSERT INTO conversation (id, bot_id, direct_user_id, record, active_at) VALUES (?, ?, ?, ?, ?)',
    ),
    // how many may stay
    makeRoom: file.prepare(
      `DELETE FROM conversation WHERE ordinal IN (
         SELECT ordinal FROM conversation ORDER BY active_at, ordinal
         LIMIT max(0, (SELECT count(*) FROM conversation) - ?))`,
    ),
    // id
    removeRecord: file.prepare('DELETE FROM conversation WHERE id = ?'),
    // id
    record: file.prepare('SELECT record FROM conversation WHERE id = ?'),
    // botId, after which ordinal, how many
    page: file.prepare(
      'SELECT ordinal, record FROM conversation WHERE bot_id = ? AND ordinal > ? ORDER BY ordinal LIMIT ?',
    ),
    // botId, userId
    direct: file.prepare(
      'SELECT record FROM conversation WHERE bot_id = ? AND direct_user_id = ? ORDER BY ordinal DESC LIMIT 1',
    ),
    // id
    takeNumber: file.prepare(
      'UPDATE conversation SET activity_number = activity_number + 1 WHERE id = ? RETURNING activity_number AS number',
    ),
    // id
    lastNumber: file.prepare('SELECT activity_number AS number FROM conversation WHERE id = ?'),
    // now, id
    takeSequence: file.prepare(
      'UPDATE conversation SET sequence = sequence + 1, active_at = ? WHERE id = ? RETURNING ordinal, sequence',
    ),
    // id
    log: file.prepare('SELECT ordinal, sequence FROM conversation WHERE id = ?'),
    // conversation, sequence, activityId, at, kind, transient
    addEntry: file.prepare(
      'INSERT INTO entry (conversation, sequence, activity_id, at, kind, transient) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    // conversation, after which sequence, how many
    entriesAfter: file.prepare(
      `SELECT entry.sequence, entry.activity_id AS activityId, entry.at, entry.kind, entry.transient, activity.body
       FROM entry LEFT JOIN activity ON activity.conversation = entry.conversation AND activity.id = entry.activity_id
       WHERE entry.conversation = ? AND entry.sequence > ? ORDER BY entry.sequence LIMIT ?`,
    ),
    // conversation, id, body, sequence
    putActivity: file.prepare(
      `INSERT INTO activity (conversation, id, body, sequence) VALUES (?, ?, ?, ?)
       ON CONFLICT (conversation, id) DO UPDATE SET body = excluded.body, sequence = excluded.sequence`,
    ),
    // conversation, id
    eraseActivity: file.prepare('DELETE FROM activity WHERE conversation = ? AND id = ?'),
    // conversation's id, id
    activity: file.prepare(
      `SELECT activity.body FROM conversation JOIN activity ON activity.conversation = conversation.ordinal
       WHERE conversation.id = ? AND activity.id = ?`,
    ),
    // conversation, up to which sequence
    dropEntries: file.prepare(
      'DELETE FROM entry WHERE conversation = ? AND sequence <= ? RETURNING activity_id AS activityId',
    ),
    // conversation, id, up to which sequence
    dropActivity: file.prepare('DELETE FROM activity WHERE conversation = ? AND id = ? AND sequence <= ?'),
    // before when
    dropIdle: file.prepare('DELETE FROM conversation WHERE active_at < ?'),
    // before when, how many may stay
    overdue: file.prepare(
      `SELECT ordinal, firstKept FROM (
         SELECT ordinal,
           (SELECT min(sequence) FROM entry WHERE conversation = ordinal) AS first,
           max(
             coalesce(
               (SELECT sequence FROM entry WHERE conversation = ordinal AND at >= ?1 ORDER BY sequence LIMIT 1),
               conversation.sequence + 1),
             conversation.sequence - ?2 + 1) AS firstKept
         FROM conversation)
       WHERE first < firstKept`,
    ),
  }
}
