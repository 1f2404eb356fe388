import { EntryRing } from './entry-ring.ts'

function fill(ring: EntryRing<{ seq: number; bytes: number }>, count: number, bytes = 1): void {
  for (let added = 0; added < count; added += 1) ring.add({ seq: ring.nextSeq(), bytes })
}

const seqs = (entries: readonly { seq: number }[]): number[] => entries.map(({ seq }) => seq)

test('the oldest entries go when there are too many', () => {
  const ring = new EntryRing({ maxEntries: 3, maxBytes: 100 })
  fill(ring, 5)
  expect(seqs(ring.after(0))).toEqual([3, 4, 5])
  expect(ring.find(2)).toBeUndefined()
  expect(ring.find(3)?.seq).toBe(3)
})

test('the oldest entries go when all together are too big, and one that is too big alone goes itself', () => {
  const ring = new EntryRing({ maxEntries: 100, maxBytes: 10 })
  fill(ring, 4, 4)
  expect(seqs(ring.after(0))).toEqual([3, 4])
  fill(ring, 1, 11)
  expect(seqs(ring.after(0))).toEqual([])
  expect(ring.lastSeq).toBe(5)
})

test('entries are found behind a number, whether it is still there or not', () => {
  const ring = new EntryRing({ maxEntries: 100, maxBytes: 100 })
  fill(ring, 6)
  ring.remove(({ seq }) => seq % 2 === 0)
  expect([0, 1, 2, 5, 6, 9].map((seq) => seqs(ring.after(seq)))).toEqual([[1, 3, 5], [3, 5], [3, 5], [], [], []])
  expect(ring.find(4)).toBeUndefined()
})

test('room that entries left is used again', () => {
  const ring = new EntryRing({ maxEntries: 100, maxBytes: 4 })
  fill(ring, 4)
  ring.remove(() => true)
  fill(ring, 4)
  expect(seqs(ring.after(0))).toEqual([5, 6, 7, 8])
})
