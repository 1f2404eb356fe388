import * as fc from 'fast-check'
import { checkJsonDepth } from './check-json-depth.ts'

const isRefused = (text: string, maxDepth: number): boolean => {
  try {
    checkJsonDepth(text, maxDepth)
    return false
  } catch (error) {
    expect(error).toMatchObject({ code: 'BODY_DEPTH', status: 400 })
    return true
  }
}

/** Depth of a parsed value, a scalar being 0. */
const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0

test.each([
  ['objects and arrays alike', '{"a":[{"b":[]}]}', 4],
  ['what follows what was closed', '[[],[],{},[[]]]', 3],
  ['no brackets in strings', '["[[[[", "{{{{"]', 1],
  ['no brackets in keys', '{"[[{{":{"]]}}":1}}', 2],
  ['no brackets behind an escaped quote', String.raw`["\"[[[[\\\"[[", []]`, 2],
  ['brackets behind an escaped backslash', String.raw`["\\", [["\\\\"]]]`, 3],
  ['nothing behind a quote that nobody closes', '["[[[[', 1],
  ['a text that only closes', ']]]]]', 0],
])('counts %s', (_, text, depth) => {
  expect([isRefused(text, depth), depth > 0 && isRefused(text, depth - 1)]).toEqual([false, depth > 0])
})

test('agrees with a parser about any JSON', () => {
  const anyJson = fc.json({ maxDepth: 6, stringUnit: fc.constantFrom('"', '\\', '[', ']', '{', '}', 'x') })
  fc.assert(
    fc.property(anyJson, fc.nat(6), (text, maxDepth) => {
      expect(isRefused(text, maxDepth)).toBe(depthOf(JSON.parse(text)) > maxDepth)
    }),
  )
})
