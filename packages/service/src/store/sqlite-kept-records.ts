import type { Clock } from '../clock.ts'
import { MAX_RECORDS_PER_KIND } from './kept-records.ts'
import type { KeptRecord, KeptRecords, NewRecord, RecordKind } from './kept-records.ts'
import type { Query, SqliteFile } from './sqlite-file.ts'

/** Keeps records in a file. */
export class SqliteKeptRecords implements KeptRecords {
  private readonly file: SqliteFile
  private readonly clock: Clock
  private readonly maxRecords: number
  private readonly sql: Statements

  /** @param maxRecords - Of each kind. */
  constructor(file: SqliteFile, clock: Clock, maxRecords: number = MAX_RECORDS_PER_KIND) {
    this.file = file
    this.clock = clock
    this.maxRecords = maxRecords
    this.sql = prepare(file)
  }

  atomically<T>(work: () => T): T {
    return this.file.transaction(work)
  }

  put({ kind, owner, name, value, expiresAt }: NewRecord): void {
    const text = JSON.stringify(value)
    this.file.transaction(() => {
      if (this.sql.change.run(text, expiresAt, kind, owner, name) > 0) return
      this.sql.makeRoom.run(kind, this.maxRecords - 1)
      this.sql.add.run(text, expiresAt, kind, owner, name)
    })
  }

  get(kind: RecordKind, owner: string, name: string): unknown {
    const row = this.sql.value.get(kind, owner, name, this.clock.now())
    return row && JSON.parse(row.value)
  }

  list(kind: RecordKind, owner: string): readonly KeptRecord[] {
    const rows = this.sql.ofOwner.all(kind, owner, this.clock.now())
    return rows.map(({ name, value }) => ({ name, value: JSON.parse(value) as unknown }))
  }

  remove(kind: RecordKind, owner: string, name: string): boolean {
    return this.file.transaction(() => this.sql.remove.run(kind, owner, name)) > 0
  }

  forgetExpired(now: number): void {
    this.file.transaction(() => this.sql.dropEnded.run(now))
  }
}

interface Statements {
  readonly add: Query
  readonly change: Query
  readonly makeRoom: Query
  readonly value: Query<{ value: string }>
  readonly ofOwner: Query<{ name: string; value: string }>
  readonly remove: Query
  readonly dropEnded: Query
}

/** Prepares the statements. The `?` of each are in the order of the names in its comment. */
function prepare(file: SqliteFile): Statements {
  return {
    // value, expiresAt, kind, owner, name
    add: file.prepare('INSERT INTO kept_record (value, expires_at, kind, owner, name) VALUES (?, ?, ?, ?, ?)'),
    // value, expiresAt, kind, owner, name
    change: file.prepare('UPDATE kept_record SET value = ?, expires_at = ? WHERE kind = ? AND owner = ? AND name = ?'),
    // kind, how many may stay
    makeRoom: file.prepare(
      `DELETE FROM kept_record WHERE (kind, owner, name) IN (
         SELECT kind, owner, name FROM kept_record WHERE kind = ?1 ORDER BY expires_at
         LIMIT max(0, (SELECT count(*) FROM kept_record WHERE kind = ?1) - ?2))`,
    ),
    // kind, owner, name, now
    value: file.prepare('SELECT value FROM kept_record WHERE kind = ? AND owner = ? AND name = ? AND expires_at > ?'),
    // kind, owner, now
    ofOwner: file.prepare(
      'SELECT name, value FROM kept_record WHERE kind = ? AND owner = ? AND expires_at > ? ORDER BY name',
    ),
    // kind, owner, name
    remove: file.prepare('DELETE FROM kept_record WHERE kind = ? AND owner = ? AND name = ?'),
    // now
    dropEnded: file.prepare('DELETE FROM kept_record WHERE expires_at <= ?'),
  }
}
