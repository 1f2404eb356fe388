import * as fc from 'fast-check'
import { mutateJson } from './mutate-json.ts'

const text = '{"a":1,"b":[true,"x"]}'

test.each([
  ['drop', { kind: 'drop', at: 0, pick: 0 }, '"a":1,"b":[true,"x"]}'],
  ['double', { kind: 'double', at: 3, pick: 0 }, '{"a":11,"b":[true,"x"]}'],
  ['swap', { kind: 'swap', at: 3, pick: 8 }, '{"a":true,"b":[1,"x"]}'],
  ['replace', { kind: 'replace', at: 3, pick: 0 }, '{"a":null,"b":[true,"x"]}'],
  ['insert', { kind: 'insert', at: 3, pick: 1 }, '{"a":true1,"b":[true,"x"]}'],
  ['value', { kind: 'value', at: 1, pick: 1 }, '{"a":1,"b":[true,"x"]}'],
] as const)('%s changes tokens', (_, mutation, expected) => {
  expect(mutateJson(text, [mutation])).toBe(expected)
})

test('a text whose values were replaced is still JSON', () => {
  const mutation = fc.record({ kind: fc.constant('value' as const), at: fc.nat(), pick: fc.nat() })
  fc.assert(
    fc.property(fc.json(), fc.array(mutation), (json, mutations) => void JSON.parse(mutateJson(json, mutations))),
  )
})
