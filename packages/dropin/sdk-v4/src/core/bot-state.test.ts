import { TurnContext } from '@parley/core'
import type { Activity, BotAdapter, Middleware, MiddlewareHandler } from '@parley/core'
import { BotState as ParleyBotState } from '@parley/state'
import { AutoSaveStateMiddleware } from './auto-save-state-middleware.ts'
import { BotStateSet } from './bot-state-set.ts'
import { BotState } from './bot-state.ts'
import { ConversationState } from './conversation-state.ts'
import { MemoryStorage } from './memory-storage.ts'
import { PrivateConversationState } from './private-conversation-state.ts'
import { calculateChangeHash } from './storage.ts'
import { useBotState } from './use-bot-state.ts'
import { UserState } from './user-state.ts'

const activity = { type: 'message', channelId: 'ch', conversation: { id: 'cv' }, from: { id: 'us' } } as Activity

const turn = (incoming: Partial<Activity> = activity): TurnContext => new TurnContext({} as BotAdapter, incoming)

/** A state under the key `key`, and what is stored of it. */
function stored(text?: string): { state: BotState; memory: { [key: string]: string } } {
  const memory: { [key: string]: string } = text ? { key: text } : {}
  return { memory, state: new BotState(new MemoryStorage(memory), () => 'key') }
}

describe('BotState', () => {
  test('is read once per turn, unless forced', async () => {
    const { state, memory } = stored('{"a":1,"eTag":"1"}')
    const context = turn()
    expect(state.get(context)).toBeUndefined()
    const loaded = await state.load(context)
    expect(loaded).toEqual({ a: 1, eTag: '1' })
    expect(state.get(context)).toBe(loaded)
    memory['key'] = '{"a":2}'
    await expect(state.load(context)).resolves.toBe(loaded)
    await expect(state.load(context, true)).resolves.toEqual({ a: 2 })
  })

  test('what is loaded twice at once is one state', async () => {
    const { state, memory } = stored()
    const context = turn()
    const [one, other] = [state.createProperty('one'), state.createProperty('other')]
    await Promise.all([one.set(context, 1), other.set(context, 2)])
    await state.saveChanges(context)
    expect(JSON.parse(memory['key'] as string)).toMatchObject({ one: 1, other: 2 })
  })

  test('is written when it has changed, with the eTag *, which stays in it', async () => {
    const { state } = stored()
    const context = turn()
    const writes: unknown[] = []
    const storage = (state as unknown as { storage: MemoryStorage }).storage
    storage.write = async (changes) => void writes.push(JSON.parse(JSON.stringify(changes)))
    await state.load(context)
    await state.saveChanges(context)
    expect(writes).toEqual([])
    state.get(context).a = 1
    await state.saveChanges(context)
    await state.saveChanges(context)
    expect(writes).toEqual([{ key: { a: 1, eTag: '*' } }])
    expect(state.get(context)).toEqual({ a: 1, eTag: '*' })
  })

  test('the last writer wins', async () => {
    const { state, memory } = stored('{"a":1,"eTag":"1"}')
    const [one, other] = [turn(), turn()]
    await Promise.all([state.load(one), state.load(other)])
    state.get(one).a = 'one'
    state.get(other).a = 'other'
    await state.saveChanges(one)
    await state.saveChanges(other)
    expect(JSON.parse(memory['key'] as string)).toMatchObject({ a: 'other' })
  })

  test('not loaded, it is written only when forced, as {}', async () => {
    const { state, memory } = stored()
    const context = turn()
    await state.saveChanges(context)
    expect(memory).toEqual({})
    await state.saveChanges(context, true)
    expect(memory).toEqual({ key: '{"eTag":"1"}' })
    expect(state.get(context)).toEqual({ eTag: '*' })
  })

  test('unchanged, it is written when forced', async () => {
    const { state, memory } = stored('{"a":1,"eTag":"1"}')
    const context = turn()
    await state.load(context)
    await state.saveChanges(context, true)
    expect(JSON.parse(memory['key'] as string)).toMatchObject({ a: 1 })
  })

  test('is cached with its hash under the key it shows', async () => {
    const { state } = stored('{"a":1,"eTag":"1"}')
    const context = turn()
    await state.load(context)
    const { stateKey } = state as unknown as { stateKey: symbol }
    expect(context.turnState.get(stateKey)).toMatchObject({
      state: { a: 1 },
      hash: calculateChangeHash({ a: 1 }),
    })
    context.turnState.set(stateKey, {})
    expect(state.get(context)).toBeUndefined()
  })

  test('cleared, it is empty and written as such', async () => {
    const { state, memory } = stored('{"a":1}')
    const context = turn()
    await state.load(context)
    await state.clear(context)
    expect(state.get(context)).toEqual({})
    await state.saveChanges(context)
    expect(JSON.parse(memory['key'] as string)).not.toHaveProperty('a')
  })

  test('deleted, it is neither cached nor stored', async () => {
    const { state, memory } = stored('{"a":1}')
    const context = turn()
    await state.load(context)
    await state.delete(context)
    expect(state.get(context)).toBeUndefined()
    expect(memory['key']).toBeUndefined()
  })

  test.each<[string, unknown]>([
    ['a Map', new Map([[1, 2]])],
    ['an Error', new Error('x')],
    ['2 MB', 'x'.repeat(2 * 1024 * 1024)],
  ])('may hold %s', async (_, value) => {
    const { state, memory } = stored()
    const context = turn()
    await state.load(context)
    state.get(context).value = value
    await state.saveChanges(context)
    expect(memory['key']).toContain('"value"')
  })

  test('a circle in it is a change, which the storage may refuse', async () => {
    const { state } = stored()
    const context = turn()
    const properties = await state.load(context)
    properties.self = properties
    await expect(state.saveChanges(context)).rejects.toThrow(TypeError)
  })

  test.each<[string, () => string | Promise<string>]>([
    ['at once', () => 'key'],
    ['later', async () => 'key'],
  ])('its key may be told %s', async (_, keyFactory) => {
    const state = new BotState(new MemoryStorage({ key: '{"a":1}' }), keyFactory)
    await expect(state.load(turn())).resolves.toEqual({ a: 1 })
  })

  test('is one of Parley’s', () => {
    expect(stored().state).toBeInstanceOf(ParleyBotState)
  })
})

describe('an accessor', () => {
  test('stores a copy of the default when the property is absent, once', async () => {
    const { state } = stored()
    const context = turn()
    const property = state.createProperty<unknown>('p')
    const first = { list: [1] }
    await expect(property.get(context)).resolves.toBeUndefined()
    const got = await property.get(context, first)
    expect(got).toEqual(first)
    expect(got).not.toBe(first)
    await expect(property.get(context, { other: 1 })).resolves.toBe(got)
  })

  test('deleting an absent property is fine, and undefined is a value', async () => {
    const { state } = stored()
    const context = turn()
    const property = state.createProperty<unknown>('p')
    await property.delete(context)
    await property.set(context, undefined)
    await expect(property.get(context, 5)).resolves.toBeUndefined()
    expect(Object.keys(state.get(context))).toEqual(['p'])
  })
})

describe('the keys', () => {
  const storage = new MemoryStorage()

  test.each<[string, { getStorageKey(context: TurnContext): string | undefined }, string]>([
    ['a conversation', new ConversationState(storage), 'ch/conversations/cv/'],
    ['a conversation, in a namespace', new ConversationState(storage, 'ns'), 'ch/conversations/cv/ns'],
    ['a user', new UserState(storage), 'ch/users/us/'],
    ['a user, in a namespace', new UserState(storage, 'ns'), 'ch/users/us/ns'],
    ['a user in a conversation', new PrivateConversationState(storage), 'ch/conversations/cv/users/us/'],
    ['the same, in a namespace', new PrivateConversationState(storage, 'ns'), 'ch/conversations/cv/users/us/ns'],
  ])('of %s', (_, state, key) => {
    expect(state).toBeInstanceOf(BotState)
    expect(state.getStorageKey(turn())).toBe(key)
  })

  test.each<[new (memory: MemoryStorage) => BotState, keyof Activity, string]>([
    [ConversationState, 'channelId', 'missing activity.channelId'],
    [ConversationState, 'conversation', 'missing activity.conversation.id'],
    [UserState, 'channelId', 'missing activity.channelId'],
    [UserState, 'from', 'missing activity.from.id'],
    [PrivateConversationState, 'channelId', 'missing activity.channelId'],
    [PrivateConversationState, 'conversation', 'missing activity.conversation.id'],
    [PrivateConversationState, 'from', 'missing activity.from.id'],
  ])('%p without %s throws at once', async (State, missing, message) => {
    const { [missing]: _, ...incoming } = activity
    const state = new State(storage)
    expect(() => state.load(turn(incoming))).toThrow(expect.objectContaining({ name: 'Error', message }))
    await expect(state.createProperty('p').get(turn(incoming))).rejects.toThrow(message)
  })

  test('a key is asked for once for each load, also when two run at once', async () => {
    const asked: TurnContext[] = []
    const state = new BotState(storage, (context) => {
      asked.push(context)
      return Promise.reject(new Error('no key'))
    })
    const context = turn()
    const loads = await Promise.allSettled([state.load(context), state.load(context)])
    expect(loads.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(asked.length).toBeLessThanOrEqual(2)
  })

  test.each([ConversationState, UserState, PrivateConversationState])(
    '%p with a key overridden by nothing rejects',
    async (State) => {
      class Keyless extends (State as typeof ConversationState) {
        override getStorageKey(): string | undefined {
          return undefined
        }
      }
      const message = `${State.name}: overridden getStorageKey method did not return a key.`
      await expect(new Keyless(storage).load(turn())).rejects.toMatchObject({ name: 'Error', message })
      await expect(new Keyless(storage).saveChanges(turn(), true)).rejects.toThrow(message)
    },
  )
})

describe('a set of states', () => {
  const text = "BotStateSet: a object was added that isn't an instance of BotState."

  test.each([{}, 5, { load() {} }, null])('refuses %p', (value) => {
    const refusal = expect.objectContaining({ name: 'Error', message: text })
    expect(() => new BotStateSet(value as never)).toThrow(refusal)
    expect(() => new AutoSaveStateMiddleware(value as never)).toThrow(refusal)
    expect(() => new AutoSaveStateMiddleware().add(value as never)).toThrow(refusal)
  })

  test('takes whatever loads and saves', () => {
    expect(new BotStateSet({ load() {}, saveChanges() {} } as never).botStates).toHaveLength(1)
  })

  test('is saved after the turn, unless that failed', async () => {
    const { state, memory } = stored()
    const middleware = new AutoSaveStateMiddleware().add(state)
    const context = turn()
    const change = async (): Promise<void> => {
      ;(await state.load(context)).a = 1
    }
    const fail = async (): Promise<void> => {
      await change()
      throw new Error('broken')
    }
    await expect(middleware.onTurn(context, fail)).rejects.toThrow('broken')
    expect(memory).toEqual({})
    await middleware.onTurn(context, change)
    expect(memory).toHaveProperty('key')
  })
})

test('useBotState leaves states in the turn under the names of their classes', async () => {
  const layers: Middleware[] = []
  const adapter = {
    use(...middlewares: (Middleware | MiddlewareHandler)[]) {
      layers.push(...(middlewares as Middleware[]))
      return adapter
    },
  } as unknown as BotAdapter
  const [conversation, user] = [new ConversationState(new MemoryStorage()), new UserState(new MemoryStorage())]
  expect(useBotState(adapter, conversation, user)).toBe(adapter)
  const context = turn()
  for (const layer of layers) await layer.onTurn(context, async () => {})
  expect(context.turnState.get('ConversationState')).toBe(conversation)
  expect(context.turnState.get('UserState')).toBe(user)
})
