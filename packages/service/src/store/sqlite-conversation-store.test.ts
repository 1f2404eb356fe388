import { join } from 'node:path'
import { conversation, conversationStoreConformance, message } from '../../test/conversation-store-conformance.ts'
import { temporaryFolder } from '../../test/temporary-folder.ts'
import type { ConversationStore } from './conversation-store.ts'
import { DEFAULT_RETENTION } from './retention.ts'
import type { RetentionLimits } from './retention.ts'
import { SqliteConversationStore } from './sqlite-conversation-store.ts'
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

function open(path: string): SqliteFile {
  const file = SqliteFile.open(path, engine)
  files.push(file)
  return file
}

const newPath = (): string => join(temporaryFolder(), 'store.sqlite')
const clock = { now: () => 1_000_000 }

conversationStoreConformance('a file', (hand, limits) => new SqliteConversationStore(open(newPath()), hand, limits))

/** Closes the file and opens it again before every call, so that nothing can be in memory only. */
conversationStoreConformance('a file that is opened anew for every call', (hand, limits) => {
  const path = newPath()
  let file = open(path)
  let store = new SqliteConversationStore(file, hand, limits)
  let depth = 0
  return new Proxy(store, {
    get(_, name: keyof ConversationStore) {
      return (...args: never[]): unknown => {
        if (depth === 0) {
          file.close()
          file = open(path)
          store = new SqliteConversationStore(file, hand, limits)
        }
        depth += 1
        try {
          return (store[name] as (...given: never[]) => unknown)(...args)
        } finally {
          depth -= 1
        }
      }
    },
  })
})

function filled(path: string, limits: Partial<RetentionLimits> = {}): [SqliteConversationStore, SqliteFile] {
  const file = open(path)
  const store = new SqliteConversationStore(file, clock, { ...DEFAULT_RETENTION, ...limits })
  if (!store.get('c')) store.put(conversation('c'))
  return [store, file]
}

test('writes that belong together are undone together when the work throws', () => {
  const [store] = filled(newPath())
  const work = (): void => {
    store.nextActivityNumber('c')
    store.append('c', message('a'))
    store.put(conversation('d'))
    throw new Error('not today')
  }
  expect(() => store.atomically(work)).toThrow('not today')
  expect([store.lastActivityNumber('c'), store.lastSequence('c'), store.get('d')]).toEqual([0, 0, undefined])
})

test('a full disk is said so, leaves the log as it was, and what comes when there is room again has no gap before it', () => {
  const [store, file] = filled(newPath())
  store.append('c', message('a'))
  const pages = file.prepare<{ page_count: number }>('PRAGMA page_count').get()?.page_count ?? 0
  file.prepare(`PRAGMA max_page_count = ${pages}`).get()
  const large = message('large', 'x'.repeat(100_000))
  expect(() => store.append('c', large)).toThrow(expect.objectContaining({ code: 'SERVICE_DATA_FAILED' }))
  expect(store.readChanges('c', 0, { transient: true })).toEqual({
    changes: [{ sequence: 1, activity: message('a') }],
    watermark: 1,
  })
  file.prepare(`PRAGMA max_page_count = ${pages + 100}`).get()
  store.append('c', large)
  expect(store.lastSequence('c')).toBe(2)
})

test('limits that were lowered between two runs are kept to from then on', () => {
  const path = newPath()
  const [store, file] = filled(path)
  for (const id of ['a', 'b', 'c', 'd']) store.append('c', message(id))
  for (const id of ['e', 'f', 'g']) store.put(conversation(id))
  file.close()
  const [stricter] = filled(path, { maxActivities: 2, maxConversations: 2 })
  stricter.forgetExpired(clock.now())
  expect(stricter.readChanges('c', 0, { transient: false }).changes.map(({ sequence }) => sequence)).toEqual([3, 4])
  expect([stricter.find('c', 'b'), stricter.find('c', 'c')]).toEqual([undefined, message('c')])
  stricter.put(conversation('h'))
  expect(stricter.list({ botId: 'bot', limit: 9 }).conversations).toHaveLength(2)
})

test('pages of conversations go on after a restart, past what was removed', () => {
  const path = newPath()
  const [store, file] = filled(path)
  for (const id of ['d', 'e']) store.put(conversation(id))
  const { nextPage = 0 } = store.list({ botId: 'bot', limit: 2 })
  for (const id of ['d', 'e']) store.remove(id)
  file.close()
  const [next] = filled(path)
  next.put(conversation('f'))
  expect(next.list({ botId: 'bot', limit: 2, page: nextPage }).conversations.map(({ id }) => id)).toEqual(['f'])
})
