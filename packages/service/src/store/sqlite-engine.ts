import { DataEngineMissingError } from './data-folder-errors.ts'

/** What a statement takes for a `?`. */
export type SqliteValue = string | number | null | Uint8Array

/** The part of a prepared statement that both engines have and the service uses. */
export interface SqliteStatement {
  run(...values: SqliteValue[]): { readonly changes: number | bigint }
  get(...values: SqliteValue[]): unknown
  all(...values: SqliteValue[]): unknown[]
}

/** The part of a connection that both engines have and the service uses. */
export interface SqliteDatabase {
  exec(sql: string): void
  prepare(sql: string): SqliteStatement
  close(): void
}

/** An SQLite for Node. */
export interface SqliteEngine {
  readonly DatabaseSync: new (file: string) => SqliteDatabase
}

/** Gives the engine, or `undefined` when this Node does not have it; may also reject. */
export type SqliteEngineSource = () => SqliteEngine | undefined | Promise<SqliteEngine | undefined>

/** Node's own from 22.13 on; before that, the package with the same interface, which is not installed unless asked for. */
const SOURCES: readonly SqliteEngineSource[] = [
  () => process.getBuiltinModule('node:sqlite') as SqliteEngine | undefined,
  () => import('@photostructure/sqlite'),
]

/**
 * Loads an SQLite. Called only for a data folder: without one, nothing of it is needed.
 *
 * @throws DataEngineMissingError `SERVICE_DATA_ENGINE`; its cause is why the last source failed.
 */
export async function loadSqlite(sources: readonly SqliteEngineSource[] = SOURCES): Promise<SqliteEngine> {
  let cause: unknown
  for (const source of sources) {
    try {
      const engine = await source()
      if (engine) return engine
    } catch (error) {
      cause = error
    }
  }
  throw new DataEngineMissingError({ cause })
}
