import { TurnContext } from '@parley/core'
import type { BotAdapter } from '@parley/core'
import { AutoSaveStateMiddleware } from './auto-save-state-middleware.ts'
import { BotState } from './bot-state.ts'
import { BotStateSet } from './bot-state-set.ts'
import { MemoryStorage } from './memory-storage.ts'

function setUp(): { states: [BotState, BotState]; context: TurnContext; memory: { [key: string]: string } } {
  const memory: { [key: string]: string } = { a: '{"value":1}', b: '{"value":2}' }
  const storage = new MemoryStorage(memory)
  const context = new TurnContext({} as BotAdapter, { type: 'message' })
  return { states: [new BotState(storage, () => 'a'), new BotState(storage, () => 'b')], context, memory }
}

function valuesIn(memory: { [key: string]: string }): unknown[] {
  return Object.values(memory).map((text) => JSON.parse(text).value)
}

describe('BotStateSet', () => {
  test('loads and saves all its states', async () => {
    const { states, context, memory } = setUp()
    const set = new BotStateSet(states[0]).add(states[1])
    expect(set.botStates).toEqual(states)
    await set.loadAll(context)
    for (const state of states) state.get(context).value *= 10
    await set.saveAllChanges(context)
    expect(valuesIn(memory)).toEqual([10, 20])
  })

  test('forced, reads again and writes unchanged states', async () => {
    const { states, context, memory } = setUp()
    const set = new BotStateSet(...states)
    await set.loadAll(context)
    states[0].get(context).value = 10
    await set.loadAll(context, true)
    expect(states[0].get(context).value).toBe(1)
    await set.saveAllChanges(context, true)
    expect(Object.values(memory).every((text) => text.includes('eTag'))).toBe(true)
  })

  test('when one state cannot be saved, saves the others and rejects', async () => {
    const { states, context, memory } = setUp()
    const set = new BotStateSet(...states)
    await set.loadAll(context)
    states[0].get(context).value = 1n
    states[1].get(context).value = 20
    await expect(set.saveAllChanges(context)).rejects.toMatchObject({ code: 'STATE_NOT_SERIALIZABLE' })
    expect(valuesIn(memory)).toEqual([1, 20])
  })

  test('accepts anything that loads and saves', async () => {
    const double = { load: jest.fn(async () => {}), saveChanges: jest.fn(async () => {}) }
    const { context } = setUp()
    await new BotStateSet(double as never).saveAllChanges(context)
    expect(double.saveChanges).toHaveBeenCalledWith(context, false)
  })

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['an object that cannot load', { saveChanges: async () => {} }],
    ['an object that cannot save', { load: async () => {} }],
    ['a storage', new MemoryStorage()],
  ])('refuses %s as a state', (_, invalid) => {
    const expected = expect.objectContaining({
      code: 'STATE_NOT_BOT_STATE',
      message: "BotStateSet: a object was added that isn't an instance of BotState.",
    })
    expect(() => new BotStateSet(invalid as never)).toThrow(expected)
    expect(() => new AutoSaveStateMiddleware().add(invalid as never)).toThrow(expected)
  })
})

describe('AutoSaveStateMiddleware', () => {
  test('saves what changed once the turn is over', async () => {
    const { states, context, memory } = setUp()
    await new AutoSaveStateMiddleware(states[0]).add(states[1]).onTurn(context, async () => {
      await Promise.all(states.map((state) => state.load(context)))
      for (const state of states) state.get(context).value *= 10
      expect(valuesIn(memory)).toEqual([1, 2])
    })
    expect(valuesIn(memory)).toEqual([10, 20])
  })

  test('saves nothing of a turn that failed', async () => {
    const { states, context, memory } = setUp()
    const running = new AutoSaveStateMiddleware(...states).onTurn(context, async () => {
      ;(await states[0].load(context)).value = 10
      throw new Error('broken')
    })
    await expect(running).rejects.toThrow('broken')
    expect(valuesIn(memory)).toEqual([1, 2])
  })

  test('fails the turn whose state cannot be saved', async () => {
    const { states, context } = setUp()
    const running = new AutoSaveStateMiddleware(...states).onTurn(context, async () => {
      ;(await states[0].load(context)).value = 1n
    })
    await expect(running).rejects.toMatchObject({ code: 'STATE_NOT_SERIALIZABLE' })
  })

  test('its states can be reached', () => {
    const { states } = setUp()
    expect(new AutoSaveStateMiddleware(...states).botStateSet.botStates).toEqual(states)
  })
})
