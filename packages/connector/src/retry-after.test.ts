import { parseRetryAfter } from './retry-after.ts'

const DATE = 'Fri, 20 Nov 2026 10:00:00 GMT'

test.each([
  ['seconds', { 'retry-after': '1' }, 1_000],
  ['zero seconds', { 'retry-after': '0' }, 0],
  ['seconds with spaces', { 'retry-after': ' 12 ' }, 12_000],
  ['a date after the answer', { 'retry-after': 'Fri, 20 Nov 2026 10:00:07 GMT', date: DATE }, 7_000],
  ['a date before the answer', { 'retry-after': 'Fri, 20 Nov 2026 09:00:00 GMT', date: DATE }, 0],
  ['a past date without the date of the answer', { 'retry-after': 'Fri, 20 Nov 2020 10:00:00 GMT' }, 0],
  ['nothing', {}, undefined],
  ['an empty header', { 'retry-after': '' }, undefined],
  ['a negative number', { 'retry-after': '-5' }, undefined],
  ['words', { 'retry-after': 'soon' }, undefined],
])('%s is understood', (_, headers, expected) => {
  expect(parseRetryAfter(headers)).toBe(expected)
})
