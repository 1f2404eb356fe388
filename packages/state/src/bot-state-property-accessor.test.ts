import { TurnContext } from '@parley/core'
import type { BotAdapter } from '@parley/core'
import { BotState } from './bot-state.ts'
import { BotStatePropertyAccessor } from './bot-state-property-accessor.ts'
import { MemoryStorage } from './memory-storage.ts'

function setUp(item: object = {}): { state: BotState; context: TurnContext; memory: { key: string } } {
  const memory = { key: JSON.stringify(item) }
  const context = new TurnContext({} as BotAdapter, { type: 'message' })
  return { state: new BotState(new MemoryStorage(memory), () => 'key'), context, memory }
}

describe('createProperty', () => {
  test('makes an accessor with that name, which loads the state when it is used', async () => {
    const { state, context } = setUp({ count: 1 })
    const property = state.createProperty<number>('count')
    expect(property).toBeInstanceOf(BotStatePropertyAccessor)
    expect((property as BotStatePropertyAccessor).name).toBe('count')
    await expect(property.get(context)).resolves.toBe(1)
  })
})

describe('get', () => {
  test('is undefined when the property is not there, and leaves it so', async () => {
    const { state, context } = setUp()
    await expect(state.createProperty('count').get(context)).resolves.toBeUndefined()
    expect(state.get(context)).not.toHaveProperty('count')
  })

  test.each<[string, unknown]>([
    ['a number', 0],
    ['an empty text', ''],
    ['false', false],
    ['null', null],
    ['an object', { a: [1] }],
    ['a list', [{ a: 1 }]],
  ])('makes %s the property when it is not there', async (_, value) => {
    const { state, context } = setUp()
    const property = state.createProperty('value')
    await expect(property.get(context, value)).resolves.toEqual(value)
    await expect(property.get(context)).resolves.toEqual(value)
    expect(state.get(context)).toEqual({ value })
  })

  test('copies a default that is an object, so that it is not changed with the state', async () => {
    const { state, context } = setUp()
    const defaults = { list: [1] }
    const property = state.createProperty<{ list: number[] }>('value')
    ;(await property.get(context, defaults)).list.push(2)
    expect(defaults).toEqual({ list: [1] })
    await expect(property.get(context)).resolves.toEqual({ list: [1, 2] })
  })

  test('ignores a default when the property is there', async () => {
    const { state, context } = setUp({ zero: 0, nothing: null })
    await expect(state.createProperty('zero').get(context, 1)).resolves.toBe(0)
    await expect(state.createProperty('nothing').get(context, 1)).resolves.toBeNull()
  })

  test('a property set to undefined is there', async () => {
    const { state, context } = setUp()
    const property = state.createProperty('value')
    await property.set(context, undefined)
    await expect(property.get(context, 'default')).resolves.toBeUndefined()
  })

  test('returns the object in the state, so that it is changed in place', async () => {
    const { state, context, memory } = setUp({ user: { name: 'Ann' } })
    ;(await state.createProperty('user').get(context)).name = 'Ben'
    await state.saveChanges(context)
    expect(JSON.parse(memory.key)).toMatchObject({ user: { name: 'Ben' } })
  })

  test('refuses a default that cannot be copied as JSON', async () => {
    const { state, context } = setUp()
    const getting = state.createProperty('value').get(context, { map: new Map() })
    await expect(getting).rejects.toMatchObject({ code: 'STATE_NOT_SERIALIZABLE' })
  })

  test('several at once load the state once and see each other', async () => {
    const { state, context } = setUp()
    await Promise.all([state.createProperty('a').get(context, 1), state.createProperty('b').get(context, 2)])
    expect(state.get(context)).toEqual({ a: 1, b: 2 })
  })
})

describe('set and delete', () => {
  test('are stored when the state is saved', async () => {
    const { state, context, memory } = setUp({ gone: 1 })
    await state.createProperty('value').set(context, { a: 1 })
    await state.createProperty('gone').delete(context)
    expect(memory.key).toBe('{"gone":1}')
    await state.saveChanges(context)
    expect(JSON.parse(memory.key)).toEqual({ value: { a: 1 }, eTag: '1' })
  })

  test('deleting a property that is not there is fine', async () => {
    const { state, context } = setUp()
    await expect(state.createProperty('value').delete(context)).resolves.toBeUndefined()
  })
})

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s is a name like any other', async (name) => {
  const { state, context, memory } = setUp()
  const property = state.createProperty(name)
  await expect(property.get(context)).resolves.toBeUndefined()
  await expect(property.get(context, { value: 1 })).resolves.toEqual({ value: 1 })
  await property.set(context, { value: 2 })
  await state.saveChanges(context)
  expect(memory.key).toContain(`"${name}":{"value":2}`)
  await property.delete(context)
  await expect(property.get(context)).resolves.toBeUndefined()
})
