import { MAX_DATE_TIME_LENGTH, MAX_RECOGNIZED_LENGTH, TextRecognizers, textRecognizers } from './text-recognizers.ts'

const missing = (): never => {
  throw new Error("Cannot find module '@microsoft/recognizers-text-number'")
}

test('packages are loaded and models built at their first use, once', () => {
  const calls: string[] = []
  class NumberRecognizer {
    getNumberModel(culture: string): object {
      calls.push(culture)
      return { parse: () => [] }
    }
  }
  const number = (): object => {
    calls.push('load')
    return { NumberRecognizer }
  }
  const recognizers = new TextRecognizers({ number, dateTime: missing, choice: missing })
  expect(calls).toEqual([])
  for (const culture of ['en-us', 'fr-fr', 'en-us']) recognizers.numbers('one', culture)
  expect(calls).toEqual(['load', 'en-us', 'fr-fr'])
})

test('a package that cannot be loaded is named in a coded error', () => {
  const recognizers = new TextRecognizers({ number: missing, dateTime: missing, choice: missing })
  expect(() => recognizers.ordinals('first', 'en-us')).toThrow(
    expect.objectContaining({
      code: 'DIALOGS_RECOGNIZER_MISSING',
      packageName: '@microsoft/recognizers-text-number',
      message: expect.stringContaining('@microsoft/recognizers-text-number cannot be loaded'),
    }),
  )
})

test('a language that is unknown, or no tag at all, is taken for English', () => {
  for (const culture of ['xx-yy', 'not a tag', '']) {
    expect(textRecognizers.numbers('forty two', culture)).toMatchObject([{ resolution: { value: '42' } }])
  }
})

test.each([
  ['numbers', MAX_RECOGNIZED_LENGTH, '1'],
  ['ordinals', MAX_RECOGNIZED_LENGTH, 'first'],
  ['booleans', MAX_RECOGNIZED_LENGTH, 'yes'],
  ['dateTimes', MAX_DATE_TIME_LENGTH, 'tomorrow'],
] as const)('%s are looked for in texts of up to %i characters', (method, limit, word) => {
  expect(textRecognizers[method](word.padStart(limit), 'en-us')).toHaveLength(1)
  expect(textRecognizers[method](word.padStart(limit + 1), 'en-us')).toEqual([])
})

test('a relative date is relative to the reference', () => {
  const [found] = textRecognizers.dateTimes('tomorrow', 'en-us', new Date(2026, 10, 20))
  expect(found?.resolution['values']).toEqual([{ timex: '2026-11-21', type: 'date', value: '2026-11-21' }])
})
