import { TurnContextStateCollection } from './turn-state.ts'

describe('TurnContextStateCollection', () => {
  test('is a map whose keys may be strings and symbols', () => {
    const key = Symbol('key')
    const state = new TurnContextStateCollection()
    state.set(key, 1).set('key', 2)
    expect([state.get(key), state.get('key'), state.get('other')]).toEqual([1, 2, undefined])
    expect(state).toBeInstanceOf(Map)
  })

  test('push covers a value until pop, which returns the covering one', () => {
    const state = new TurnContextStateCollection()
    state.set('key', 'first')
    state.push('key', 'second')
    state.push('key', 'third')
    expect(state.get('key')).toBe('third')
    expect(state.pop('key')).toBe('third')
    expect(state.get('key')).toBe('second')
    expect(state.pop('key')).toBe('second')
    expect(state.get('key')).toBe('first')
  })

  test('pop removes a key that nothing was under when it was pushed', () => {
    const state = new TurnContextStateCollection()
    state.push('key', 'value')
    expect(state.pop('key')).toBe('value')
    expect(state.has('key')).toBe(false)
  })

  test('pop without a push returns the value and removes the key', () => {
    const state = new TurnContextStateCollection()
    state.set('key', 'value')
    expect(state.pop('key')).toBe('value')
    expect(state.has('key')).toBe(false)
  })

  test('covered values are not among its entries', () => {
    const state = new TurnContextStateCollection()
    state.set('key', 'first')
    state.push('key', 'second')
    expect([...state]).toEqual([['key', 'second']])
  })
})
