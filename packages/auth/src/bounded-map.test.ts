import { BoundedMap } from './bounded-map.ts'

test('a full map forgets the entry that was unused for longest', () => {
  const map = new BoundedMap<string, number>(2)
  map.set('a', 1)
  map.set('b', 2)
  map.get('a')
  map.set('c', 3)
  expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([1, undefined, 3])
  expect(map.size).toBe(2)
})

test('setting an entry again makes no other one leave', () => {
  const map = new BoundedMap<string, number>(2)
  map.set('a', 1)
  map.set('b', 2)
  map.set('b', 3)
  expect([map.get('a'), map.get('b')]).toEqual([1, 3])
})

test('a deleted entry is gone', () => {
  const map = new BoundedMap<string, number>(2)
  map.set('a', 1)
  map.delete('a')
  expect(map.get('a')).toBeUndefined()
})

test('ten thousand further keys leave it as large as it was', () => {
  const map = new BoundedMap<number, number>(100)
  for (let key = 0; key < 10_000; key += 1) map.set(key, key)
  expect(map.size).toBe(100)
})
