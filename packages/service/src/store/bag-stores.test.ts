import { join } from 'node:path'
import { bagStoreConformance } from '../../test/bag-store-conformance.ts'
import { temporaryFolder } from '../../test/temporary-folder.ts'
import { MemoryBagStore } from './memory-bag-store.ts'
import { DEFAULT_RETENTION } from './retention.ts'
import { SqliteBagStore } from './sqlite-bag-store.ts'
import { loadSqlite } from './sqlite-engine.ts'
import type { SqliteEngine } from './sqlite-engine.ts'
import { SqliteFile } from './sqlite-file.ts'
import { SCHEMA_STEPS } from './sqlite-schema.ts'

let engine: SqliteEngine
const files: SqliteFile[] = []

beforeAll(async () => {
  engine = await loadSqlite()
})

afterEach(() => {
  for (const file of files.splice(0)) file.close()
})

function open(path: string, steps?: readonly string[]): SqliteFile {
  const file = SqliteFile.open(path, engine, steps)
  files.push(file)
  return file
}

bagStoreConformance('memory', (limits) => new MemoryBagStore(limits))
bagStoreConformance('a file', (limits) => new SqliteBagStore(open(join(temporaryFolder(), 'bags.sqlite')), limits))

test('a file from before there were bags gets room for them, and keeps what it had', () => {
  const path = join(temporaryFolder(), 'bags.sqlite')
  const bags = SCHEMA_STEPS.findIndex((step) => step.includes('CREATE TABLE bag ('))
  const old = open(path, SCHEMA_STEPS.slice(0, bags))
  old.prepare("INSERT INTO setting (name, value) VALUES ('a', 'kept')").run()
  old.close()

  const file = open(path)
  const key = { botId: 'bot', channelId: 'test', userId: 'ada' }
  new SqliteBagStore(file, DEFAULT_RETENTION).write(key, { text: '1', eTag: 't', at: 1 })
  expect(file.prepare<{ value: string }>('SELECT value FROM setting').get()?.value).toBe('kept')
  file.close()
  expect(new SqliteBagStore(open(path), DEFAULT_RETENTION).read(key)).toEqual({ text: '1', eTag: 't', at: 1 })
})
