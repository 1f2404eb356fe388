import { HeapWatch } from './heap-watch.ts'

test('without a garbage collector to call nothing is measured', () => {
  const watch = new HeapWatch(undefined)
  for (let sample = 0; sample < 10; sample += 1) watch.sample()
  expect(watch.use).toBeUndefined()
})

test('the first samples do not count', () => {
  let collections = 0
  const watch = new HeapWatch(() => (collections += 1))
  for (let sample = 0; sample < 5; sample += 1) watch.sample()
  expect([collections, watch.use]).toEqual([5, undefined])
  watch.sample()
  expect(watch.use).toEqual({ beforeBytes: expect.any(Number), afterBytes: expect.any(Number) })
})
