import { expand } from './expand.ts'
import { toJsonText } from './json-text.ts'

const expansion = { names: { bot: 'b1', url: 'http://x/' }, nowSeconds: 1000 }

test.each<[string, unknown, string]>([
  ['a name', 'for {{bot}}', '"for b1"'],
  ['a name in the name of a member', { '{{bot}}': 1 }, '{"b1":1}'],
  ['a member that is absent', { a: { $absent: true }, b: 1 }, '{"b":1}'],
  ['a time', { exp: { $now: -60 } }, '{"exp":940}'],
  ['a time as text', { $nowText: 5 }, '"1005"'],
  ['a text many times', { $times: 3, $text: 'ab' }, '"ababab"'],
  ['JSON as it is', { a: { $json: '1e999' } }, '{"a":1e999}'],
  ['lists in each other', { $nested: 3, $of: 'array' }, '[[[]]]'],
  ['objects in each other', { $nested: 2, $of: 'object' }, '{"a":{"a":1}}'],
  ['copies', { $list: 2, $of: { u: '{{url}}' } }, '[{"u":"http://x/"},{"u":"http://x/"}]'],
  ['more members', { a: 1, $members: 2 }, '{"a":1,"m0":0,"m1":1}'],
  ['null, lists and objects', [null, { a: [true] }], '[null,{"a":[true]}]'],
])('%s', (_, template, json) => {
  expect(toJsonText(expand(template, expansion))).toBe(json)
})

test('a member named __proto__ stays one', () => {
  expect(toJsonText(expand(JSON.parse('{"__proto__":1}'), expansion))).toBe('{"__proto__":1}')
})

test('a name the world does not have is refused', () => {
  expect(() => expand('{{nobody}}', expansion)).toThrow(expect.objectContaining({ code: 'TESTING_CORPUS_INVALID' }))
})
