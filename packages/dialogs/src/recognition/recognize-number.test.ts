import { recognizeNumber } from './recognize-number.ts'

test.each([
  ['1.500,5', 'de-de', 1500.5],
  ['1.500', 'de-de', 1500],
  ['1,5', 'de-de', 1.5],
  ['3.5', 'de-de', 3.5],
  ['1,500.5', 'de-de', 1500.5],
  ['ich zahle 1.234.567,89 Euro', 'de-de', 1234567.89],
  ['-3,25', 'nl-nl', -3.25],
  ['1/2', 'de-de', 0.5],
  ['two', 'de-de', 2],
  ['3,5 million', 'de-de', 3_500_000],
  ['1.500', 'it-it', 1500],
  ['1,500.5', 'en-us', 1500.5],
  ['1.500,5', 'es-es', 1500.5],
  ['1.500,5', 'es-mx', 1500.5],
  ['1,500.5', 'not a tag', 1500.5],
  ['12345678901234567890', 'en-us', 12345678901234567000],
  ['12345678901234567890', 'es-es', 12345678901234567000],
  ['nothing', 'en-us', undefined],
])('"%s" in %s is %d', (text, culture, number) => {
  expect(recognizeNumber(text, culture)).toBe(number)
})
