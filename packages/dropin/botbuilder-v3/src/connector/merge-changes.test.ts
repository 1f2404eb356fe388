import { mergeChanges } from './merge-changes.ts'

test.each([
  ['what nobody else changed', { a: 1 }, { a: 2 }, { a: 1 }, { a: 2 }],
  ['what only another changed', { a: 1 }, { a: 1 }, { a: 3 }, { a: 3 }],
  ['what both changed, in different names', { a: 1, b: 1 }, { a: 2, b: 1 }, { a: 1, b: 2 }, { a: 2, b: 2 }],
  ['what both changed, in one name', { a: 1 }, { a: 2 }, { a: 3 }, { a: 2 }],
  ['what was taken away', { a: 1, b: 1 }, { b: 1 }, { a: 1, b: 1, c: 1 }, { b: 1, c: 1 }],
  ['what began with nothing', null, { a: 1 }, { b: 1 }, { a: 1, b: 1 }],
  ['what is no object', 'x', 'y', 'z', 'y'],
])('%s is kept', (_what, base, mine, stored, expected) => {
  expect(mergeChanges(base, mine, stored)).toEqual(expected)
})
