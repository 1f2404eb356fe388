import { EntityRecognizer } from './entity-recognizer.ts'

test.each([
  ['yes please', true],
  ['1', true],
  ['no way', false],
  ['2', false],
  ['yesterday', undefined],
  ['', undefined],
])('%j is %s as a boolean', (text, expected) => {
  expect(EntityRecognizer.parseBoolean(text)).toBe(expected)
})

test.each([
  ['red|green|blue', 'the green one', { index: 1, entity: 'green', score: 0.5 + 5 / 13 }],
  ['red|green|blue', 'gree', { index: 1, entity: 'green', score: 0.8 }],
  [['New York', 'York'], 'new york', { index: 0, entity: 'New York', score: 1 }],
  ['one two three', 'three two one please', { index: 0, entity: 'one two three', score: 11 / 13 }],
  ['red|green', 'purple', undefined],
])('the best match of %j for %j is %j', (choices, text, expected) => {
  expect(EntityRecognizer.findBestMatch(choices, text)).toEqual(expected)
})

const REF = new Date(2020, 0, 15, 12)

test.each([
  ['2020-03-04', new Date(2020, 2, 4, 12)],
  ['on 3/4/2020 5:06 PM please', new Date(2020, 2, 4, 17, 6)],
  ['March 4, 2020', new Date(2020, 2, 4, 12)],
  ['4 March 2020', new Date(2020, 2, 4, 12)],
  ['2020-03-04T10:11:12+02:00', new Date(Date.UTC(2020, 2, 4, 8, 11, 12))],
  ['at 17:30', new Date(2020, 0, 15, 17, 30)],
  ['tomorrow at 5pm', new Date(2020, 0, 16, 17)],
  ['tomorrow at 9', new Date(2020, 0, 16, 9)],
  ['in 5 minutes', new Date(2020, 0, 15, 12, 5)],
  ['2 days ago', new Date(2020, 0, 13, 12)],
  ['friday', new Date(2020, 0, 17, 12)],
  ['next friday', new Date(2020, 0, 24, 12)],
  ['noon', new Date(2020, 0, 15, 12)],
])('%j is %s', (text, expected) => {
  expect(EntityRecognizer.resolveTime([EntityRecognizer.recognizeTime(text, REF)])).toEqual(expected)
})

test.each(['blue', '', '31/31/2020', '2020-02-31'])('%j is no time', (text) => {
  expect(EntityRecognizer.parseTime(text)).toBeNull()
})

test.each([
  ['5', 5],
  ['about -3.5 or so', -3.5],
  ['first', 1],
  ['x', Number.NaN],
])('%j is the number %d', (text, expected) => {
  expect(EntityRecognizer.parseNumber(text)).toBe(expected)
})
