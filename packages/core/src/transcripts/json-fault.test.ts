import { jsonFaultAt, lineAndColumn } from './json-fault.ts'
import { parseConversation } from './parse-conversation.ts'

test.each([
  ['[1, 2', '1:6'],
  ['[1,]', '1:4'],
  ['{"a": 1,\n "b" 2}', '2:6'],
  ['{"a": 1,\n b: 2}', '2:2'],
  ['[{"a": [1, {"b": nul}]}]', '1:18'],
  ['["a\tb"]', '1:2'],
  ['["a\\x"]', '1:2'],
  ['[1}', '1:3'],
  ['[] []', '1:4'],
  ['', '1:1'],
  ['[01]', '1:3'],
])('%j stops being JSON at %s', (text, place) => {
  expect(() => JSON.parse(text)).toThrow(SyntaxError)
  expect(lineAndColumn(text, jsonFaultAt(text))).toBe(place)
})

test('what is JSON has no fault before its end', () => {
  const text = JSON.stringify([{ a: [1, -2.5e10, true, null, 'x"\\\n', {}, []], b: { c: 'ä' } }], undefined, 2)
  expect(jsonFaultAt(text)).toBe(text.length)
})

test('a string of many megabytes is passed over', () => {
  const text = `["${'a\\n'.repeat(4_000_000)}", }`
  expect(jsonFaultAt(text)).toBe(text.length - 1)
})

test('a transcript of many activities is read, and its last one has the right line', async () => {
  const activity = JSON.stringify({ type: 'message', text: 'x'.repeat(100), from: { id: 'u', role: 'user' } })
  const text = `[\n${Array(100_000).fill(activity).join(',\n')}\n]`
  const entries = await parseConversation(text, 'long.transcript', () =>
    Promise.reject(new Error('nothing is attached')),
  )
  expect(entries).toHaveLength(100_000)
  expect(entries.at(-1)?.line).toBe(100_001)
})
