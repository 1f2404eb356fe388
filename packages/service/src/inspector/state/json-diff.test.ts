import { diffJson } from './json-diff.ts'

test.each<[unknown, unknown, unknown[]]>([
  [{ a: 1 }, { a: 1 }, []],
  [undefined, { a: 1 }, [{ path: '', after: { a: 1 } }]],
  [{ a: 1 }, undefined, [{ path: '', before: { a: 1 } }]],
  [
    { a: 1, b: 2 },
    { a: 2, c: 3 },
    [
      { path: '/a', before: 1, after: 2 },
      { path: '/b', before: 2 },
      { path: '/c', after: 3 },
    ],
  ],
  [
    { a: { b: [1, 2, 3] } },
    { a: { b: [1, 4] } },
    [
      { path: '/a/b/1', before: 2, after: 4 },
      { path: '/a/b/2', before: 3 },
    ],
  ],
  [{ a: [1] }, { a: { 0: 1 } }, [{ path: '/a', before: [1], after: { 0: 1 } }]],
  [{ a: null }, { a: {} }, [{ path: '/a', before: null, after: {} }]],
  [{ 'a/b~c': 1 }, { 'a/b~c': 2 }, [{ path: '/a~1b~0c', before: 1, after: 2 }]],
  [{ constructor: 1 }, {}, [{ path: '/constructor', before: 1 }]],
])('%j and %j differ in %j', (before, after, changes) => {
  expect(diffJson(before, after)).toEqual(changes)
})

test('of many changes the first are told', () => {
  const many = Array.from({ length: 1000 }, (_, index) => index)
  expect(
    diffJson(
      many,
      many.map((value) => -value - 1),
    ),
  ).toHaveLength(200)
})

test('what is very deep is compared as a whole', () => {
  const deep = (leaf: number): unknown => Array.from({ length: 100 }).reduce<unknown>((inner) => ({ a: inner }), leaf)
  const [change] = diffJson(deep(1), deep(2))
  expect(change?.path.length).toBe(64)
  expect(diffJson(deep(1), deep(1))).toEqual([])
})
