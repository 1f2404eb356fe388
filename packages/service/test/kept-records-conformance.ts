import type { Clock } from '../src/clock.ts'
import type { KeptRecords, NewRecord } from '../src/store/kept-records.ts'

/** What every {@link KeptRecords} has to fulfil. `open` makes an empty one that keeps at most `maxRecords` of each kind. */
export function keptRecordsConformance(name: string, open: (clock: Clock, maxRecords?: number) => KeptRecords): void {
  describe(`records in ${name}`, () => {
    let now: number
    let records: KeptRecords
    const clock: Clock = { now: () => now }
    const token = (more: Partial<NewRecord> = {}): NewRecord => ({
      kind: 'user-token',
      owner: 'ada',
      name: 'graph',
      value: { a: 1 },
      expiresAt: 2_000,
      ...more,
    })

    beforeEach(() => {
      now = 1_000
      records = open(clock)
    })

    test('a record is read under its kind, owner and name, and no other', () => {
      records.put(token())
      expect(records.get('user-token', 'ada', 'graph')).toEqual({ a: 1 })
      expect(records.get('sign-in', 'ada', 'graph')).toBeUndefined()
      expect(records.get('user-token', 'eve', 'graph')).toBeUndefined()
      expect(records.get('user-token', 'ada', 'mail')).toBeUndefined()
    })

    test('what was read can be changed without changing what is kept', () => {
      records.put(token())
      ;(records.get('user-token', 'ada', 'graph') as { a: number }).a = 2
      expect(records.get('user-token', 'ada', 'graph')).toEqual({ a: 1 })
    })

    test('a record that is put again replaces the one before', () => {
      records.put(token())
      records.put(token({ value: 'two', expiresAt: 3_000 }))
      now = 2_500
      expect(records.list('user-token', 'ada')).toEqual([{ name: 'graph', value: 'two' }])
    })

    test("an owner's records are listed in the order of their names", () => {
      for (const each of ['b', 'a', 'c']) records.put(token({ name: each }))
      records.put(token({ owner: 'eve', name: 'd' }))
      expect(records.list('user-token', 'ada').map((record) => record.name)).toEqual(['a', 'b', 'c'])
      expect(records.list('user-token', 'nobody')).toEqual([])
    })

    test('a record is read until its end, whether or not it was forgotten', () => {
      records.put(token())
      now = 1_999
      expect(records.get('user-token', 'ada', 'graph')).toBeDefined()
      now = 2_000
      expect(records.get('user-token', 'ada', 'graph')).toBeUndefined()
      expect(records.list('user-token', 'ada')).toEqual([])
    })

    test('what has ended is forgotten, and only that', () => {
      records.put(token())
      records.put(token({ kind: 'sign-in', expiresAt: 3_000 }))
      records.forgetExpired(2_000)
      expect(records.remove('user-token', 'ada', 'graph')).toBe(false)
      expect(records.remove('sign-in', 'ada', 'graph')).toBe(true)
    })

    test('a record is removed once', () => {
      records.put(token())
      expect([records.remove('user-token', 'ada', 'graph'), records.remove('user-token', 'ada', 'graph')]).toEqual([
        true,
        false,
      ])
      expect(records.get('user-token', 'ada', 'graph')).toBeUndefined()
    })

    test('when there are too many of a kind, those that end first go', () => {
      records = open(clock, 2)
      records.put(token({ kind: 'consent' }))
      for (const [each, expiresAt] of [
        ['long', 9_000],
        ['short', 3_000],
        ['middle', 5_000],
      ] as const) {
        records.put(token({ owner: each, expiresAt }))
      }
      const kept = ['long', 'short', 'middle'].filter((owner) => records.get('user-token', owner, 'graph'))
      expect(kept).toEqual(['long', 'middle'])
      expect(records.get('consent', 'ada', 'graph')).toBeDefined()
      records.put(token({ owner: 'long', value: 'new', expiresAt: 9_000 }))
      expect(records.get('user-token', 'middle', 'graph')).toBeDefined()
    })

    test('several writes are done as one, also within another', () => {
      const result = records.atomically(() =>
        records.atomically(() => {
          records.put(token())
          return records.remove('user-token', 'ada', 'graph')
        }),
      )
      expect(result).toBe(true)
    })
  })
}
