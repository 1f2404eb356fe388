import { join } from 'node:path'
import { attachmentStoreConformance } from '../../test/attachment-store-conformance.ts'
import { temporaryFolder } from '../../test/temporary-folder.ts'
import { MemoryAttachmentStore } from './memory-attachment-store.ts'
import { SqliteAttachmentStore } from './sqlite-attachment-store.ts'
import { loadSqlite } from './sqlite-engine.ts'
import type { SqliteEngine } from './sqlite-engine.ts'
import { SqliteFile } from './sqlite-file.ts'

let engine: SqliteEngine
const files: SqliteFile[] = []

beforeAll(async () => {
  engine = await loadSqlite()
})

afterEach(() => {
  for (const file of files.splice(0)) file.close()
})

attachmentStoreConformance('memory', (clock, limits) => new MemoryAttachmentStore(clock, limits))

attachmentStoreConformance('a file', (clock, limits) => {
  const file = SqliteFile.open(join(temporaryFolder(), 'store.sqlite'), engine)
  files.push(file)
  return new SqliteAttachmentStore(file, clock, limits)
})
