import { storageConformance } from '@parley/testing'
import { MemoryStorage } from './memory-storage.ts'

storageConformance('MemoryStorage', () => new MemoryStorage())
