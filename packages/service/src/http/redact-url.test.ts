import { redactUrl } from './redact-url.ts'

test.each([
  ['/v3/conversations', '/v3/conversations'],
  ['/stream?watermark=-&t=eyJhbGciOi', '/stream?watermark=…&t=…'],
  ['/a?secret', '/a?…'],
  ['/a?eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2ln', '/a?…'],
  ['/a?x=%0d%0afake', '/a?x=…'],
  ['/a?%0d%0afake=1', '/a?…'],
  [`/${'x'.repeat(300)}`, `/${'x'.repeat(127)}`],
  ['/a\u009b2J\u2028b', '/a?2J?b'],
  [`/a?${'x'.repeat(23)}%F0%9F%98%80=1`, '/a?…'],
  [`/a?${'b=1&'.repeat(20)}`, `/a?${Array.from({ length: 16 }, () => 'b=…').join('&')}`],
  ['/a?', '/a?…'],
])('%j is logged as %j', (url, expected) => {
  expect(redactUrl(url)).toBe(expected)
})
