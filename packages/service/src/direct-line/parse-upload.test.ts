import { array, assert, constantFrom, nat, oneof, property, record, string } from 'fast-check'
import type { IncomingMessage } from 'node:http'
import { ApiError } from '../http/api-error.ts'
import { parseUpload } from './parse-upload.ts'

const form = [
  '--b\r\nContent-Disposition: form-data; name="activity"; filename="blob"\r\nContent-Type: application/vnd.microsoft.activity\r\n\r\n',
  '{"type":"message","text":"look","attachments":[{"name":"a.png"}]}',
  '\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n',
  'PNG\r\n--b--\r\n',
].join('')

/** How a body is damaged: at a place, so many bytes are replaced by others. */
const damage = array(
  record({
    at: nat(form.length),
    length: nat(12),
    by: oneof(string(), constantFrom('\r\n', '--b', '--b--', '\r\n\r\n', '"', ';', ':', "filename*=utf-8''%")),
  }),
  { maxLength: 6 },
)

function parse(body: string, contentType = 'multipart/form-data; boundary=b'): unknown {
  const request = { headers: { 'content-type': contentType, 'content-disposition': body.slice(0, 200) } }
  return parseUpload(request as unknown as IncomingMessage, Buffer.from(body))
}

function outcomeOf(work: () => unknown): string {
  try {
    work()
    return 'taken'
  } catch (error) {
    return error instanceof ApiError && error.status < 500 ? 'refused' : String(error)
  }
}

test('a form that is whole is taken apart', () => {
  expect(parse(form)).toMatchObject({
    activity: { text: 'look' },
    files: [{ name: 'a.png', contentType: 'image/png' }],
  })
})

test('a form that is damaged is taken or refused, and never fails', () => {
  assert(
    property(damage, (cuts) => {
      const body = cuts.reduce((text, { at, length, by }) => text.slice(0, at) + by + text.slice(at + length), form)
      expect(['taken', 'refused']).toContain(outcomeOf(() => parse(body)))
    }),
    { numRuns: 3000 },
  )
})

test('any content type and any body is taken or refused', () => {
  assert(
    property(string(), string(), (contentType, body) => {
      expect(['taken', 'refused']).toContain(outcomeOf(() => parse(body, contentType)))
    }),
  )
})
