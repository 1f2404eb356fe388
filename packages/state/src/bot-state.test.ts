import { TurnContext } from '@parley/core'
import type { BotAdapter } from '@parley/core'
import { BotState } from './bot-state.ts'
import type { BotStateOptions } from './bot-state.ts'
import { MemoryStorage } from './memory-storage.ts'
import type { StoreItems } from './storage.ts'

/** Counts calls, and can be told to wait. */
class CountingStorage extends MemoryStorage {
  reads = 0
  readonly writes: StoreItems[] = []
  gate: Promise<void> = Promise.resolve()

  override async read(keys: string[]): Promise<StoreItems> {
    this.reads++
    await this.gate
    return super.read(keys)
  }

  override async write(changes: StoreItems): Promise<void> {
    this.writes.push(changes)
    await this.gate
    await super.write(changes)
  }
}

function turn(): TurnContext {
  return new TurnContext({} as BotAdapter, { type: 'message', channelId: 'test' })
}

function setUp(
  memory: { [key: string]: string } = {},
  options: BotStateOptions = {},
): { storage: CountingStorage; state: BotState; context: TurnContext; stored: () => unknown } {
  const storage = new CountingStorage(memory)
  const state = new BotState(storage, () => 'key', options)
  return { storage, state, context: turn(), stored: () => (memory['key'] ? JSON.parse(memory['key']) : undefined) }
}

const SEED = { key: '{"count":1,"eTag":"5"}' }

describe('load', () => {
  test.each<[string, () => string | Promise<string>]>([
    ['a text', () => 'key'],
    ['a promise', async () => 'key'],
  ])('reads the item whose key the factory gives as %s', async (_, factory) => {
    const state = new BotState(new MemoryStorage(SEED), factory)
    await expect(state.load(turn())).resolves.toEqual({ count: 1, eTag: '5' })
  })

  test('is an empty object when nothing is stored', async () => {
    const { state, context } = setUp()
    await expect(state.load(context)).resolves.toEqual({})
  })

  test('reads once per turn, and returns the same object', async () => {
    const { storage, state, context } = setUp({ ...SEED })
    const first = await state.load(context)
    first.count = 2
    expect(await state.load(context)).toBe(first)
    expect(storage.reads).toBe(1)
  })

  test('reads once when it is asked several times at once', async () => {
    const { storage, state, context } = setUp({ ...SEED })
    const [one, other] = await Promise.all([state.load(context), state.load(context)])
    expect(one).toBe(other)
    expect(storage.reads).toBe(1)
  })

  test('reads again when forced, dropping changes', async () => {
    const { storage, state, context } = setUp({ ...SEED })
    ;(await state.load(context)).count = 2
    await expect(state.load(context, true)).resolves.toMatchObject({ count: 1 })
    expect(storage.reads).toBe(2)
  })

  test('reads in every turn anew', async () => {
    const { storage, state } = setUp({ ...SEED })
    await state.load(turn())
    await state.load(turn())
    expect(storage.reads).toBe(2)
  })

  test('two states do not share what they loaded', async () => {
    const storage = new MemoryStorage()
    const [one, other] = [new BotState(storage, () => 'one'), new BotState(storage, () => 'other')]
    const context = turn()
    ;(await one.load(context)).value = 1
    await expect(other.load(context)).resolves.toEqual({})
  })

  test('what is under the key of the cache without a state counts as not loaded', async () => {
    const { storage, state, context } = setUp({ ...SEED })
    await state.load(context)
    const [cached] = [...context.turnState.values()] as [{ state?: object }]
    delete cached.state
    expect(state.get(context)).toBeUndefined()
    await expect(state.load(context)).resolves.toMatchObject({ count: 1 })
    expect(storage.reads).toBe(2)
  })

  test('goes on when reading failed once', async () => {
    const { storage, state, context } = setUp({ ...SEED })
    storage.gate = Promise.reject(new Error('down'))
    await expect(state.load(context)).rejects.toThrow('down')
    storage.gate = Promise.resolve()
    await expect(state.load(context)).resolves.toMatchObject({ count: 1 })
  })

  test('gives up on a storage that does not answer in time', async () => {
    const { storage, state, context } = setUp({}, { readTimeoutMs: 10 })
    storage.gate = new Promise(() => {})
    await expect(state.load(context)).rejects.toMatchObject({ code: 'STATE_TIMEOUT', timeoutMs: 10 })
  })

  test('waits as long as it takes when told so', async () => {
    const { storage, state, context } = setUp({ ...SEED }, { readTimeoutMs: Infinity })
    storage.gate = new Promise((resolve) => setTimeout(resolve, 5))
    await expect(state.load(context)).resolves.toMatchObject({ count: 1 })
  })

  test('rejects when the factory gives no key', async () => {
    const state = new BotState(new MemoryStorage(), () => undefined)
    await expect(state.load(turn())).rejects.toMatchObject({ code: 'STATE_KEY_MISSING' })
  })
})

describe('get', () => {
  test('is undefined before the state is loaded, and then the state itself', async () => {
    const { state, context } = setUp({ ...SEED })
    expect(state.get(context)).toBeUndefined()
    const loaded = await state.load(context)
    expect(state.get(context)).toBe(loaded)
  })
})

describe('saveChanges', () => {
  test('writes nothing when nothing was loaded', async () => {
    const { storage, state, context } = setUp()
    await state.saveChanges(context)
    expect(storage.writes).toEqual([])
  })

  test.each<[string, { [key: string]: string }]>([
    ['stored', SEED],
    ['not stored', {}],
  ])('writes nothing when a state that is %s was not changed', async (_, memory) => {
    const { storage, state, context } = setUp({ ...memory })
    await state.load(context)
    await state.saveChanges(context)
    expect(storage.writes).toEqual([])
  })

  test.each<[string, (properties: { [name: string]: unknown }) => void]>([
    ['changed', (properties) => void (properties['count'] = 2)],
    ['added', (properties) => void (properties['more'] = 1)],
    ['removed', (properties) => void delete properties['count']],
  ])('writes once when a property was %s', async (_, change) => {
    const { storage, state, context } = setUp({ ...SEED })
    change(await state.load(context))
    await state.saveChanges(context)
    await state.saveChanges(context)
    expect(storage.writes).toHaveLength(1)
  })

  test('sees a change deep inside, and what a Date has become', async () => {
    const { storage, state, context } = setUp({ key: '{"list":[{"at":"1970-01-01T00:00:00.000Z"}]}' })
    const properties = await state.load(context)
    properties.list[0].at = new Date(0)
    await state.saveChanges(context)
    expect(storage.writes).toHaveLength(0)
    properties.list[0].at = new Date(1)
    await state.saveChanges(context)
    expect(storage.writes).toHaveLength(1)
  })

  test('a change of the eTag alone is not a change', async () => {
    const { storage, state, context } = setUp({ ...SEED })
    ;(await state.load(context)).eTag = 'mine'
    await state.saveChanges(context)
    expect(storage.writes).toEqual([])
  })

  test('writes every time something changed in one turn', async () => {
    const { state, context, stored } = setUp()
    const properties = await state.load(context)
    for (const count of [1, 2, 3]) {
      properties.count = count
      await state.saveChanges(context)
    }
    expect(stored()).toMatchObject({ count: 3 })
  })

  test('forced, writes an unchanged state', async () => {
    const { storage, state, context, stored } = setUp({ ...SEED })
    await state.load(context)
    await state.saveChanges(context, true)
    expect(storage.writes).toHaveLength(1)
    expect(stored()).toMatchObject({ count: 1 })
  })

  test('forced, writes an empty state when none was loaded', async () => {
    const { state, context, stored } = setUp()
    await state.saveChanges(context, true)
    expect(stored()).toEqual({ eTag: '1' })
    expect(state.get(context)).toEqual({})
  })

  test('started twice at once, does not conflict with itself', async () => {
    const { state, context, stored } = setUp({ ...SEED })
    ;(await state.load(context)).count = 2
    await Promise.all([state.saveChanges(context), state.saveChanges(context, true)])
    expect(stored()).toMatchObject({ count: 2 })
  })

  test.each<[string, () => unknown]>([
    [
      'a cycle',
      () => {
        const cycle: { self?: unknown } = {}
        return (cycle.self = cycle)
      },
    ],
    ['a bigint', () => 1n],
    ['a Map', () => new Map()],
  ])('refuses a state with %s, and what is stored stays', async (_, value) => {
    const { state, context, stored } = setUp({ ...SEED })
    ;(await state.load(context)).value = value()
    await expect(state.saveChanges(context)).rejects.toMatchObject({ code: 'STATE_NOT_SERIALIZABLE' })
    expect(stored()).toEqual({ count: 1, eTag: '5' })
  })

  test.each<[string, BotStateOptions, string]>([
    ['1 MiB', {}, 'x'.repeat(1024 * 1024)],
    ['a limit of its own', { maxBytes: 20 }, 'ääääääääää'],
  ])('refuses a state larger than %s, and what is stored stays', async (_, options, text) => {
    const { state, context, stored } = setUp({ ...SEED }, options)
    ;(await state.load(context)).text = text
    await expect(state.saveChanges(context)).rejects.toMatchObject({ code: 'STATE_TOO_LARGE' })
    expect(stored()).toEqual({ count: 1, eTag: '5' })
  })

  test('writes a state of any size when told so', async () => {
    const { state, context, stored } = setUp({}, { maxBytes: Infinity })
    ;(await state.load(context)).text = 'x'.repeat(1024 * 1024)
    await state.saveChanges(context)
    expect(stored()).toMatchObject({ text: expect.stringMatching(/^x+$/) })
  })

  test('when writing fails, the change is still to be saved', async () => {
    const { storage, state, context, stored } = setUp({ ...SEED })
    ;(await state.load(context)).count = 2
    storage.gate = Promise.reject(new Error('down'))
    await expect(state.saveChanges(context)).rejects.toThrow('down')
    storage.gate = Promise.resolve()
    await state.saveChanges(context)
    expect(stored()).toMatchObject({ count: 2 })
  })
})

describe('clear', () => {
  test('empties the state at once, and the storage when saved', async () => {
    const { state, context, stored } = setUp({ ...SEED })
    await state.load(context)
    await state.clear(context)
    expect(state.get(context)).toEqual({})
    expect(stored()).toMatchObject({ count: 1 })
    await state.saveChanges(context)
    expect(stored()).toEqual({ eTag: '6' })
  })

  test('also empties what was not loaded', async () => {
    const { state, context, stored } = setUp({ ...SEED })
    await state.clear(context)
    await state.saveChanges(context)
    expect(stored()).toEqual({ eTag: '6' })
  })

  test('is written even when the state was empty', async () => {
    const { storage, state, context } = setUp()
    await state.load(context)
    await state.clear(context)
    await state.saveChanges(context)
    expect(storage.writes).toHaveLength(1)
  })

  test('after a save of the same turn does not conflict with it', async () => {
    const { state, context, stored } = setUp({ ...SEED })
    ;(await state.load(context)).count = 2
    await state.saveChanges(context)
    await state.clear(context)
    await state.saveChanges(context)
    expect(stored()).toEqual({ eTag: '7' })
  })
})

test.each(['clear', 'delete'] as const)('%s of what is no context rejects, and nothing else does', async (method) => {
  const unheard: unknown[] = []
  const listen = (error: unknown): number => unheard.push(error)
  process.on('unhandledRejection', listen)
  const state = new BotState(new MemoryStorage(), async () => 'key')
  await expect(state[method]({} as TurnContext)).rejects.toThrow(TypeError)
  await new Promise((resolve) => setImmediate(resolve))
  process.off('unhandledRejection', listen)
  expect(unheard).toEqual([])
})

describe('delete', () => {
  test('removes the state from the storage and from the turn', async () => {
    const { storage, state, context, stored } = setUp({ ...SEED })
    ;(await state.load(context)).count = 2
    await state.delete(context)
    expect(state.get(context)).toBeUndefined()
    expect(stored()).toBeUndefined()
    await state.saveChanges(context)
    expect(storage.writes).toEqual([])
  })

  test('is fine when nothing was loaded or stored', async () => {
    const { state, context } = setUp()
    await expect(state.delete(context)).resolves.toBeUndefined()
  })

  test('lets the state begin anew in the same turn', async () => {
    const { state, context, stored } = setUp({ ...SEED })
    await state.delete(context)
    ;(await state.load(context)).fresh = true
    await state.saveChanges(context)
    expect(stored()).toMatchObject({ fresh: true })
    expect(stored()).not.toHaveProperty('count')
  })
})

test('what is in the turn is found through its stateKey, for code that knows of it', async () => {
  const { state, context } = setUp({ ...SEED })
  await state.load(context)
  const { stateKey } = state as unknown as { stateKey: symbol }
  expect(context.turnState.get(stateKey)).toMatchObject({ state: { count: 1 }, hash: expect.any(String) })
})
