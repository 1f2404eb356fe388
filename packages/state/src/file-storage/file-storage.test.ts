import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { storageConformance } from '@parley/testing'
import { FileStorage } from './file-storage.ts'

const folder = mkdtempSync(join(tmpdir(), 'parley-file-storage-'))
storageConformance('FileStorage', () => new FileStorage(folder))
