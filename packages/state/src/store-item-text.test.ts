import { storeItemText } from './store-item-text.ts'

describe('storeItemText', () => {
  test.each<[string, object, string]>([
    ['an item without its eTag', { a: 1, eTag: '5' }, '{"a":1}'],
    ['a Date as ISO 8601', { at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
    ['a Buffer as its bytes', { bytes: Buffer.from('a') }, '{"bytes":{"type":"Buffer","data":[97]}}'],
    [
      'an instance of a class by its properties',
      {
        user: new (class User {
          name = 'Ann'
        })(),
      },
      '{"user":{"name":"Ann"}}',
    ],
    ['nothing for functions and undefined', { f: () => {}, u: undefined, a: 1 }, '{"a":1}'],
    ['null for NaN', { n: NaN }, '{"n":null}'],
    ['one object used twice, twice', twice(), '{"a":{"x":1},"b":{"x":1}}'],
    ['an own property named __proto__', JSON.parse('{"__proto__":{"a":1}}'), '{"__proto__":{"a":1}}'],
  ])('has %s', (_, item, text) => {
    expect(storeItemText('key', item)).toBe(text)
  })

  test('has the eTag it is given in place of the own one', () => {
    expect(storeItemText('key', { eTag: 'old', a: 1 }, 'new')).toBe('{"eTag":"new","a":1}')
  })

  test.each<[string, object, string]>([
    ['a Map', { cart: new Map() }, 'its "cart" is a Map'],
    ['a WeakSet', { seen: new WeakSet() }, 'its "seen" is a Set'],
    ['a RegExp', { list: [{ pattern: /x/ }] }, 'its "pattern" is a RegExp'],
    ['a Promise', { later: Promise.resolve() }, 'its "later" is a Promise'],
    ['an Error', { last: new TypeError('x') }, 'its "last" is an Error'],
    ['an ArrayBuffer', { raw: new ArrayBuffer(1) }, 'its "raw" is binary data'],
    ['a bigint', { n: 1n }, 'holds a bigint'],
    ['a cycle', cyclic(), 'refers to itself'],
    ['a hundred thousand levels', nested(100_000), 'nested too deeply'],
  ])('refuses %s, naming the item and the reason', (_, item, reason) => {
    expect(() => storeItemText('the key', item)).toThrow(
      expect.objectContaining({
        code: 'STATE_NOT_SERIALIZABLE',
        key: 'the key',
        message: expect.stringMatching(new RegExp(`"the key".*${reason}`)),
      }),
    )
  })
})

function twice(): object {
  const shared = { x: 1 }
  return { a: shared, b: shared }
}

function cyclic(): object {
  const item: { self?: object } = {}
  item.self = { item }
  return item
}

function nested(levels: number): object {
  let item = {}
  for (let level = 0; level < levels; level++) item = { item }
  return item
}
