import { defaultTokenizer } from './tokenizer.ts'

test.each([
  ['Hello  world', ['hello', 'world']],
  [' a.b-c ', ['a', 'b', 'c']],
  ["don't", ['don', 't']],
  ['ÀÉ_x', ['àé', 'x']],
  ['a1b2', ['a1b2']],
  ['日本語', ['日本語']],
  ['a😀b', ['a', '😀', 'b']],
  ['x 😀😀 y', ['x', '😀', '😀', 'y']],
  ['🇩🇪', ['🇩', '🇪']],
  ['👨‍👩‍👧', ['👨', '👩', '👧']],
  ['über-groß', ['über', 'groß']],
  ['$5.00', ['5', '00']],
  ['a\u200bb\u00a0c', ['a', 'b', 'c']],
  ['a\ud83db', ['a\ud83db']],
  ['\t\n', []],
  ['', []],
])('%j has the words %j', (text, words) => {
  expect(defaultTokenizer(text).map(({ normalized }) => normalized)).toEqual(words)
})

test('a word says where it is, its last character included', () => {
  expect(defaultTokenizer('Hi, 😀 BOB')).toEqual([
    { start: 0, end: 1, text: 'Hi', normalized: 'hi' },
    { start: 4, end: 5, text: '😀', normalized: '😀' },
    { start: 7, end: 9, text: 'BOB', normalized: 'bob' },
  ])
})
