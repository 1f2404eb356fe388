import type { WireActivity } from '../conversations/wire-activity.ts'
import type { ConversationRecord } from './conversation-record.ts'
import type { ConversationStore } from './conversation-store.ts'
import { MemoryConversationStore } from './memory-conversation-store.ts'
import { DEFAULT_RETENTION } from './retention.ts'
import type { RetentionLimits } from './retention.ts'

const clock = { time: 1_000_000, now: () => clock.time }

function newStore(limits: Partial<RetentionLimits> = {}): ConversationStore {
  clock.time = 1_000_000
  return new MemoryConversationStore(clock, { ...DEFAULT_RETENTION, ...limits })
}

function conversation(id: string, more: Partial<ConversationRecord> = {}): ConversationRecord {
  const fixed = { botId: 'bot', channelId: 'directline', createdAt: 0, members: [], introductions: [] }
  return { id, isGroup: false, userIntroduced: false, ...fixed, ...more }
}

const message = (id: string, text = id): WireActivity => ({ type: 'message', id, text })

function read(store: ConversationStore, watermark = 0, transient = false): [string, unknown][] {
  const { changes } = store.readChanges('c', watermark, { transient })
  return changes.map(({ activity }) => [activity.type, activity['text'] ?? activity.id])
}

function filled(limits?: Partial<RetentionLimits>): ConversationStore {
  const store = newStore(limits)
  store.put(conversation('c'))
  for (const id of ['a', 'b', 'c']) store.append('c', message(id))
  return store
}

describe('the log', () => {
  test('is read in full from the start, and from a watermark on', () => {
    const store = filled()
    const { changes, watermark } = store.readChanges('c', 0, { transient: false })
    expect(changes.map(({ sequence }) => sequence)).toEqual([1, 2, 3])
    expect(watermark).toBe(3)
    expect(read(store, 2)).toEqual([['message', 'c']])
    expect(read(store, 3)).toEqual([])
    expect(store.lastSequence('c')).toBe(3)
  })

  test('shows a replaced activity in its place to new readers, and at the end to those who saw it', () => {
    const store = filled()
    expect(store.replace('c', message('a', 'changed'))).toBe(true)
    expect(read(store)).toEqual([
      ['message', 'changed'],
      ['message', 'b'],
      ['message', 'c'],
    ])
    expect(read(store, 3)).toEqual([['message', 'changed']])
    expect(store.find('c', 'a')).toEqual(message('a', 'changed'))
  })

  test('shows an erased activity as deleted to those who saw it, and keeps nothing of it', () => {
    const store = filled()
    expect(store.erase('c', 'b')).toBe(true)
    expect(read(store)).toEqual([
      ['message', 'a'],
      ['message', 'c'],
    ])
    expect(read(store, 3)).toEqual([['messageDelete', 'b']])
    expect(store.find('c', 'b')).toBeUndefined()
    expect(store.erase('c', 'b')).toBe(false)
    expect(store.replace('c', message('b'))).toBe(false)
  })

  test('shows one state of an activity that changed often, the last', () => {
    const store = filled()
    store.replace('c', message('a', '1'))
    store.replace('c', message('a', '2'))
    expect(read(store, 3)).toEqual([['message', '2']])
    store.erase('c', 'a')
    expect(read(store, 4)).toEqual([['messageDelete', 'a']])
  })

  test('leaves out what was transient, without leaving a gap in the watermarks', () => {
    const store = filled()
    store.append('c', { type: 'typing', id: 't' }, { transient: true })
    expect(read(store, 3)).toEqual([])
    expect(read(store, 3, true)).toEqual([['typing', 't']])
    expect(store.readChanges('c', 3, { transient: false }).watermark).toBe(4)
  })

  test('of an unknown conversation is empty', () => {
    expect(newStore().readChanges('c', 7, { transient: true })).toEqual({ changes: [], watermark: 7 })
    expect(newStore().lastSequence('c')).toBe(0)
  })

  test('cannot be written for an unknown conversation', () => {
    expect(() => newStore().append('c', message('a'))).toThrow(RangeError)
  })
})

describe('retention', () => {
  test('forgets activities of the age that was set, and keeps watermarks right', () => {
    const store = filled({ activityMs: 1000 })
    clock.time += 500
    store.append('c', message('young'))
    clock.time += 501
    store.forgetExpired(clock.time)
    expect(read(store)).toEqual([['message', 'young']])
    expect(read(store, 3)).toEqual([['message', 'young']])
    expect(read(store, 1)).toEqual([['message', 'young']])
    expect(store.find('c', 'a')).toBeUndefined()
    expect(store.lastActivityNumber('c')).toBe(0)
  })

  test('keeps the state of an old activity that changed recently', () => {
    const store = filled({ activityMs: 1000 })
    clock.time += 900
    store.replace('c', message('a', 'changed'))
    clock.time += 900
    store.forgetExpired(clock.time)
    expect(read(store)).toEqual([['message', 'changed']])
  })

  test('keeps the newest activities of a long conversation', () => {
    const store = filled({ maxActivities: 2 })
    expect(read(store)).toEqual([
      ['message', 'b'],
      ['message', 'c'],
    ])
  })

  test('forgets conversations nothing was said in for long', () => {
    const store = filled({ conversationMs: 1000 })
    store.put(conversation('quiet'))
    clock.time += 900
    store.append('c', message('d'))
    clock.time += 900
    store.forgetExpired(clock.time)
    expect(store.get('quiet')).toBeUndefined()
    expect(store.get('c')).toBeDefined()
  })

  test('makes room for a new conversation by the one that was idle longest', () => {
    const store = newStore({ maxConversations: 2 })
    store.put(conversation('one'))
    clock.time += 1
    store.put(conversation('two'))
    clock.time += 1
    store.append('one', message('a'))
    store.put(conversation('three'))
    expect(['one', 'two', 'three'].map((id) => store.get(id)?.id)).toEqual(['one', undefined, 'three'])
  })
})

describe('conversations', () => {
  test('are listed by bot, page by page, in the order they were added', () => {
    const store = newStore()
    for (const id of ['1', '2', '3']) store.put(conversation(id))
    store.put(conversation('foreign', { botId: 'another' }))
    store.put(conversation('1', { isGroup: true }))
    const first = store.list({ botId: 'bot', limit: 2 })
    expect(first.conversations.map(({ id }) => id)).toEqual(['1', '2'])
    const second = store.list({ botId: 'bot', limit: 2, page: first.nextPage ?? 0 })
    expect(second.conversations.map(({ id }) => id)).toEqual(['3'])
    expect(second.nextPage).toBeUndefined()
  })

  test('with one user are found by that user, the newest first, unless ended or a group', () => {
    const store = newStore()
    const user = { id: 'ada' }
    store.put(conversation('old', { user }))
    store.put(conversation('new', { user }))
    store.put(conversation('group', { user, isGroup: true }))
    store.put(conversation('over', { user, endedAt: 1 }))
    store.put(conversation('foreign', { user, botId: 'another' }))
    expect(store.findDirect('bot', 'ada')?.id).toBe('new')
    expect(store.findDirect('bot', 'bob')).toBeUndefined()
  })

  test('number their activities one by one', () => {
    const store = filled()
    expect([store.nextActivityNumber('c'), store.nextActivityNumber('c')]).toEqual([1, 2])
    expect(store.lastActivityNumber('c')).toBe(2)
    store.remove('c')
    expect(store.get('c')).toBeUndefined()
    expect(store.lastActivityNumber('c')).toBe(0)
  })
})
