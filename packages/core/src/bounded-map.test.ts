import { BoundedMap } from './bounded-map.ts'

function filled(count: number, maxEntries: number): BoundedMap<number, string> {
  const map = new BoundedMap<number, string>(maxEntries)
  for (let key = 0; key < count; key += 1) map.set(key, `value ${key}`)
  return map
}

test('ten thousand entries leave it no larger than it may be', () => {
  const map = new BoundedMap<number, number>(100)
  for (let key = 0; key < 10_000; key += 1) {
    map.set(key, key)
    expect(map.size).toBeLessThanOrEqual(100)
  }
})

test('the half that was set last is there', () => {
  const map = filled(1_000, 100)
  for (let key = 950; key < 1_000; key += 1) expect(map.get(key)).toBe(`value ${key}`)
  expect(map.get(0)).toBeUndefined()
})

test('an entry in use stays, however many others come', () => {
  const map = filled(1, 100)
  for (let key = 1; key < 1_000; key += 1) {
    map.set(key, 'other')
    if (key % 25 === 0) map.get(0)
  }
  expect(map.get(0)).toBe('value 0')
})

test('setting an entry again replaces it and makes no other one leave', () => {
  const map = filled(4, 8)
  for (let round = 0; round < 100; round += 1) map.set(3, `round ${round}`)
  expect([0, 1, 2, 3].map((key) => map.get(key))).toEqual(['value 0', 'value 1', 'value 2', 'round 99'])
  expect(map.size).toBe(4)
})

test('a deleted entry is gone, wherever it was', () => {
  const map = filled(6, 8)
  map.delete(0)
  map.delete(5)
  expect([map.get(0), map.get(5), map.size]).toEqual([undefined, undefined, 4])
})
