import { AnswerReader } from './answer-reader.ts'

function read(text: string, { method = 'POST', hasEnded = false } = {}): unknown {
  const reader = new AnswerReader()
  reader.add(Buffer.from(text, 'latin1'))
  const answer = reader.next(method, hasEnded)
  return answer && [answer.status, answer.body]
}

test.each<[string, string, object, unknown]>([
  ['a body with a length', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi', {}, [200, 'hi']],
  [
    'a body in chunks',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nh\r\n1\r\ni\r\n0\r\n\r\n',
    {},
    [200, 'hi'],
  ],
  ['a body that ends with the connection', 'HTTP/1.1 200 OK\r\n\r\nhi', { hasEnded: true }, [200, 'hi']],
  [
    'an interim answer before',
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
    {},
    [200, ''],
  ],
  ['no body to HEAD', 'HTTP/1.1 405 No\r\nContent-Length: 9\r\n\r\n', { method: 'HEAD' }, [405, '']],
  ['half a head', 'HTTP/1.1 200 OK\r\nContent-', {}, undefined],
  ['half a body', 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhi', {}, undefined],
  ['half a chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nh', {}, undefined],
  [
    'a letter across two chunks',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n1\r\n\u00c3\r\n1;x=y\r\n\u00a4\r\n0\r\nTrailer: x\r\n\r\n',
    {},
    [200, 'ä'],
  ],
  ['a body that may still go on', 'HTTP/1.1 200 OK\r\n\r\nhi', {}, undefined],
])('%s', (_, text, options, expected) => {
  expect(read(text, options)).toEqual(expected)
})

test('two answers on one connection come one after the other', () => {
  const reader = new AnswerReader()
  reader.add(Buffer.from('HTTP/1.1 401 No\r\nContent-Length: 1\r\n\r\naHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nb'))
  expect([reader.next('POST', false)?.body, reader.next('POST', false)?.body]).toEqual(['a', 'b'])
})

test.each([
  ['no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n\r\n'],
  ['a chunk without a size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhi\r\n0\r\n\r\n'],
  ['a chunk of a negative size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-2\r\n0\r\n\r\n'],
  ['a length that is no number', 'HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\nhi'],
  ['more than any bot has to say', `HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(9 * 1024 * 1024)}`],
])('%s is garbled, and no answer', (_, text) => {
  const reader = new AnswerReader()
  reader.add(Buffer.from(text, 'latin1'))
  expect(reader.next('POST', true)).toBeUndefined()
  expect(reader.isGarbled).toBe(true)
})
