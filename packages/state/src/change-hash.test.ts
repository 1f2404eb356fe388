import { calculateChangeHash } from './change-hash.ts'

describe('calculateChangeHash', () => {
  test('is equal for equal items and different for different ones', () => {
    expect(calculateChangeHash({ a: [1, { b: 2 }] })).toBe(calculateChangeHash({ a: [1, { b: 2 }] }))
    expect(calculateChangeHash({ a: 1 })).not.toBe(calculateChangeHash({ a: 2 }))
    expect(calculateChangeHash({ a: 1 })).toMatch(/^[0-9a-f]{64}$/)
  })

  test('does not look at the eTag', () => {
    expect(calculateChangeHash({ a: 1, eTag: '1' })).toBe(calculateChangeHash({ a: 1 }))
  })

  test('tolerates an item that contains itself, and sees changes in it', () => {
    const cyclic = (value: number): object => {
      const item: { list: unknown[]; value: number } = { list: [], value }
      item.list.push(item, { item })
      return item
    }
    expect(calculateChangeHash(cyclic(1))).toBe(calculateChangeHash(cyclic(1)))
    expect(calculateChangeHash(cyclic(1))).not.toBe(calculateChangeHash(cyclic(2)))
  })

  test('one object used twice is not a cycle', () => {
    const shared = { x: 1 }
    expect(calculateChangeHash({ a: shared, b: shared, c: [shared] })).toBe(
      calculateChangeHash({ a: { x: 1 }, b: { x: 1 }, c: [{ x: 1 }] }),
    )
  })
})
