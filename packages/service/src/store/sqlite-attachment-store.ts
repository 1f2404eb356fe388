import type { Clock } from '../clock.ts'
import type { AttachmentRecord, AttachmentStore, NewAttachment, StoredView, ViewId } from './attachment-store.ts'
import { hashOf } from './hash-of.ts'
import type { RetentionLimits } from './retention.ts'
import type { Query, SqliteFile } from './sqlite-file.ts'

interface AttachmentRow {
  readonly id: string
  readonly conversationId: string
  readonly name: string
  readonly contentType: string
}

interface AttachmentStatements {
  readonly addContent: Query
  readonly addAttachment: Query<{ ordinal: number }>
  readonly addView: Query
  readonly attachment: Query<AttachmentRow>
  readonly views: Query<{ viewId: ViewId; hash: string; size: number }>
  readonly content: Query<{ bytes: Uint8Array }>
  readonly totals: Query<{ attachments: number; bytes: number }>
  readonly dropOldest: Query
  readonly dropExpired: Query
  readonly dropUnused: Query
}

/** Keeps files in the file of the conversations, within the retention limits: all of a file is there, or nothing of it. */
export class SqliteAttachmentStore implements AttachmentStore {
  private readonly file: SqliteFile
  private readonly clock: Clock
  private readonly limits: RetentionLimits
  private readonly sql: AttachmentStatements

  constructor(file: SqliteFile, clock: Clock, limits: RetentionLimits) {
    this.file = file
    this.clock = clock
    this.limits = limits
    this.sql = prepareAttachmentStatements(file)
  }

  add({ id, conversationId, name, contentType, views }: NewAttachment): void {
    this.file.transaction(() => {
      const added = this.sql.addAttachment.get(id, conversationId, name, contentType, this.clock.now())
      for (const { viewId, bytes } of views) {
        const hash = hashOf(bytes)
        this.sql.addContent.run(hash, bytes.length, bytes)
        this.sql.addView.run(added?.ordinal ?? null, viewId, hash)
      }
      this.makeRoom()
    })
  }

  find(attachmentId: string): AttachmentRecord | undefined {
    const row = this.sql.attachment.get(attachmentId)
    // Rows of the engines have no prototype or carry one of their own; a record is a plain object.
    return row && { ...row, views: this.sql.views.all(attachmentId).map((view): StoredView => ({ ...view })) }
  }

  read(hash: string): Uint8Array | undefined {
    return this.sql.content.get(hash)?.bytes
  }

  forgetExpired(now: number): void {
    this.file.transaction(() => {
      if (this.sql.dropExpired.run(now - this.limits.attachmentMs) > 0) this.sql.dropUnused.run()
    })
  }

  private makeRoom(): void {
    for (;;) {
      const { attachments = 0, bytes = 0 } = this.sql.totals.get() ?? {}
      const surplus = attachments - this.limits.maxAttachments
      if (surplus <= 0 && bytes <= this.limits.maxAttachmentBytes) return
      this.sql.dropOldest.run(Math.max(1, surplus))
      this.sql.dropUnused.run()
    }
  }
}

/** The `?` of each are in the order of the names in its comment. */
function prepareAttachmentStatements(file: SqliteFile): AttachmentStatements {
  return {
    // hash, size, bytes
    addContent: file.prepare('INSERT INTO content (hash, size, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'),
    // id, conversationId, name, contentType, now
    addAttachment: file.prepare(
      `INSERT INTO attachment (id, conversation_id, name, content_type, at) VALUES (?, ?, ?, ?, ?) RETURNING ordinal`,
    ),
    // attachment, viewId, hash
    addView: file.prepare('INSERT INTO attachment_view (attachment, view_id, hash) VALUES (?, ?, ?)'),
    // id
    attachment: file.prepare(
      'SELECT id, conversation_id AS conversationId, name, content_type AS contentType FROM attachment WHERE id = ?',
    ),
    // id
    views: file.prepare(
      `SELECT view.view_id AS viewId, view.hash, content.size
       FROM attachment JOIN attachment_view AS view ON view.attachment = attachment.ordinal
       JOIN content ON content.hash = view.hash
       WHERE attachment.id = ? ORDER BY view.view_id`,
    ),
    // hash
    content: file.prepare('SELECT bytes FROM content WHERE hash = ?'),
    totals: file.prepare(
      `SELECT (SELECT count(*) FROM attachment) AS attachments,
              (SELECT coalesce(sum(size), 0) FROM content INDEXED BY content_size) AS bytes`,
    ),
    // how many
    dropOldest: file.prepare(
      'DELETE FROM attachment WHERE ordinal IN (SELECT ordinal FROM attachment ORDER BY ordinal LIMIT ?)',
    ),
    // before when
    dropExpired: file.prepare('DELETE FROM attachment WHERE at < ?'),
    dropUnused: file.prepare('DELETE FROM content WHERE hash NOT IN (SELECT hash FROM attachment_view)'),
  }
}
