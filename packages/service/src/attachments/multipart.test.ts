import { boundaryOf, dispositionParameter, parseMultipart } from './multipart.ts'

const parse = (text: string, maxParts = 5): [string | undefined, string][] =>
  parseMultipart(Buffer.from(text), 'b', maxParts).map(({ headers, bytes }) => [headers.get('x'), bytes.toString()])

test.each<[string, string, [string | undefined, string][]]>([
  [
    'two parts',
    '--b\r\nX: 1\r\n\r\none\r\n--b\r\nx: 2\r\n\r\ntwo\r\n--b--\r\n',
    [
      ['1', 'one'],
      ['2', 'two'],
    ],
  ],
  ['a preamble and an epilogue', 'hello\r\n--b\r\nX: 1\r\n\r\none\r\n--b--\r\nbye', [['1', 'one']]],
  ['a part without a header', '--b\r\n\r\none\r\n--b--', [[undefined, 'one']]],
  ['an empty part', '--b\r\nX: 1\r\n\r\n\r\n--b--', [['1', '']]],
  ['blanks behind the boundary', '--b  \r\nX: 1\r\n\r\none\r\n--b--', [['1', 'one']]],
  [
    'line ends and almost boundaries inside',
    '--b\r\nX: 1\r\n\r\n\r\n\r\n--\r\n-b\r\n--b--',
    [['1', '\r\n\r\n--\r\n-b']],
  ],
  ['nothing', '--b--', []],
])('a body with %s is taken apart', (_, text, parts) => {
  expect(parse(text)).toEqual(parts)
})

test.each<[string, string]>([
  ['no boundary', 'hello'],
  ['no end', '--b\r\nX: 1\r\n\r\none'],
  ['no end of a header', '--b\r\nX: 1\r\n--b--'],
  ['a header that is none', '--b\r\nnonsense\r\n\r\none\r\n--b--'],
  ['an endless header', `--b\r\nX: ${'1'.repeat(9000)}\r\n\r\none\r\n--b--`],
])('a body with %s is refused', (_, text) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ status: 400, wireCode: 'BadSyntax' }))
})

test('10 000 parts are refused after the first ones', () => {
  const body = '--b\r\nX: 1\r\n\r\n.\r\n'.repeat(10_000)
  expect(() => parse(`${body}--b--`)).toThrow('at most 5 parts')
})

test.each<[string, string]>([
  ['multipart/form-data; boundary=abc', 'abc'],
  ['multipart/form-data; charset=utf-8; boundary="a b;c"', 'a b;c'],
])('the boundary of %s is %s', (contentType, boundary) => {
  expect(boundaryOf(contentType)).toBe(boundary)
})

test('a content type without boundary is refused', () => {
  expect(() => boundaryOf('multipart/form-data')).toThrow(expect.objectContaining({ status: 400 }))
})

test.each<[string | undefined, string | undefined]>([
  [undefined, undefined],
  ['form-data; name="file"', undefined],
  ['form-data; name="file"; filename="a b.png"', 'a b.png'],
  ['form-data; name="file"; filename=plain.png', 'plain.png'],
  ['form-data; filename="a \\"b\\".png"; name="file"', 'a "b".png'],
  [`attachment; filename="x.png"; filename*=UTF-8''%D0%90.png`, 'А.png'],
  [`attachment; filename*=UTF-8''%ff.png`, '%ff.png'],
])('the file name in %s is %s', (header, name) => {
  expect(dispositionParameter(header, 'filename')).toBe(name)
})
