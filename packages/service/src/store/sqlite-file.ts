import {
  DataFileDamagedError,
  DataFileForeignError,
  DataFileNewerError,
  DataFolderFailedError,
  DataFolderInUseError,
} from './data-folder-errors.ts'
import type { SqliteDatabase, SqliteEngine, SqliteValue } from './sqlite-engine.ts'
import { APPLICATION_ID, SCHEMA_STEPS } from './sqlite-schema.ts'

/** A prepared statement whose failures are errors of this package. */
export interface Query<Row = never> {
  /** The first row. */
  get(...values: SqliteValue[]): Row | undefined
  all(...values: SqliteValue[]): Row[]
  /** @returns how many rows it changed. */
  run(...values: SqliteValue[]): number
}

/** How long the process that has the file may take to let go of it: a service that is being restarted needs a moment. */
const BUSY_TIMEOUT_MS = 1_000

/** Largest log that stays on the disk when its contents are in the file. */
const MAX_LOG_BYTES = 4 * 1024 * 1024

/** Pages given back at once: more would hold up everything else. */
const PAGES_AT_ONCE = 4096

/** Result codes of SQLite, https://www.sqlite.org/rescode.html. */
const RESULT = { busy: 5, corrupt: 11, notADatabase: 26 } as const

/**
 * A database file that belongs to this process alone while it is open. What a transaction has returned from is on the disk.
 */
export class SqliteFile {
  private readonly file: string
  private readonly database: SqliteDatabase
  private inTransaction = false
  private isOpen = true
  /** Whether it may be written to. */
  private isOwn = false

  private constructor(file: string, { DatabaseSync }: SqliteEngine) {
    this.file = file
    this.database = this.guard(() => new DatabaseSync(file))
  }

  /**
   * Opens a file this service has written, or makes an empty or missing one its own, and brings it to the present schema.
   *
   * @throws DataFolderInUseError `SERVICE_DATA_IN_USE`, DataFileForeignError `SERVICE_DATA_FOREIGN`, DataFileDamagedError
   * `SERVICE_DATA_DAMAGED`, DataFileNewerError `SERVICE_DATA_NEWER`: the file is as it was. DataFolderFailedError
   * `SERVICE_DATA_FAILED`: what it holds is as it was.
   */
  static open(file: string, engine: SqliteEngine, schemaSteps: readonly string[] = SCHEMA_STEPS): SqliteFile {
    const opened = new SqliteFile(file, engine)
    try {
      opened.lock()
      const version = opened.requireOwn(schemaSteps.length)
      opened.isOwn = true
      if (version === 0) opened.makeShrinkable()
      opened.makeDurable()
      opened.migrate(version, schemaSteps)
      return opened
    } catch (error) {
      opened.closeAfterFailure()
      throw error
    }
  }

  prepare<Row>(sql: string): Query<Row> {
    const statement = this.guard(() => this.database.prepare(sql))
    return {
      get: (...values) => this.guard(() => statement.get(...values) as Row | undefined),
      all: (...values) => this.guard(() => statement.all(...values) as Row[]),
      run: (...values) => this.guard(() => Number(statement.run(...values).changes)),
    }
  }

  /** Does all of `work` or, when it throws or the process ends, nothing. A transaction within `work` joins this one. */
  transaction<T>(work: () => T): T {
    if (this.inTransaction) return work()
    this.exec('BEGIN IMMEDIATE')
    this.inTransaction = true
    try {
      const result = work()
      this.exec('COMMIT')
      return result
    } catch (error) {
      this.rollBack()
      throw error
    } finally {
      this.inTransaction = false
    }
  }

  /** Gives disk space of what was deleted back, a part at a time. Until then it is used again. */
  giveBack(): void {
    if (this.number('PRAGMA freelist_count') === 0) return
    this.exec(`PRAGMA incremental_vacuum(${PAGES_AT_ONCE})`)
    this.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  }

  /** Lets go of the file. It is then a single file that can be copied; a second call does nothing. */
  close(): void {
    if (!this.isOpen) return
    this.isOpen = false
    try {
      this.unlock()
    } finally {
      this.database.close()
    }
  }

  private closeAfterFailure(): void {
    try {
      this.close()
    } catch {
      // Whoever opens the file is told what failed first.
    }
  }

  /** The lock is the operating system's, so it ends with the process however that ends; the first read takes it. */
  private lock(): void {
    // Before anything that could find the file busy.
    this.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`)
    this.exec('PRAGMA locking_mode = EXCLUSIVE')
  }

  /**
   * An engine may keep a connection until its statements are collected as garbage, and with it the lock. So the lock is given
   * up here, which the next read does; and, if it was taken before write-ahead logging began, only once that has ended.
   */
  private unlock(): void {
    if (this.isOwn) this.exec('PRAGMA journal_mode = DELETE')
    this.exec('PRAGMA locking_mode = NORMAL; SELECT 1 FROM sqlite_schema')
  }

  /** @returns the version of the file's schema; 0 for a file that holds nothing yet. */
  private requireOwn(newestVersion: number): number {
    const applicationId = this.number('PRAGMA application_id')
    const version = this.number('PRAGMA user_version')
    const isEmpty = this.number('SELECT count(*) FROM sqlite_schema') === 0
    if (isEmpty && applicationId === 0 && version === 0) return 0
    if (applicationId !== APPLICATION_ID) throw new DataFileForeignError(this.file)
    if (version > newestVersion) throw new DataFileNewerError(this.file, version)
    const problem = this.value('PRAGMA quick_check(1)')
    if (problem !== 'ok') throw new DataFileDamagedError(this.file, String(problem))
    return version
  }

  /** Possible only before the first page is written. */
  private makeShrinkable(): void {
    this.exec('PRAGMA auto_vacuum = INCREMENTAL')
  }

  /** Readers do not exist, so nothing is shared: a commit is one write to the log and waits until the disk has it. */
  private makeDurable(): void {
    this.exec('PRAGMA journal_mode = WAL')
    this.exec('PRAGMA synchronous = FULL')
    this.exec(`PRAGMA journal_size_limit = ${MAX_LOG_BYTES}`)
    this.exec('PRAGMA foreign_keys = ON')
  }

  private migrate(version: number, schemaSteps: readonly string[]): void {
    for (const [index, step] of schemaSteps.entries()) {
      if (index < version) continue
      this.transaction(() => {
        this.exec(step)
        this.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${index + 1}`)
      })
    }
  }

  private number(sql: string): number {
    return Number(this.value(sql))
  }

  private value(sql: string): unknown {
    return Object.values(this.prepare<Record<string, unknown>>(sql).get() ?? {})[0]
  }

  private exec(sql: string): void {
    this.guard(() => this.database.exec(sql))
  }

  private rollBack(): void {
    try {
      this.database.exec('ROLLBACK')
    } catch {
      // SQLite has rolled back by itself, as it does when the disk is full; what it failed with is on its way to the caller.
    }
  }

  private guard<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw fromSqlite(this.file, error)
    }
  }
}

/** Both engines put SQLite's result code, perhaps with details in its higher bits, in `errcode`. */
function fromSqlite(file: string, cause: unknown): unknown {
  const { errcode, message } = cause as { readonly errcode?: number; readonly message: string }
  if (errcode === undefined) return cause
  const result = errcode & 0xff
  if (result === RESULT.busy) return new DataFolderInUseError(file, { cause })
  if (result === RESULT.notADatabase) return new DataFileForeignError(file, { cause })
  if (result === RESULT.corrupt) return new DataFileDamagedError(file, message, { cause })
  return new DataFolderFailedError(file, message, { cause })
}
