import { findValues } from './find-values.ts'
import { recognizeChoices } from './recognize-choices.ts'

const valuesOf = (...values: string[]) => values.map((value, index) => ({ value, index }))
const found = (...args: Parameters<typeof findValues>) => findValues(...args).map(({ resolution }) => resolution.value)

test('all words of a value must be said, in their order and not too far apart', () => {
  const values = valuesOf('Graphic Design Institute')
  expect(found('the institute', values)).toEqual([])
  expect(found('design graphic institute', values)).toEqual([])
  expect(found('graphic and design of institute', values)).toEqual(['Graphic Design Institute'])
  expect(found('graphic a b c design institute', values)).toEqual([])
  expect(found('graphic a b c design institute', values, { maxTokenDistance: 3 })).toEqual(['Graphic Design Institute'])
  expect(found('the institute', values, { allowPartialMatches: true })).toEqual(['Graphic Design Institute'])
})

test('what is exactly a value finds that, and nothing else', () => {
  expect(found('RED GREEN', valuesOf('red', 'green', 'red green'))).toEqual(['red green'])
})

test('the score says how many words were said, and how many between', () => {
  const [match] = findValues('option x B', valuesOf('option A', 'option B'))
  expect(match).toEqual({
    text: 'option x B',
    start: 0,
    end: 9,
    typeName: 'value',
    resolution: { value: 'option B', index: 1, score: 2 / 3 },
  })
})

test('values with one index are found once, in the order of what was said', () => {
  const values = [
    { value: 'big', index: 0 },
    { value: 'large', index: 0 },
    { value: 'red', index: 1 },
  ]
  expect(findValues('red large big', values).map(({ resolution }) => resolution.index)).toEqual([1, 0])
})

test('another tokenizer finds other words', () => {
  const tokenizer = (text: string) =>
    Array.from(text, (character, index) => ({ start: index, end: index, text: character, normalized: character }))
  expect(found('どれか赤を', valuesOf('赤', '青'), { tokenizer })).toEqual(['赤'])
})

test('nothing said finds nothing, whatever stands for it', () => {
  for (const nothing of ['', undefined, null] as string[]) {
    expect(findValues(nothing, valuesOf('', 'a'))).toEqual([])
    expect(recognizeChoices(nothing, ['a'])).toEqual([])
  }
})

test('no choice is looked for in more than 4 000 characters', () => {
  expect(recognizeChoices('red'.padStart(4000), ['red'])).toHaveLength(1)
  expect(recognizeChoices('red'.padStart(4001), ['red'])).toEqual([])
})
