import { MAX_RECOGNIZED_LENGTH, TextRecognizers, textRecognizers } from './text-recognizers.ts'

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
  ['numbers', 'one'],
  ['ordinals', 'first'],
  ['booleans', 'yes'],
  ['dateTimes', 'tomorrow'],
] as const)('%s are looked for in texts of up to 1 000 characters', (method, word) => {
  const patient = new TextRecognizers(undefined, 60_000)
  expect(patient[method](` ${word}`.padStart(MAX_RECOGNIZED_LENGTH, 'lorem '), 'en-us')).toHaveLength(1)
  expect(patient[method](` ${word}`.padStart(MAX_RECOGNIZED_LENGTH + 1, 'lorem '), 'en-us')).toEqual([])
})

test('a long text that would take forever is given up', () => {
  class NumberRecognizer {
    getNumberModel(): object {
      return { parse: (text: string) => [{ isFound: /^(a+)+$/.test(text.slice(40)) }] }
    }
  }
  const packages = { number: () => ({ NumberRecognizer }), dateTime: missing, choice: missing }
  expect(new TextRecognizers(packages, 20).numbers(`${'a'.repeat(100)}!`, 'en-us')).toEqual([])
  expect(new TextRecognizers(packages, 60_000).numbers(`${'a'.repeat(50)}!`, 'en-us')).toEqual([{ isFound: false }])
})

test.each([
  ['5', 0, 0],
  [' 007\n', 1, 3],
])('digits alone are a number and no ordinal, without a recognizer: %j', (text, start, end) => {
  const recognizers = new TextRecognizers({ number: missing, dateTime: missing, choice: missing })
  const resolution = { value: String(Number(text)) }
  expect(recognizers.numbers(text, 'fr-fr')).toEqual([
    { start, end, text: text.trim(), typeName: 'number', resolution },
  ])
  expect(recognizers.ordinals(text, 'fr-fr')).toEqual([])
})

test('a relative date is relative to the reference', () => {
  const [found] = textRecognizers.dateTimes('tomorrow', 'en-us', new Date(2026, 10, 20))
  expect(found?.resolution['values']).toEqual([{ timex: '2026-11-21', type: 'date', value: '2026-11-21' }])
})
