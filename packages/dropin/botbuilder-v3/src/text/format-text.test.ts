import { formatText } from './format-text.ts'

test.each([
  ['100%', [], '100%'],
  ['%s and %s', ['a', 1], 'a and 1'],
  ['%2$s %1$s', ['a', 'b'], 'b a'],
  ['%(user.name)s', [{ user: { name: 'Ada' } }], 'Ada'],
  ['%5.1f|%-4s|%04d|%+d', [2.25159, 'x', 7, 5], '  2.3|x   |0007|+5'],
  ['%j %x %X %b %o %%', [{ a: 1 }, 255, 255, 5, 8], '{"a":1} ff FF 101 10 %'],
  ['%s', [() => 'called'], 'called'],
  ['%999999999d', [1], '%999999999d'],
])('%j with %j is %j', (text, args, expected) => {
  expect(formatText(text, args)).toBe(expected)
})
