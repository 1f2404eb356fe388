import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { temporaryFolder } from '../../test/temporary-folder.ts'
import { loadSqlite } from './sqlite-engine.ts'
import type { SqliteEngine } from './sqlite-engine.ts'
import { SqliteFile } from './sqlite-file.ts'
import { SCHEMA_STEPS } from './sqlite-schema.ts'

let engine: SqliteEngine
let path: string
const files: SqliteFile[] = []

beforeAll(async () => {
  engine = await loadSqlite()
})

beforeEach(() => {
  path = join(temporaryFolder(), 'file.sqlite')
})

afterEach(() => {
  for (const file of files.splice(0)) file.close()
})

function open(steps?: readonly string[]): SqliteFile {
  const file = SqliteFile.open(path, engine, steps)
  files.push(file)
  return file
}

const values = (file: SqliteFile): unknown[] =>
  file
    .prepare<{ value: string }>('SELECT value FROM setting ORDER BY name')
    .all()
    .map(({ value }) => value)

const add = (file: SqliteFile, name: string): number =>
  file.prepare('INSERT INTO setting (name, value) VALUES (?, ?)').run(name, name)

/** What an error with this code looks like, to `toThrow`. */
const code = (expected: string): Error => expect.objectContaining({ code: expected })

test('a file is for one at a time, and free again once it is closed, without anything beside it', () => {
  const first = open()
  add(first, 'a')
  expect(() => open()).toThrow(code('SERVICE_DATA_IN_USE'))
  expect(() => open()).toThrow(/--data or SERVICE_DATA/)
  add(first, 'b')
  first.close()
  first.close()
  expect(readdirSync(dirname(path))).toEqual(['file.sqlite'])
  expect(values(open())).toEqual(['a', 'b'])
})

test('the space of what was deleted is used again, and given back a part at a time', () => {
  const file = open()
  const fill = (): void => {
    file.transaction(() => {
      const insert = file.prepare('INSERT INTO setting (name, value) VALUES (?, ?)')
      for (let index = 0; index < 300; index += 1) insert.run(`filler ${index}`, 'x'.repeat(100_000))
    })
  }
  const empty = (): number =>
    file.transaction(() => file.prepare("DELETE FROM setting WHERE name LIKE 'filler%'").run())
  const size = (): number => {
    file.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()
    return statSync(path).size
  }
  add(file, 'a')
  const small = size()
  fill()
  const full = size()
  expect(full).toBeGreaterThan(30_000_000)
  empty()
  fill()
  expect(size()).toBeLessThan(full * 1.1)
  empty()
  for (let count = 0; count < 3; count += 1) file.giveBack()
  expect(size()).toBeLessThanOrEqual(small + 8192)
  expect(values(file)).toEqual(['a'])
})

test('a commit waits for the disk', () => {
  const file = open()
  const pragma = (name: string): unknown => Object.values(file.prepare<object>(`PRAGMA ${name}`).get() ?? {})[0]
  expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]).toEqual(['wal', 2, 1])
})

test.each([
  ['text', () => writeFileSync(path, 'my shopping list\n'.repeat(100))],
  [
    'the database of another program',
    () => {
      const database = new engine.DatabaseSync(path)
      database.exec('CREATE TABLE recipe (name TEXT); PRAGMA user_version = 1')
      database.close()
    },
  ],
  [
    'an empty database that another program has marked',
    () => {
      const database = new engine.DatabaseSync(path)
      database.exec('PRAGMA application_id = 7')
      database.close()
    },
  ],
])('a file that holds %s is refused and left as it is', (_, write) => {
  write()
  const before = readFileSync(path)
  expect(() => open()).toThrow(code('SERVICE_DATA_FOREIGN'))
  expect(readFileSync(path)).toEqual(before)
})

test('a damaged file is refused and left as it is', () => {
  const file = open()
  for (let index = 0; index < 500; index += 1) add(file, `a name to fill pages with ${index}`)
  file.close()
  const bytes = readFileSync(path)
  bytes.fill(0x5a, bytes.length - 4096 * 3, bytes.length - 4096)
  writeFileSync(path, bytes)
  expect(() => open()).toThrow(code('SERVICE_DATA_DAMAGED'))
  expect(readFileSync(path)).toEqual(bytes)
})

test('half a file is refused and left as it is', () => {
  const file = open()
  for (let index = 0; index < 500; index += 1) add(file, `a name to fill pages with ${index}`)
  file.close()
  const half = readFileSync(path).subarray(0, 4096 * 4)
  writeFileSync(path, half)
  expect(() => open()).toThrow(code('SERVICE_DATA_DAMAGED'))
  expect(readFileSync(path)).toEqual(half)
})

test('an empty file is taken over, as a start that was killed leaves it', () => {
  writeFileSync(path, '')
  expect(values(open())).toEqual([])
})

test('a file of an older version is brought forward, step by step, with what is in it', () => {
  const old = open()
  add(old, 'a')
  old.close()
  const steps = [...SCHEMA_STEPS, "UPDATE setting SET value = value || '2'", "UPDATE setting SET value = value || '3'"]
  open(steps).close()
  expect(values(open(steps))).toEqual(['a23'])
})

test('a step that fails leaves the file at the version before it', () => {
  const file = open()
  add(file, 'a')
  file.close()
  const broken = [...SCHEMA_STEPS, "UPDATE setting SET value = 'lost'; SELECT * FROM nowhere"]
  expect(() => open(broken)).toThrow(code('SERVICE_DATA_FAILED'))
  expect(values(open())).toEqual(['a'])
})

test('a file of a newer version is refused and left as it is', () => {
  open([...SCHEMA_STEPS, 'CREATE TABLE news (text TEXT)']).close()
  const before = readFileSync(path)
  expect(() => open()).toThrow(code('SERVICE_DATA_NEWER'))
  expect(readFileSync(path)).toEqual(before)
})

test('a transaction is done in full or not at all', () => {
  const file = open()
  const failing = (): void => {
    add(file, 'a')
    file.transaction(() => add(file, 'b'))
    throw new Error('not today')
  }
  expect(() => file.transaction(failing)).toThrow('not today')
  expect(values(file)).toEqual([])
  expect(file.transaction(() => add(file, 'c'))).toBe(1)
  expect(values(file)).toEqual(['c'])
})
