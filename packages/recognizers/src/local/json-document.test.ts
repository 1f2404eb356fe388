import { JsonProblem, readJsonDocument } from './json-document.ts'

test.each([
  '{}',
  '[]',
  ' [1, -2.5e3, true, false, null, "a\\n\\u00e9\\"", {"a": {"b": []}}] ',
  '"text"',
  '0',
  '{"__proto__": 1, "constructor": [2]}',
])('%s is read as JSON.parse does', (text) => {
  expect(readJsonDocument(text).value).toEqual(JSON.parse(text))
})

test('a byte order mark is no fault', () => {
  expect(readJsonDocument('\ufeff[1]').value).toEqual([1])
})

test.each([
  ['{"a": 1,\n"b" 2}', 2, /a : is missing near "2}"/],
  ['{"a": 1\n"b": 2}', 2, /a , or } is missing near/],
  ['[1,\n2,\n]', 3, /a value is missing or has a fault near "]"/],
  ['[1 2]', 1, /a , or ] is missing/],
  ['{"a": 1,}', 1, /the name of a field is missing near "}"/],
  ['{a: 1}', 1, /the name of a field is missing/],
  ['{"a": "x\ny"}', 1, /does not end on its line/],
  ['["\\x"]', 1, /does not have there/],
  ['{"a": 1,\n\n"a": 2}', 3, /"a" is there twice/],
  ['[1] x', 1, /behind the end/],
  ['', 1, /a value is missing/],
  ['\n\n{', 3, /name of a field is missing near the end of the line/],
  ["{'a': 1}", 1, /name of a field/],
  ['// no\n{}', 1, /a value is missing/],
  ['['.repeat(100_000), 1, /nested too deeply/],
])('the fault of %.40j is in line %p', (text, line, message) => {
  const read = (): unknown => readJsonDocument(text)
  expect(read).toThrow(JsonProblem)
  expect(read).toThrow(expect.objectContaining({ line, message: expect.stringMatching(message) }))
})

test('it tells the lines of values', () => {
  const { lineOf } = readJsonDocument('{\n "a": [\n  1,\n  {"b": 2}\n ]\n}')
  expect([[], ['a'], ['a', 0], ['a', 1, 'b'], ['nope']].map((path) => lineOf(path))).toEqual([1, 2, 3, 4, undefined])
})
