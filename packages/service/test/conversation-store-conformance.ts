import type { WireActivity } from '../src/conversations/wire-activity.ts'
import type { ConversationRecord } from '../src/store/conversation-record.ts'
import type { ConversationStore } from '../src/store/conversation-store.ts'
import { DEFAULT_RETENTION } from '../src/store/retention.ts'
import type { RetentionLimits } from '../src/store/retention.ts'

/** A clock that a test sets. */
export interface HandClock {
  time: number
  now(): number
}

/** Makes an empty store. */
export type NewStore = (clock: HandClock, limits: RetentionLimits) => ConversationStore

/** What a requirement is checked with. */
interface Lab {
  readonly clock: HandClock
  /** An empty store. */
  newStore(limits?: Partial<RetentionLimits>): ConversationStore
  /** A store with the conversation `c`, in which `a`, `b` and `c` were said. */
  filled(limits?: Partial<RetentionLimits>): ConversationStore
}

type Requirement = readonly [requirement: string, check: (lab: Lab) => void]

/** Every store of conversations keeps to this table. */
const REQUIREMENTS: readonly Requirement[] = [
  [
    'the log is read in full from the start, and from a watermark on',
    ({ filled }) => {
      const store = filled()
      const { changes, watermark } = store.readChanges('c', 0, { transient: false })
      expect(changes.map(({ sequence }) => sequence)).toEqual([1, 2, 3])
      expect(watermark).toBe(3)
      expect(read(store, 2)).toEqual([['message', 'c']])
      expect(read(store, 3)).toEqual([])
      expect(store.lastSequence('c')).toBe(3)
    },
  ],
  [
    'an activity is given back as it came, down to the last unknown field',
    ({ filled }) => {
      const store = filled()
      const odd = { type: 'event', id: 'odd', value: { '': [null, 1e-7, 'a\u0000b\ud800 ünï 😀'] }, text: "'); --" }
      store.append('c', odd)
      expect(store.find('c', 'odd')).toEqual(odd)
      expect(store.readChanges('c', 3, { transient: false }).changes).toEqual([{ sequence: 4, activity: odd }])
    },
  ],
  [
    'a replaced activity is shown in its place to new readers, and at the end to those who saw it',
    ({ filled }) => {
      const store = filled()
      expect(store.replace('c', message('a', 'changed'))).toBe(true)
      expect(read(store)).toEqual(messages('changed', 'b', 'c'))
      expect(read(store, 3)).toEqual(messages('changed'))
      expect(store.find('c', 'a')).toEqual(message('a', 'changed'))
    },
  ],
  [
    'an erased activity is shown as deleted to those who saw it, and nothing of it is kept',
    ({ filled, clock }) => {
      const store = filled()
      clock.time += 5
      expect(store.erase('c', 'b')).toBe(true)
      expect(read(store)).toEqual(messages('a', 'c'))
      const timestamp = new Date(clock.time).toISOString()
      expect(store.readChanges('c', 3, { transient: false }).changes).toEqual([
        { sequence: 4, activity: { type: 'messageDelete', id: 'b', timestamp } },
      ])
      expect(store.find('c', 'b')).toBeUndefined()
    },
  ],
  [
    'what is not there cannot be replaced or erased, and trying leaves no trace',
    ({ filled }) => {
      const store = filled()
      store.erase('c', 'b')
      expect([store.erase('c', 'b'), store.replace('c', message('b'))]).toEqual([false, false])
      expect([store.erase('unknown', 'a'), store.replace('unknown', message('a'))]).toEqual([false, false])
      expect(store.lastSequence('c')).toBe(4)
    },
  ],
  [
    'an activity that changed often is shown in one state, the last',
    ({ filled }) => {
      const store = filled()
      store.replace('c', message('a', '1'))
      store.replace('c', message('a', '2'))
      expect(read(store, 3)).toEqual(messages('2'))
      store.erase('c', 'a')
      expect(read(store, 4)).toEqual([['messageDelete', 'a']])
    },
  ],
  [
    'an activity that came and went since the watermark is not mentioned',
    ({ filled }) => {
      const store = filled()
      store.append('c', message('d'))
      store.erase('c', 'd')
      expect(read(store, 3)).toEqual([])
      expect(read(store, 4)).toEqual([['messageDelete', 'd']])
    },
  ],
  [
    'what was transient is left out, without leaving a gap in the watermarks',
    ({ filled }) => {
      const store = filled()
      store.append('c', { type: 'typing', id: 't' }, { transient: true })
      expect(read(store, 3)).toEqual([])
      expect(read(store, 3, true)).toEqual([['typing', 't']])
      expect(store.readChanges('c', 3, { transient: false }).watermark).toBe(4)
      store.append('c', message('d'))
      expect(store.readChanges('c', 3, { transient: false }).changes).toEqual([{ sequence: 5, activity: message('d') }])
    },
  ],
  [
    'a log is read in pieces, each from where the last ended, to the same end',
    ({ filled }) => {
      const store = filled()
      store.append('c', { type: 'typing', id: 't' }, { transient: true })
      store.append('c', message('d'))
      store.erase('c', 'b')
      const options = { transient: false, maxEntries: 2 }
      const pieces: unknown[] = []
      for (let watermark = 0; watermark < store.lastSequence('c');) {
        const piece = store.readChanges('c', watermark, options)
        pieces.push([piece.watermark, piece.changes.map(({ activity }) => activity.id)])
        watermark = piece.watermark
      }
      expect(pieces).toEqual([
        [2, ['a']],
        [4, ['c']],
        [6, ['d', 'b']],
      ])
      expect(store.readChanges('c', 6, options)).toEqual({ changes: [], watermark: 6 })
    },
  ],
  [
    'the log of an unknown conversation is empty, and its watermark the one that was asked for',
    ({ newStore }) => {
      const store = newStore()
      expect(store.readChanges('c', 7, { transient: true })).toEqual({ changes: [], watermark: 7 })
      expect([store.lastSequence('c'), store.lastActivityNumber('c'), store.find('c', 'a')]).toEqual([0, 0, undefined])
    },
  ],
  [
    'an unknown conversation cannot be written to',
    ({ newStore }) => {
      const store = newStore()
      expect(() => store.append('c', message('a'))).toThrow(RangeError)
      expect(() => store.nextActivityNumber('c')).toThrow(RangeError)
    },
  ],
  [
    'activities are numbered one by one in each conversation',
    ({ filled }) => {
      const store = filled()
      store.put(conversation('other'))
      const taken = ['c', 'c', 'other', 'c'].map((id) => store.nextActivityNumber(id))
      expect(taken).toEqual([1, 2, 1, 3])
      expect([store.lastActivityNumber('c'), store.lastActivityNumber('other')]).toEqual([3, 1])
    },
  ],
  [
    'a conversation is removed with everything said in it',
    ({ filled }) => {
      const store = filled()
      store.nextActivityNumber('c')
      store.remove('c')
      expect([store.get('c'), store.find('c', 'a'), store.lastActivityNumber('c')]).toEqual([undefined, undefined, 0])
      store.put(conversation('c'))
      expect(read(store)).toEqual([])
    },
  ],
  [
    'a conversation is given back as it was put last, and keeps what was said in it',
    ({ filled }) => {
      const store = filled()
      const user = { id: 'ada', name: 'Ada', role: 'user' }
      const changed = conversation('c', {
        user,
        userIntroduced: true,
        members: [user],
        introductions: [{ type: 'conversationUpdate', id: 'c|0000001', membersAdded: [user] }],
        topicName: 'ünï',
        locale: 'de-AT',
        endedAt: 5,
      })
      store.put(changed)
      expect(store.get('c')).toEqual(changed)
      expect(read(store)).toEqual(messages('a', 'b', 'c'))
    },
  ],
  [
    'conversations are listed by bot, page by page, in the order they were added',
    ({ newStore }) => {
      const store = newStore()
      for (const id of ['1', '2', '3']) store.put(conversation(id))
      store.put(conversation('foreign', { botId: 'another' }))
      store.put(conversation('1', { isGroup: true }))
      const first = store.list({ botId: 'bot', limit: 2 })
      expect(first.conversations.map(({ id }) => id)).toEqual(['1', '2'])
      store.remove('2')
      const second = store.list({ botId: 'bot', limit: 2, page: first.nextPage ?? 0 })
      expect(second.conversations.map(({ id }) => id)).toEqual(['3'])
      expect(second.nextPage).toBeUndefined()
    },
  ],
  [
    'a page is not the last while there is one conversation more, and is when there is none',
    ({ newStore }) => {
      const store = newStore()
      for (const id of ['1', '2']) store.put(conversation(id))
      expect(store.list({ botId: 'bot', limit: 2 }).nextPage).toBeUndefined()
      expect(store.list({ botId: 'bot', limit: 1 }).nextPage).toBeDefined()
    },
  ],
  [
    'the newest conversation with one user is found by that user, unless it has ended or is a group',
    ({ newStore }) => {
      const store = newStore()
      const user = { id: 'ada' }
      for (const id of ['old', 'new', 'over']) store.put(conversation(id, { user }))
      store.put(conversation('group', { user, isGroup: true }))
      store.put(conversation('foreign', { user, botId: 'another' }))
      store.put(conversation('over', { user, endedAt: 1 }))
      expect(store.findDirect('bot', 'ada')?.id).toBe('new')
      expect(store.findDirect('bot', 'bob')).toBeUndefined()
    },
  ],
  [
    'ids that differ in what comes after a NUL, or in a quotation mark, are not the same',
    ({ newStore }) => {
      const store = newStore()
      const users = ['ada', 'ada\0', 'ada\0x', '"ada', JSON.stringify('ada\0')]
      for (const id of users) store.put(conversation(`of ${JSON.stringify(id)}`, { user: { id } }))
      expect(users.map((id) => store.findDirect('bot', id)?.user?.id)).toEqual(users)
      expect(store.get('of "ada"\0')).toBeUndefined()
    },
  ],
  [
    'a conversation is found by its user from the moment the user is known',
    ({ filled }) => {
      const store = filled()
      store.put(conversation('c', { user: { id: 'ada' } }))
      expect(store.findDirect('bot', 'ada')?.id).toBe('c')
    },
  ],
  [
    'activities of the age that was set are forgotten, and watermarks stay right',
    ({ filled, clock }) => {
      const store = filled({ activityMs: 1000 })
      clock.time += 500
      store.append('c', message('young'))
      clock.time += 501
      store.forgetExpired(clock.time)
      for (const watermark of [0, 1, 3]) expect(read(store, watermark)).toEqual(messages('young'))
      expect(read(store, 4)).toEqual([])
      expect(store.find('c', 'a')).toBeUndefined()
      clock.time += 501
      store.forgetExpired(clock.time)
      expect(store.readChanges('c', 0, { transient: true })).toEqual({ changes: [], watermark: 4 })
      store.append('c', message('next'))
      expect(store.lastSequence('c')).toBe(5)
    },
  ],
  [
    'the state of an old activity that changed recently is kept',
    ({ filled, clock }) => {
      const store = filled({ activityMs: 1000 })
      clock.time += 900
      store.replace('c', message('a', 'changed'))
      clock.time += 900
      store.forgetExpired(clock.time)
      expect(read(store)).toEqual(messages('changed'))
    },
  ],
  [
    'the newest entries of a long conversation are kept, whatever they are',
    ({ filled }) => {
      const store = filled({ maxActivities: 2 })
      expect(read(store)).toEqual(messages('b', 'c'))
      expect(store.find('c', 'a')).toBeUndefined()
      store.replace('c', message('b', 'changed'))
      expect(read(store)).toEqual(messages('c', 'changed'))
      store.erase('c', 'c')
      expect(read(store)).toEqual([
        ['message', 'changed'],
        ['messageDelete', 'c'],
      ])
    },
  ],
  [
    'conversations nothing was said in for long are forgotten',
    ({ filled, clock }) => {
      const store = filled({ conversationMs: 1000 })
      store.put(conversation('quiet'))
      clock.time += 900
      store.append('c', message('d'))
      store.put(conversation('quiet', { topicName: 'still nothing said' }))
      clock.time += 900
      store.forgetExpired(clock.time)
      expect(store.get('quiet')).toBeUndefined()
      expect(store.get('c')).toBeDefined()
    },
  ],
  [
    'room for a new conversation is made by the one that was idle longest, and by none for one that is known',
    ({ newStore, clock }) => {
      const store = newStore({ maxConversations: 2 })
      for (const id of ['one', 'two']) {
        store.put(conversation(id))
        clock.time += 1
      }
      store.append('one', message('a'))
      store.put(conversation('one', { isGroup: true }))
      expect(store.get('two')).toBeDefined()
      store.put(conversation('three'))
      expect(['one', 'two', 'three'].map((id) => store.get(id)?.id)).toEqual(['one', undefined, 'three'])
    },
  ],
  [
    'several writes are done as one, which may hold another, and give back what the work gives',
    ({ filled }) => {
      const store = filled()
      const number = store.atomically(() => {
        store.append('c', message('d'))
        return store.atomically(() => store.nextActivityNumber('c'))
      })
      expect(number).toBe(1)
      expect(read(store, 3)).toEqual(messages('d'))
    },
  ],
  [
    'work that throws reaches the caller, and the next writes are as good as any',
    ({ filled }) => {
      const store = filled()
      const failing = (): void => {
        throw new Error('not today')
      }
      expect(() => store.atomically(failing)).toThrow('not today')
      store.append('c', message('d'))
      expect(read(store, 3)).toEqual(messages('d'))
    },
  ],
]

/** Checks an implementation against the table. */
export function conversationStoreConformance(name: string, newStore: NewStore): void {
  describe(`conversations in ${name}`, () => {
    test.each(REQUIREMENTS)('%s', (_, check) => check(labOf(newStore)))
  })
}

function labOf(newStore: NewStore): Lab {
  const clock: HandClock = { time: 1_000_000, now: () => clock.time }
  const empty: Lab['newStore'] = (limits) => newStore(clock, { ...DEFAULT_RETENTION, ...limits })
  return {
    clock,
    newStore: empty,
    filled(limits) {
      const store = empty(limits)
      store.put(conversation('c'))
      for (const id of ['a', 'b', 'c']) store.append('c', message(id))
      return store
    },
  }
}

/** A conversation with the bot `bot`. */
export function conversation(id: string, more: Partial<ConversationRecord> = {}): ConversationRecord {
  const fixed = { botId: 'bot', channelId: 'directline', createdAt: 0, members: [], introductions: [] }
  return { id, isGroup: false, userIntroduced: false, ...fixed, ...more }
}

export function message(id: string, text: string = id): WireActivity {
  return { type: 'message', id, text }
}

/** Type and text, or else id, of what a reader of the conversation `c` gets. */
function read(store: ConversationStore, watermark = 0, transient = false): [string, unknown][] {
  const { changes } = store.readChanges('c', watermark, { transient })
  return changes.map(({ activity }) => [activity.type, activity['text'] ?? activity.id])
}

function messages(...texts: string[]): [string, string][] {
  return texts.map((text) => ['message', text])
}
