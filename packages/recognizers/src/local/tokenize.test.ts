import { isBoundary, tokenize } from './tokenize.ts'

test.each([
  ['Hello, World!', ['hello', 'world']],
  ['ZÜRICH zürich Zurich', ['zurich', 'zurich', 'zurich']],
  ['Straße STRASSE', ['strasse', 'strasse']],
  ["l'hôtel, don’t", ['l', 'hotel', 'don', 't']],
  ['İstanbul ıstanbul', ['istanbul', 'istanbul']],
  ['ещё ещe', ['еще', 'ещe']],
  ['ﬁnd ２０', ['find', '20']],
  ['C# & C++', ['c', '#', '&', 'c', '+', '+']],
  ['東京へ行く', ['東', '京', 'へ', '行', 'く']],
  ['ピザpizza', ['ピ', 'ザ', 'pizza']],
  ['हिन्दी', ['हिन्दी']],
  ['👍🏽 ok', ['👍', '🏽', 'ok']],
  ['?!… --', []],
  ['', []],
])('%j consists of %j', (text, words) => {
  expect(tokenize(text).map((token) => token.text)).toEqual(words)
})

test('a token knows where it is in the text', () => {
  const text = '  Zürich, ﬁn 東京 👍'
  expect(tokenize(text).map(({ start, end }) => text.slice(start, end))).toEqual(['Zürich', 'ﬁn', '東', '京', '👍'])
})

test.each([
  ['abc', 0, true],
  ['abc', 1, false],
  ['abc', 3, true],
  ['a b', 1, true],
  ['a1', 1, false],
  ['e\u0301a', 1, false],
  ['東京', 1, true],
  ['a東', 1, true],
  ['𝒜b', 2, false],
])('in %j there is a boundary at %p: %p', (text, index, boundary) => {
  expect(isBoundary(text, index)).toBe(boundary)
})
