import { stringify } from './stringify.ts'

test.each([
  [{ a: 1, d: new Date(0), n: null, u: undefined }, '{"a":1,"d":"1970-01-01T00:00:00.000Z","n":null}'],
  [{ n: null, z: 0, e: '' }, '{"n":null,"z":0,"e":""}'],
  ['x', '"x"'],
  [{ toJSON: () => ({ k: 1 }) }, '{"k":1}'],
])('without a circle it is JSON.stringify', (value, expected) => {
  expect(stringify(value)).toBe(expected)
})

test.each([undefined, null, '', 0, false])('of %p it makes an empty text', (value) => {
  expect(stringify(value)).toBe('')
})

test('the same object twice is no circle', () => {
  const same = { q: 1 }
  expect(stringify({ a: same, b: { c: same, d: [same] } })).toBe('{"a":{"q":1},"b":{"c":{"q":1},"d":[{"q":1}]}}')
})

test('a reference back is replaced by where it goes', () => {
  const inner: Record<string, unknown> = { z: 1 }
  inner['me'] = inner
  inner['list'] = [{ up: inner }]
  expect(stringify({ r: inner })).toBe('{"r":{"z":1,"me":"[Circular *.r]","list":[{"up":"[Circular *.r]"}]}}')
})

test('two objects that refer to each other are written once', () => {
  const a: Record<string, unknown> = { x: 1 }
  const b = { y: a }
  a['z'] = b
  expect(stringify({ a, b })).toBe('{"a":{"x":1,"z":{"y":"[Circular *.a]"}},"b":"[Circular *.a.z]"}')
})

test('a circle through the outermost object does not throw', () => {
  const value: Record<string, unknown> = { a: 1 }
  value['self'] = value
  expect(stringify(value)).toBe('{"a":1,"self":"[Circular *]"}')
})

test('an object may say what is written in its place', () => {
  class Client {
    readonly secret = 'hidden'
    readonly name = 'n'
    readonly self = this
    _replacer(value: Partial<Client>): unknown {
      return { name: value.name, isCopy: value !== this }
    }
  }
  expect(stringify(new Client())).toBe('{"name":"n","isCopy":true}')
  expect(stringify({ c: new Client() })).toBe('{"c":{"name":"n","isCopy":true}}')
})

test('a replacer and indentation are passed on', () => {
  expect(stringify({ a: 1, b: 2 }, (key, value: unknown) => (key === 'a' ? 9 : value))).toBe('{"a":9,"b":2}')
  expect(stringify([1], undefined, 2)).toBe('[\n  1\n]')
})
