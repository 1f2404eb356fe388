import { query, segment } from './path.ts'

test.each([
  ['a Teams conversation', '19:abc@thread.tacv2;messageid=1700', '19%3Aabc%40thread.tacv2%3Bmessageid%3D1700'],
  ['a Direct Line activity', 'abc|0000001', 'abc%7C0000001'],
  ['an attack (O22)', '../../../admin/evil?x=1#', '..%2F..%2F..%2Fadmin%2Fevil%3Fx%3D1%23'],
  ['a backslash', '..\\..', '..%5C..'],
  ['already encoded text', '%2E%2E/%00', '%252E%252E%2F%2500'],
  ['line ends', 'a\r\nHost: evil', 'a%0D%0AHost%3A%20evil'],
  ['letters beyond ASCII', 'ünïcode 😀', '%C3%BCn%C3%AFcode%20%F0%9F%98%80'],
  ['half a surrogate pair', 'a\ud800b', 'a%EF%BF%BDb'],
])('%s becomes one segment', (_, id, expected) => {
  expect(segment('conversationId', id)).toBe(expected)
})

test.each([[''], ['.'], ['..'], [undefined], [null], [7], [{}]])('the id %p is refused by name', (id) => {
  expect(() => segment('activityId', id as string)).toThrow(
    expect.objectContaining({ code: 'CONNECTOR_ID_INVALID', parameter: 'activityId' }),
  )
})

test('a query leaves out what is not set and encodes the rest', () => {
  expect(query({ pageSize: 50, continuationToken: 'a&b=c#' })).toBe('?pageSize=50&continuationToken=a%26b%3Dc%23')
  expect(query({ pageSize: undefined, continuationToken: '' })).toBe('')
})
