import { redactUrl } from './redact-url.ts'

test.each([
  ['/v3/conversations', '/v3/conversations'],
  ['/stream?watermark=-&t=eyJhbGciOi', '/stream?watermark=…&t=…'],
  ['/a?secret', '/a?secret=…'],
  ['/a?x=%0d%0afake', '/a?x=…'],
  ['/a?%0d%0afake=1', '/a?%0D%0Afake=…'],
  [`/${'x'.repeat(300)}`, `/${'x'.repeat(127)}`],
  ['/a\u009b2J\u2028b', '/a?2J?b'],
  [`/a?${'x'.repeat(31)}%F0%9F%98%80=1`, `/a?${'x'.repeat(31)}%=…`],
])('%j is logged as %j', (url, expected) => {
  expect(redactUrl(url)).toBe(expected)
})
