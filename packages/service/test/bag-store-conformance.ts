import type { BagKey, BagStore, StoredBag } from '../src/store/bag-store.ts'
import { DEFAULT_RETENTION } from '../src/store/retention.ts'
import type { RetentionLimits } from '../src/store/retention.ts'

const user: BagKey = { botId: 'bot', channelId: 'test', userId: 'ada' }

function bag(text: string): StoredBag {
  return { text, eTag: `tag of ${text}`, at: 1_000.5 }
}

/** What every {@link BagStore} has to fulfil. `newStore` makes an empty one. */
export function bagStoreConformance(name: string, newStore: (limits: RetentionLimits) => BagStore): void {
  describe(`bags in ${name}`, () => {
    let store: BagStore
    beforeEach(() => {
      store = newStore({ ...DEFAULT_RETENTION, maxBags: 3 })
    })

    test('a bag is read as it was written, and written again it is replaced', () => {
      expect(store.read(user)).toBeUndefined()
      store.write(user, bag('1'))
      expect(store.read(user)).toEqual(bag('1'))
      store.write(user, bag('2'))
      expect(store.read({ ...user })).toEqual(bag('2'))
    })

    test.each<[string, BagKey]>([
      ['bot', { ...user, botId: 'other' }],
      ['channel', { ...user, channelId: 'other' }],
      ['user', { ...user, userId: 'other' }],
      ['user in a conversation', { ...user, conversationId: 'c' }],
      ['conversation', { botId: 'bot', channelId: 'test', conversationId: 'ada' }],
    ])('the bag of another %s is another', (_, other) => {
      store.write(user, bag('1'))
      expect(store.read(other)).toBeUndefined()
      store.write(other, bag('2'))
      expect([store.read(user), store.read(other)]).toEqual([bag('1'), bag('2')])
    })

    test.each<[string, BagKey, BagKey]>([
      ['!', { botId: 'b', channelId: 'x', conversationId: 'c!u' }, { botId: 'b', channelId: 'x!c', userId: 'u' }],
      [
        '/',
        { ...user, conversationId: 'a/users/b', userId: 'c' },
        { ...user, conversationId: 'a', userId: 'b/users/c' },
      ],
      ['|', { ...user, userId: 'a|b' }, { ...user, userId: 'a' }],
      ['NUL', { ...user, userId: 'a\0b' }, { ...user, userId: 'a\0c' }],
      ['%', { ...user, userId: '%2F' }, { ...user, userId: '/' }],
      ['capitals', { ...user, userId: 'Ada' }, user],
    ])('ids with %s do not run into each other', (_, one, two) => {
      store.write(one, bag('1'))
      store.write(two, bag('2'))
      expect([store.read(one), store.read(two)]).toEqual([bag('1'), bag('2')])
    })

    test('a bag that was removed is not there, and cannot be removed again', () => {
      store.write(user, bag('1'))
      expect([store.remove(user), store.remove(user)]).toEqual([true, false])
      expect(store.read(user)).toBeUndefined()
    })

    test("removing a user takes the user's bags of the channel, and tells which, and no others", () => {
      store = newStore(DEFAULT_RETENTION)
      const inConversation = { ...user, conversationId: 'c/1\0' }
      const kept: BagKey[] = [
        { botId: 'bot', channelId: 'test', conversationId: 'c/1\0' },
        { ...user, userId: 'eve' },
        { ...user, channelId: 'other' },
        { ...user, botId: 'other' },
        { ...inConversation, userId: 'eve' },
      ]
      for (const key of [user, inConversation, ...kept]) store.write(key, bag(JSON.stringify(key)))
      const removed = store.removeUser('bot', 'test', 'ada')
      expect(removed).toHaveLength(2)
      for (const key of [user, inConversation]) expect(removed).toContainEqual({ key, bag: bag(JSON.stringify(key)) })
      expect(kept.map((key) => store.read(key)?.text)).toEqual(kept.map((key) => JSON.stringify(key)))
      expect([store.read(user), store.read(inConversation)]).toEqual([undefined, undefined])
      expect(store.removeUser('bot', 'test', 'ada')).toEqual([])
    })

    test('one bag of a bot too many takes the place of the one written longest ago, and none of another bot', () => {
      const keys = ['a', 'b', 'c', 'd'].map((userId) => ({ ...user, userId }))
      const [a, b, c, d] = keys as [BagKey, BagKey, BagKey, BagKey]
      store.write({ ...a, botId: 'other' }, bag('of another'))
      for (const key of [a, b, c]) store.write(key, bag('1'))
      store.write(a, bag('2'))
      store.write(d, bag('1'))
      expect(keys.map((key) => store.read(key)?.text)).toEqual(['2', undefined, '1', '1'])
      expect(store.read({ ...a, botId: 'other' })).toEqual(bag('of another'))
    })
  })
}
