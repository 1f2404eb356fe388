import { join } from 'node:path'
import { keptRecordsConformance } from '../../test/kept-records-conformance.ts'
import { temporaryFolder } from '../../test/temporary-folder.ts'
import { MemoryKeptRecords } from './memory-kept-records.ts'
import { loadSqlite } from './sqlite-engine.ts'
import type { SqliteEngine } from './sqlite-engine.ts'
import { SqliteFile } from './sqlite-file.ts'
import { SqliteKeptRecords } from './sqlite-kept-records.ts'

let engine: SqliteEngine
const files: SqliteFile[] = []

beforeAll(async () => {
  engine = await loadSqlite()
})

afterEach(() => {
  for (const file of files.splice(0)) file.close()
})

function open(path: string = join(temporaryFolder(), 'records.sqlite')): SqliteFile {
  const file = SqliteFile.open(path, engine)
  files.push(file)
  return file
}

keptRecordsConformance('memory', (clock, maxRecords) => new MemoryKeptRecords(clock, maxRecords))
keptRecordsConformance('a file', (clock, maxRecords) => new SqliteKeptRecords(open(), clock, maxRecords))

const record = { kind: 'sign-in', owner: '', name: 'id', value: 'kept', expiresAt: 9_000 } as const
const clock = { now: () => 1_000 }

test('records in a file are there when it is opened again, and those of work that threw are not', () => {
  const path = join(temporaryFolder(), 'records.sqlite')
  const file = open(path)
  const records = new SqliteKeptRecords(file, clock)
  records.put(record)
  const work = (): void => {
    records.put({ ...record, name: 'other' })
    throw new Error('not today')
  }
  expect(() => records.atomically(work)).toThrow('not today')
  file.close()
  const again = new SqliteKeptRecords(open(path), clock)
  expect(again.list('sign-in', '')).toEqual([{ name: 'id', value: 'kept' }])
})
