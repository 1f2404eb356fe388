import { assertStoreItems, isUnconditional } from './storage.ts'

describe('assertStoreItems', () => {
  test.each<[string, unknown]>([
    ['no items', {}],
    ['items', { a: { value: 1 }, b: {} }],
  ])('accepts %s', (_, value) => {
    expect(() => assertStoreItems(value)).not.toThrow()
  })

  test.each<[string, unknown, string]>([
    ['undefined', undefined, 'Changes are required when writing.'],
    ['null', null, 'Changes are required when writing.'],
    ['a text', 'a', 'Changes must be an object'],
    ['a list', [{}], 'Changes must be an object'],
    ['an item that is a number', { a: 1 }, '"a" is not an object'],
  ])('refuses %s', (_, value, message) => {
    expect(() => assertStoreItems(value)).toThrow(
      expect.objectContaining({ code: 'STATE_ARGUMENT', message: expect.stringContaining(message) }),
    )
  })
})

test.each([
  [undefined, true],
  [null, true],
  ['', true],
  ['*', true],
  ['1', false],
  ['absent', false],
])('the eTag %p replaces whatever is stored: %s', (eTag, expected) => {
  expect(isUnconditional(eTag)).toBe(expected)
})
