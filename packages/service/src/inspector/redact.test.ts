import { HIDDEN, redactHeaders, redactText } from './redact.ts'
import { storeMessage } from './stored-message.ts'

const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJhcHBpZCI6ImEifQ.c2lnbmF0dXJl'

test.each([
  [`{"access_token":"${JWT}","expires_in":3599}`, `{"access_token":"${HIDDEN}","expires_in":3599}`],
  ['{"token" : "opaque \\" quoted"}', `{"token" : "${HIDDEN}"}`],
  ['{"token":"cut off in the mid', `{"token":"${HIDDEN}"`],
  ['{"continuationToken":"5"}', '{"continuationToken":"5"}'],
  [`{"value":{"a":"${JWT}"}}`, `{"value":{"a":"${HIDDEN}"}}`],
  [`"${JWT.slice(0, 30)}`, `"${HIDDEN}`],
  [
    '{"name":"signin/verifyState","value":{"state":"123456"}}',
    `{"name":"signin/verifyState","value":{"state":"${HIDDEN}"}}`,
  ],
  ['{"error":{"code":"BadArgument"}}', '{"error":{"code":"BadArgument"}}'],
  [
    'grant_type=client_credentials&client_secret=s3%20cret&client_id=a',
    `grant_type=client_credentials&client_secret=${HIDDEN}&client_id=a`,
  ],
  ['client_assertion_type=x&client_assertion=y', `client_assertion_type=x&client_assertion=${HIDDEN}`],
  ['/a?watermark=1&t=abc', `/a?watermark=1&t=${HIDDEN}`],
  ['/a?code=123456&userId=u', `/a?code=${HIDDEN}&userId=u`],
  [
    '{"url":"http://x/sign-in?signin=abc&code_challenge=d"}',
    `{"url":"http://x/sign-in?signin=${HIDDEN}&code_challenge=${HIDDEN}"}`,
  ],
  ['{"text":"the-known-secret, said aloud"}', `{"text":"${HIDDEN}, said aloud"}`],
])('%s is kept as %s', (text, expected) => {
  expect(redactText(text, ['the-known-secret'])).toBe(expected)
})

test('credentials in headers lose all but their scheme', () => {
  const headers = {
    Authorization: 'Bearer abc',
    Cookie: 'a=b',
    'X-Other': ['x', 'y'],
    'Content-Length': 3,
    Gone: undefined,
  }
  expect(redactHeaders(headers)).toEqual({
    authorization: `Bearer ${HIDDEN}`,
    cookie: HIDDEN,
    'x-other': 'x,y',
    'content-length': '3',
  })
  expect(redactHeaders({ authorization: 'abc' })).toEqual({ authorization: HIDDEN })
})

test.each([60, 64, 100])('a secret that begins %i bytes into a body cut at 64 is not kept in part', (place) => {
  const body = Buffer.from(`${'x'.repeat(place)} the-known-secret ${'y'.repeat(100)}`)
  const options = { maxBodyBytes: 64, secrets: ['the-known-secret'] }
  const stored = storeMessage({ headers: { 'content-type': 'text/plain' }, body }, options)
  expect(stored).toMatchObject({ bytes: body.length, truncated: true })
  expect(stored.text).not.toContain('the')
  expect(stored.text).toHaveLength(64)
})

test('a file is not kept, only how long it is', () => {
  const message = { headers: { 'content-type': 'image/png' }, body: Buffer.from('png') }
  expect(storeMessage(message, { maxBodyBytes: 64, secrets: [] })).toEqual({ headers: message.headers, bytes: 3 })
})
