import { withinTime } from './time-limit.ts'

/** Takes exponential time for what is no match. */
const ENDLESS = /^(a+)+$/

test('a task that takes too long is given up', () => {
  expect(withinTime(20, () => ENDLESS.test(`${'a'.repeat(60)}!`))).toBeUndefined()
})

test('what a task returns or throws is passed on', () => {
  expect(withinTime(1000, () => 'done')).toBe('done')
  expect(() =>
    withinTime(1000, () => {
      throw new RangeError('mine')
    }),
  ).toThrow(new RangeError('mine'))
})

test('a task may have a limited part', () => {
  const parts = withinTime(1000, () => [
    withinTime(20, () => ENDLESS.test(`${'a'.repeat(60)}!`)),
    withinTime(1000, () => 2),
  ])
  expect(parts).toEqual([undefined, 2])
})
