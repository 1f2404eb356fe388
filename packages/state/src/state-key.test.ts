import type { Activity, BotAdapter } from '@parley/core'
import { TurnContext } from '@parley/core'
import { ConversationState } from './conversation-state.ts'
import { MemoryStorage } from './memory-storage.ts'
import { PrivateConversationState } from './private-conversation-state.ts'
import { UserState } from './user-state.ts'

const states = { ConversationState, UserState, PrivateConversationState }
type StateName = keyof typeof states

function turn(channelId?: string, conversation?: string, user?: string): TurnContext {
  return new TurnContext({} as BotAdapter, {
    type: 'message',
    ...(channelId === undefined ? {} : { channelId }),
    ...(conversation === undefined ? {} : { conversation: { id: conversation } as Activity['conversation'] }),
    ...(user === undefined ? {} : { from: { id: user, name: '' } }),
  })
}

function keyOf(name: StateName, context: TurnContext, namespace?: string): string | undefined {
  return new states[name](new MemoryStorage(), namespace).getStorageKey(context)
}

describe('storage keys', () => {
  test.each<[StateName, string | undefined, string]>([
    ['ConversationState', undefined, 'test/conversations/c1/'],
    ['ConversationState', 'bot', 'test/conversations/c1/bot'],
    ['UserState', undefined, 'test/users/u1/'],
    ['UserState', 'bot', 'test/users/u1/bot'],
    ['PrivateConversationState', undefined, 'test/conversations/c1/users/u1/'],
    ['PrivateConversationState', 'bot', 'test/conversations/c1/users/u1/bot'],
  ])('of %s with the namespace %s is %s', (name, namespace, key) => {
    expect(keyOf(name, turn('test', 'c1', 'u1'), namespace)).toBe(key)
  })

  test.each([
    '19:abc@thread.tacv2;messageid=123',
    'a:1_x-y',
    'B1:T1:C1',
    'CAlE7xYz-us|0000001',
    'spaces/AAA/threads/bbb',
    'users/123',
    'ab/cd+ef==',
    'a%2Fb',
    'müller@example.com',
  ])('the id %s is used as it is', (id) => {
    expect(keyOf('ConversationState', turn('test', id, id))).toBe(`test/conversations/${id}/`)
    expect(keyOf('UserState', turn('test', id, id))).toBe(`test/users/${id}/`)
    expect(keyOf('PrivateConversationState', turn('test', id, id))).toBe(`test/conversations/${id}/users/${id}/`)
  })

  test('a conversation cannot take the key of a private state', () => {
    const victim = keyOf('PrivateConversationState', turn('test', 'a', 'victim'))
    expect(keyOf('ConversationState', turn('test', 'a/users/victim', 'x'))).not.toBe(victim)
    expect(keyOf('ConversationState', turn('test', 'a/users', 'x'), 'victim/')).not.toBe(victim)
  })

  test('different parts always have different keys', () => {
    const ids = ['a', 'users', 'a/users', 'a/users/b', 'users/b', 'a/', '/a', 'b', 'b/users/a', 'a/conversations/b']
    const escapes = ['escaped:a', 'escaped:a%2Fusers', 'escaped:a%2Fusers%2Fb', 'escaped:escaped:a', 'a%2Fusers%2Fb']
    const parts = [...ids, ...escapes]
    const owners = new Map<string | undefined, string>()
    const claim = (key: string | undefined, owner: string): void => {
      expect([key, owners.get(key) ?? owner]).toEqual([key, owner])
      owners.set(key, owner)
    }
    for (const channel of ['test', 'test/conversations/a', 'test/users/b', 'escaped:test']) {
      for (const one of parts) {
        claim(keyOf('ConversationState', turn(channel, one, 'u')), JSON.stringify(['conversation', channel, one]))
        claim(keyOf('UserState', turn(channel, 'c', one)), JSON.stringify(['user', channel, one]))
        for (const other of parts) {
          const owner = JSON.stringify(['private', channel, one, other])
          claim(keyOf('PrivateConversationState', turn(channel, one, other)), owner)
        }
      }
    }
    expect(owners.size).toBe(4 * (2 * parts.length + parts.length ** 2))
  })

  test.each<[StateName, TurnContext, string]>([
    ['ConversationState', turn(undefined, 'c', 'u'), 'missing activity.channelId'],
    ['ConversationState', turn('test', undefined, 'u'), 'missing activity.conversation.id'],
    ['UserState', turn(undefined, 'c', 'u'), 'missing activity.channelId'],
    ['UserState', turn('test', 'c'), 'missing activity.from.id'],
    ['UserState', turn('test', 'c', ''), 'missing activity.from.id'],
    ['PrivateConversationState', turn(undefined, 'c', 'u'), 'missing activity.channelId'],
    ['PrivateConversationState', turn('test', undefined, 'u'), 'missing activity.conversation.id'],
    ['PrivateConversationState', turn('test', 'c'), 'missing activity.from.id'],
  ])('%s cannot be loaded or saved without its parts', async (name, context, message) => {
    const state = new states[name](new MemoryStorage())
    const error = { code: 'STATE_KEY_MISSING', message }
    expect(() => state.getStorageKey(context)).toThrow(message)
    await expect(state.load(context)).rejects.toMatchObject(error)
    await expect(state.saveChanges(context, true)).rejects.toMatchObject(error)
  })

  test.each<StateName>(['ConversationState', 'UserState', 'PrivateConversationState'])(
    'an overridden getStorageKey of a %s that returns nothing is an error',
    async (name) => {
      const state = new states[name](new MemoryStorage())
      state.getStorageKey = () => undefined
      await expect(state.load(turn('test', 'c', 'u'))).rejects.toMatchObject({
        code: 'STATE_KEY_MISSING',
        message: `${name}: overridden getStorageKey method did not return a key.`,
      })
    },
  )

  test('an overridden getStorageKey decides where state is', async () => {
    class TenantState extends ConversationState {
      override getStorageKey(): string {
        return 'tenant'
      }
    }
    const memory = {}
    await new TenantState(new MemoryStorage(memory)).saveChanges(turn(), true)
    expect(Object.keys(memory)).toEqual(['tenant'])
  })
})
