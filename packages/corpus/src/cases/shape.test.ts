import { either, listOf, number, object, oneOf, text } from './shape.ts'
import type { Shape } from './shape.ts'

const person = object({ name: text }, { age: number })

test.each<[string, Shape, unknown]>([
  ['an object with what it must have', person, { name: 'Ann' }],
  ['an object with what it may have', person, { name: 'Ann', age: 7 }],
  ['a list', listOf(text), ['a']],
  ['one of some values', oneOf('a', null), null],
  ['the second of two shapes', either(text, number), 7],
])('%s is taken', (_, shape, value) => {
  expect(() => shape(value, 'it')).not.toThrow()
})

test.each<[string, Shape, unknown, string]>([
  ['an object without what it must have', person, {}, 'it is not an object with name.'],
  ['an object with a member nobody knows', person, { name: 'Ann', x: 1 }, 'it.x is not a member this corpus knows.'],
  ['a member of another kind', person, { name: 7 }, 'it.name is not a text.'],
  ['an item of another kind', listOf(text), ['a', 7], 'it[1] is not a text.'],
  ['a list instead of an object', person, [], 'it is not an object.'],
  ['none of some values', oneOf('a', 'b'), 'c', 'it is not one of a, b.'],
  ['none of two shapes', either(text, number), true, 'it is not a text. Or: it is not a number.'],
])('%s is refused', (_, shape, value, message) => {
  expect(() => shape(value, 'it')).toThrow(expect.objectContaining({ code: 'TESTING_CORPUS_INVALID', message }))
})
