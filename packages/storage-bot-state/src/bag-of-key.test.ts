import { ConversationState, MemoryStorage, PrivateConversationState, UserState } from '@parley/state'
import { TurnContext } from '@parley/core'
import type { Activity, BotAdapter } from '@parley/core'
import { KEY_CHANNEL, bagOfKey } from './bag-of-key.ts'
import type { BotStateBag } from './bot-state-bag.ts'

/** The keys with which states keep what belongs to a turn. */
function keysOf(channelId: string, conversationId: string, userId: string): (string | undefined)[] {
  const from = { id: userId, name: '' }
  const conversation = { id: conversationId } as Activity['conversation']
  const context = new TurnContext({} as BotAdapter, { type: 'message', channelId, conversation, from })
  const storage = new MemoryStorage()
  return [UserState, ConversationState, PrivateConversationState].map((State) =>
    new State(storage).getStorageKey(context),
  )
}

const ids = [
  'plain',
  '29:1abc|x',
  'a/b',
  '/',
  'a//',
  'a/users',
  'a/users/b',
  'users/b',
  'escaped:a',
  'escaped:a%2Fb',
  'a%2Fb',
  'conversations',
  ' a',
  'ü😀',
  '__proto__',
]

test.each(ids.flatMap((conversationId) => ids.map((userId) => [conversationId, userId] as const)))(
  'what belongs to the conversation %j and the user %j is in the bags that SDK v3 has it in',
  (conversationId, userId) => {
    const [user, conversation, both] = keysOf('test', conversationId, userId)
    expect(bagOfKey(user ?? '')).toEqual({ scope: 'user', channelId: 'test', userId })
    expect(bagOfKey(conversation ?? '')).toEqual({ scope: 'conversation', channelId: 'test', conversationId })
    expect(bagOfKey(both ?? '')).toEqual({ scope: 'private', channelId: 'test', conversationId, userId })
  },
)

test('a channel with a slash is found in its key too', () => {
  const [user] = keysOf('a/b', 'c', 'u')
  expect(bagOfKey(user ?? '')).toEqual({ scope: 'user', channelId: 'a/b', userId: 'u' })
})

test.each([
  'test/users/u',
  'test/users/u/namespace',
  'test/conversations/c/namespace',
  'test/users//',
  'test/users/../',
  'test/conversations//users/u/',
  'test/conversations/a/users/',
  'test/conversations/escaped:plain/',
  'escaped:test/users/u/',
  '/users/u/',
  `${KEY_CHANNEL}/conversations/c/`,
  'test/other/u/',
  'sso/4711',
  '__proto__',
])('the key %j names no bag, and has one of its own', (key) => {
  expect(bagOfKey(key)).toEqual({ scope: 'conversation', channelId: KEY_CHANNEL, conversationId: key })
})

test.each(['', '.', '..', '\ud800', 'test/users/\ud800/', 'sha256:abc', 'x'.repeat(1025), 'ü'.repeat(200)])(
  'the key %#, which cannot be in an address, or is like those that stand for such keys, is hashed',
  (key) => {
    const hashed: BotStateBag = {
      scope: 'conversation',
      channelId: KEY_CHANNEL,
      conversationId: expect.stringMatching(/^sha256:[\da-f]{64}$/),
    }
    expect(bagOfKey(key)).toEqual(hashed)
  },
)

test('keys that could be taken for each other have bags of their own', () => {
  const parts = [
    '',
    '/',
    'users',
    'conversations',
    'escaped:',
    '%2F',
    '%25',
    'a',
    '..',
    KEY_CHANNEL,
    '\ud800',
    '\ud801',
  ]
  const keys = parts.flatMap((one) =>
    parts.flatMap((two) =>
      parts.flatMap((three) => [one + two + three, `${one}/${two}/${three}/`, `a/${one}/${two}/${three}`]),
    ),
  )
  const different = new Set(keys)
  expect(new Set([...different].map((key) => JSON.stringify(bagOfKey(key)))).size).toBe(different.size)
})

test('a key of a megabyte, of users upon users, is hashed before the test runs out of time', () => {
  const { scope, channelId } = bagOfKey(`test/conversations/${'/users/'.repeat(150_000)}`)
  expect([scope, channelId]).toEqual(['conversation', KEY_CHANNEL])
})
