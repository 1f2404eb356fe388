import type { BagKey, BagStore, RemovedBag, StoredBag } from './bag-store.ts'
import type { RetentionLimits } from './retention.ts'
import type { Query, SqliteFile } from './sqlite-file.ts'

interface BagRow extends StoredBag {
  readonly conversationId: string
}

interface BagStatements {
  readonly bag: Query<StoredBag>
  readonly put: Query
  readonly makeRoom: Query
  readonly remove: Query
  readonly removeUser: Query<BagRow>
}

type Place = [botId: string, channelId: string, userId: string, conversationId: string]

/** Keeps bags in the file of the conversations. */
export class SqliteBagStore implements BagStore {
  private readonly file: SqliteFile
  private readonly limits: RetentionLimits
  private readonly sql: BagStatements

  constructor(file: SqliteFile, limits: RetentionLimits) {
    this.file = file
    this.limits = limits
    this.sql = prepareBagStatements(file)
  }

  read(key: BagKey): StoredBag | undefined {
    const row = this.sql.bag.get(...placeOf(key))
    // Rows of the engines have no prototype or carry one of their own; a bag is a plain object.
    return row && { ...row }
  }

  write(key: BagKey, { text, eTag, at }: StoredBag): void {
    const [botId, ...place] = placeOf(key)
    this.file.transaction(() => {
      this.sql.put.run(botId, ...place, text, eTag, at)
      this.sql.makeRoom.run(botId, this.limits.maxBags)
    })
  }

  remove(key: BagKey): boolean {
    return this.file.transaction(() => this.sql.remove.run(...placeOf(key))) > 0
  }

  removeUser(botId: string, channelId: string, userId: string): readonly RemovedBag[] {
    const [bot, channel, user] = placeOf({ botId, channelId, userId })
    const rows = this.file.transaction(() => this.sql.removeUser.all(bot, channel, user))
    return rows.map(({ conversationId, ...bag }) => ({
      key: {
        botId,
        channelId,
        userId,
        ...(conversationId === '' ? {} : { conversationId: decodeURIComponent(conversationId) }),
      },
      bag,
    }))
  }
}

/** Ids are encoded because a text ends for the engines at its first NUL: two ids that differ after one would be the same. */
function placeOf({ botId, channelId, userId = '', conversationId = '' }: BagKey): Place {
  return [botId, channelId, userId, conversationId].map(encodeURIComponent) as Place
}

/** The `?` of each are in the order of the names in its comment. A place is botId, channelId, userId, conversationId. */
function prepareBagStatements(file: SqliteFile): BagStatements {
  const isThere = 'bot_id = ? AND channel_id = ? AND user_id = ? AND conversation_id = ?'
  return {
    // place
    bag: file.prepare(`SELECT text, e_tag AS eTag, at FROM bag WHERE ${isThere}`),
    // place, text, eTag, at; replacing gives it a new ordinal, so that it comes last
    put: file.prepare(
      `INSERT OR REPLACE INTO bag (bot_id, channel_id, user_id, conversation_id, text, e_tag, at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    // botId, how many may stay
    makeRoom: file.prepare(
      `DELETE FROM bag WHERE ordinal IN (
         SELECT ordinal FROM bag WHERE bot_id = ?1 ORDER BY ordinal
         LIMIT max(0, (SELECT count(*) FROM bag WHERE bot_id = ?1) - ?2))`,
    ),
    // place
    remove: file.prepare(`DELETE FROM bag WHERE ${isThere}`),
    // botId, channelId, userId
    removeUser: file.prepare(
      `DELETE FROM bag WHERE bot_id = ? AND channel_id = ? AND user_id = ?
       RETURNING conversation_id AS conversationId, text, e_tag AS eTag, at`,
    ),
  }
}
