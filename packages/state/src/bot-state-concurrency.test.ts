import { setTimeout as delay } from 'node:timers/promises'
import { TurnContext } from '@parley/core'
import type { BotAdapter } from '@parley/core'
import { temporaryTree } from 'test-support/temporary-tree'
import { BotState } from './bot-state.ts'
import type { BotStateOptions } from './bot-state.ts'
import { FileStorage } from './file-storage/file-storage.ts'
import { MemoryStorage } from './memory-storage.ts'
import type { Storage, StoreItems } from './storage.ts'

function turn(): TurnContext {
  return new TurnContext({} as BotAdapter, { type: 'message' })
}

/** Two turns that loaded the same state before either saved it. */
async function twoTurns(
  storage: MemoryStorage,
  options: BotStateOptions = {},
): Promise<{ state: BotState; one: TurnContext; other: TurnContext }> {
  const state = new BotState(storage, () => 'key', options)
  const [one, other] = [turn(), turn()]
  await state.load(one)
  await state.load(other)
  state.get(one).by = 'one'
  state.get(other).by = 'other'
  return { state, one, other }
}

async function storedIn(storage: MemoryStorage): Promise<StoreItems> {
  return (await storage.read(['key']))['key']
}

const conflict = { code: 'STATE_CONFLICT', message: 'Storage: error writing "key" due to eTag conflict.' }

describe('two turns that change one state', () => {
  test.each<[string, { [key: string]: string }]>([
    ['stored', { key: '{"eTag":"5"}' }],
    ['not stored yet', {}],
  ])('the one that saves last is refused when it was %s', async (_, memory) => {
    const storage = new MemoryStorage(memory)
    const { state, one, other } = await twoTurns(storage)
    await state.saveChanges(one)
    await expect(state.saveChanges(other)).rejects.toMatchObject(conflict)
    await expect(storedIn(storage)).resolves.toMatchObject({ by: 'one' })
  })

  test('the refused one can read again and repeat its change', async () => {
    const storage = new MemoryStorage()
    const { state, one, other } = await twoTurns(storage)
    await state.saveChanges(one)
    await expect(state.saveChanges(other)).rejects.toMatchObject(conflict)
    ;(await state.load(other, true)).also = 'other'
    await state.saveChanges(other)
    await expect(storedIn(storage)).resolves.toMatchObject({ by: 'one', also: 'other' })
  })

  test('a second save of one turn is refused when another came between', async () => {
    const storage = new MemoryStorage()
    const { state, one, other } = await twoTurns(storage)
    await state.saveChanges(one)
    await state.load(other, true)
    state.get(other).by = 'other'
    await state.saveChanges(other)
    state.get(one).again = true
    await expect(state.saveChanges(one)).rejects.toMatchObject(conflict)
    await expect(storedIn(storage)).resolves.toMatchObject({ by: 'other' })
  })

  test('emptying a state that another changed is refused', async () => {
    const storage = new MemoryStorage({ key: '{"eTag":"5"}' })
    const { state, one, other } = await twoTurns(storage)
    await state.saveChanges(one)
    await state.clear(other)
    await expect(state.saveChanges(other)).rejects.toMatchObject(conflict)
  })

  test('a state that another deleted is created again', async () => {
    const storage = new MemoryStorage({ key: '{"eTag":"5"}' })
    const { state, one, other } = await twoTurns(storage)
    await state.saveChanges(one)
    await state.delete(other)
    state.get(one).again = true
    await state.saveChanges(one)
    await expect(storedIn(storage)).resolves.toMatchObject({ by: 'one', again: true })
  })

  test('with lastWriterWins the one that saves last wins', async () => {
    const storage = new MemoryStorage({ key: '{"eTag":"5"}' })
    const { state, one, other } = await twoTurns(storage, { concurrency: 'lastWriterWins' })
    await state.saveChanges(one)
    await state.saveChanges(other)
    await expect(storedIn(storage)).resolves.toMatchObject({ by: 'other' })
    expect(state.get(other).eTag).toBe('*')
  })
})

test('a storage that reorders properties does not make a turn conflict with itself', async () => {
  class Sorting extends MemoryStorage {
    override async read(keys: string[]): Promise<StoreItems> {
      const items = await super.read(keys)
      for (const key of Object.keys(items))
        items[key] = Object.fromEntries(Object.entries(items[key]).sort(([a], [b]) => (a < b ? -1 : 1)))
      return items
    }
  }
  const state = new BotState(new Sorting(), () => 'key')
  const context = turn()
  Object.assign(await state.load(context), { b: 1, a: 2 })
  await state.saveChanges(context)
  state.get(context).a = 3
  await expect(state.saveChanges(context)).resolves.toBeUndefined()
})

class SlowStorage extends MemoryStorage {
  private readonly ms: number

  constructor(ms: number) {
    super()
    this.ms = ms
  }

  override async read(keys: string[]): Promise<StoreItems> {
    await delay(this.ms)
    return super.read(keys)
  }

  override async write(changes: StoreItems): Promise<void> {
    await delay(this.ms)
    await super.write(changes)
  }
}

/** Lets another write come between read and write, as often as it is told. */
class ContestedStorage extends MemoryStorage {
  contests = 0

  override async write(changes: StoreItems): Promise<void> {
    if (this.contests-- > 0) {
      const item = await storedIn(this)
      await super.write({ key: { ...item, eTag: '*', others: (item?.['others'] ?? 0) + 1 } })
    }
    await super.write(changes)
  }
}

describe('update', () => {
  test('changes the state and returns what the change returned', async () => {
    const storage = new MemoryStorage({ key: '{"count":1}' })
    const state = new BotState(storage, () => 'key')
    await expect(state.update(turn(), (properties) => ++properties.count)).resolves.toBe(2)
    await expect(storedIn(storage)).resolves.toMatchObject({ count: 2 })
  })

  test.each([1, 5])('repeats the change on what %s others wrote', async (contests) => {
    const storage = new ContestedStorage({ key: '{"count":0,"eTag":"5"}' })
    storage.contests = contests
    const state = new BotState(storage, () => 'key')
    const change = jest.fn((properties: { count: number }) => void properties.count++)
    await state.update(turn(), change)
    expect(change).toHaveBeenCalledTimes(contests + 1)
    await expect(storedIn(storage)).resolves.toMatchObject({ count: 1, others: contests })
  })

  test('gives up after 5 repetitions, and leaves no half change to be saved', async () => {
    const storage = new ContestedStorage()
    storage.contests = 6
    const state = new BotState(storage, () => 'key')
    const context = turn()
    const change = jest.fn((properties: { count: number }) => void (properties.count = 1))
    await expect(state.update(context, change)).rejects.toMatchObject(conflict)
    expect(change).toHaveBeenCalledTimes(6)
    await state.saveChanges(context)
    await expect(storedIn(storage)).resolves.not.toHaveProperty('count')
  })

  test('an error of the change is not repeated, and leaves no half change to be saved', async () => {
    const storage = new MemoryStorage()
    const state = new BotState(storage, () => 'key')
    const context = turn()
    const change = jest.fn(async (properties: { half: boolean }) => {
      properties.half = true
      throw new Error('broken')
    })
    await expect(state.update(context, change)).rejects.toThrow('broken')
    expect(change).toHaveBeenCalledTimes(1)
    await state.saveChanges(context)
    await expect(storedIn(storage)).resolves.toBeUndefined()
  })

  test('saves what the turn changed before, and does not repeat that', async () => {
    const storage = new MemoryStorage()
    const state = new BotState(storage, () => 'key')
    const context = turn()
    ;(await state.load(context)).before = true
    await state.update(context, (properties) => void (properties.during = true))
    await expect(storedIn(storage)).resolves.toMatchObject({ before: true, during: true })
  })

  test('works through accessors', async () => {
    const storage = new MemoryStorage()
    const state = new BotState(storage, () => 'key')
    const counter = state.createProperty<number>('count')
    const context = turn()
    await state.update(context, async () => counter.set(context, (await counter.get(context, 0)) + 1))
    await expect(storedIn(storage)).resolves.toMatchObject({ count: 1 })
  })

  test('compares also with lastWriterWins', async () => {
    const storage = new ContestedStorage({ key: '{"count":0,"eTag":"5"}' })
    storage.contests = 1
    const state = new BotState(storage, () => 'key', { concurrency: 'lastWriterWins' })
    await state.update(turn(), (properties) => void properties.count++)
    await expect(storedIn(storage)).resolves.toMatchObject({ count: 1, others: 1 })
  })

  test.each<[string, () => Storage]>([
    ['MemoryStorage', () => new MemoryStorage()],
    ['a storage that takes 5 ms', () => new SlowStorage(5)],
    ['FileStorage', () => new FileStorage(temporaryTree({}))],
  ])('100 turns that increment one counter at the same time make exactly 100 in %s', async (_, createStorage) => {
    const storage = createStorage()
    const state = new BotState(storage, () => 'key')
    const increment = (): Promise<number> =>
      state.update(turn(), (properties) => (properties.count = (properties.count ?? 0) + 1))
    const counts = await Promise.all(Array.from({ length: 100 }, increment))
    expect(counts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_each, index) => index + 1))
    await expect(storage.read(['key'])).resolves.toMatchObject({ key: { count: 100 } })
  })

  test('100 turns that have all read the counter before make exactly 100', async () => {
    const storage = new MemoryStorage()
    const state = new BotState(storage, () => 'key')
    const turns = Array.from({ length: 100 }, turn)
    await Promise.all(turns.map((context) => state.load(context)))
    const increment = (properties: { count?: number }): void => void (properties.count = (properties.count ?? 0) + 1)
    await Promise.all(turns.map((context) => state.update(context, increment)))
    await expect(storedIn(storage)).resolves.toMatchObject({ count: 100 })
  })

  test('8 hosts that increment one counter 25 times each make exactly 200', async () => {
    const memory = {}
    const increment = async (): Promise<void> => {
      const state = new BotState(new MemoryStorage(memory), () => 'key')
      for (let done = 0; done < 25;) {
        try {
          await state.update(turn(), (properties) => void (properties.count = (properties.count ?? 0) + 1))
          done++
        } catch (error) {
          if ((error as { code?: string }).code !== conflict.code) throw error
          await delay(1)
        }
      }
    }
    await Promise.all(Array.from({ length: 8 }, increment))
    await expect(storedIn(new MemoryStorage(memory))).resolves.toMatchObject({ count: 200 })
  })
})
