import { createHash } from 'node:crypto'
import { assertStoreItems, calculateChangeHash } from './storage.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

describe('calculateChangeHash', () => {
  const circle: { self?: unknown } = {}
  circle.self = circle

  test.each<[string, object, string]>([
    ['an item', { a: 1 }, '{"a":1}'],
    ['an item, whatever its eTag', { a: 1, eTag: 'x' }, '{"a":1}'],
    ['an empty item', {}, '{}'],
    ['an item with a circle', { circle }, '{"circle":{"self":"[Circular *.circle]"}}'],
    ['an item with a replacer', { own: { secret: 1, _replacer: () => ({ shown: 2 }) } }, '{"own":{"shown":2}}'],
  ])('hashes %s', (_, item, text) => {
    expect(calculateChangeHash(item)).toBe(sha256(text))
  })
})

describe('assertStoreItems', () => {
  test.each([{}, { key: { a: 1 } }])('takes %p', (value) => {
    expect(() => assertStoreItems(value)).not.toThrow()
  })

  test.each([
    [null, 'null'],
    [undefined, 'undefined'],
    [[], 'array'],
    ['text', 'string'],
    [5, 'number'],
  ])('refuses %p', (value, kind) => {
    expect(() => assertStoreItems(value)).toThrow(new TypeError(`Expected object, received ${kind}`))
  })
})
