import { silentLogger } from '@parley/core'
import { MemoryBagStore } from '../store/memory-bag-store.ts'
import { DEFAULT_RETENTION } from '../store/retention.ts'
import { BotStateBags } from './bot-state-bags.ts'
import type { BotStateChange } from './bot-state-bags.ts'

const user = { botId: 'bot', channelId: 'test', userId: 'ada' }
const inConversation = { ...user, conversationId: 'c' }

let bags: BotStateBags
let changes: BotStateChange[]
let logged: unknown[]

beforeEach(() => {
  logged = []
  const logger = { ...silentLogger, error: (facts: object) => void logged.push(facts) }
  const store = new MemoryBagStore(DEFAULT_RETENTION)
  bags = new BotStateBags({ store, clock: { now: () => 7 }, logger, maxBagBytes: 100, strict: false })
  changes = []
  bags.onChange((change) => changes.push(change))
})

const write = (data: unknown, eTag?: string): string =>
  bags.write(inConversation, { data, eTag, onlyIfAbsent: false }).eTag

test('a listener is told of every write, with what was there before', () => {
  const first = write({ a: 1 })
  const second = write({ a: 2 }, first)
  write(null)
  expect(changes).toEqual([
    { ...inConversation, scope: 'private', before: { data: null, eTag: '*' }, after: { data: { a: 1 }, eTag: first } },
    {
      ...inConversation,
      scope: 'private',
      before: { data: { a: 1 }, eTag: first },
      after: { data: { a: 2 }, eTag: second },
    },
    { ...inConversation, scope: 'private', before: { data: { a: 2 }, eTag: second }, after: { data: null, eTag: '*' } },
  ])
})

test('a listener is told of each bag of a user that is deleted', () => {
  write(1)
  bags.write(user, { data: 2, onlyIfAbsent: false })
  changes.length = 0
  bags.removeUser('bot', 'test', 'ada')
  expect(changes.map(({ scope, before, after }) => [scope, before.data, after.data])).toEqual([
    ['private', 1, null],
    ['user', 2, null],
  ])
})

test('a listener is not told of what changed nothing, nor after it has stopped', () => {
  write(null)
  expect(() => write(1, 'stale')).toThrow(expect.objectContaining({ status: 412 }))
  expect(() => write('x'.repeat(100))).toThrow(expect.objectContaining({ wireCode: 'MessageSizeTooBig' }))
  expect(changes).toEqual([])
  const stop = bags.onChange(() => changes.push({} as BotStateChange))
  stop()
  write(1)
  expect(changes).toHaveLength(1)
})

test('a listener that throws is logged, and the write is done', () => {
  bags.onChange(() => {
    throw new Error('not today')
  })
  write(1)
  expect(bags.read(inConversation).data).toBe(1)
  expect(bags.writtenAt(inConversation)).toBe(7)
  expect(logged).toHaveLength(1)
})

test('what was read can be changed without changing what is kept', () => {
  write({ list: [1] })
  ;(bags.read(inConversation).data as { list: number[] }).list.push(2)
  expect(bags.read(inConversation).data).toEqual({ list: [1] })
})
