import { connect } from 'node:net'
import type { DirectLineClient } from '../../test/direct-line-client.ts'
import type { Json } from '../../test/stand-in-bot.ts'
import { useTogether } from '../../test/start-together.ts'

const together = useTogether()

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

interface Answer {
  readonly status: number
  readonly body: Json
}

async function startUpload(): Promise<{
  conversationId: string
  client: DirectLineClient
  upload: (body: string, headers: Record<string, string>) => Promise<Answer>
}> {
  const { conversationId, client } = await together.directLine.start({ user: { id: 'dl_ada' } })
  const upload = async (body: string, headers: Record<string, string>): Promise<Answer> => {
    const response = await fetch(`${client.base}/conversations/${conversationId}/upload`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${client.credential}`, ...headers },
      body,
    })
    return { status: response.status, body: await response.json() }
  }
  return { conversationId, client, upload }
}

const FORM = { 'Content-Type': 'multipart/form-data; boundary=b' }

/** A part of a form. */
const part = (headers: readonly string[], text: string): string => `--b\r\n${headers.join('\r\n')}\r\n\r\n${text}\r\n`

const lastAttachments = (): Json[] => together.bot.received.at(-1)?.attachments ?? []

test.each([
  ['image/svg+xml', SVG],
  ['text/html', '<script>alert(1)</script>'],
  ['application/xhtml+xml', '<html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>'],
  ['text/javascript', 'alert(1)'],
  ['application/xml', '<?xml-stylesheet href="x"?><a/>'],
  ['text/css', '*{background:url(//evil.example)}'],
])('%s that a client uploads can run nowhere', async (type, text) => {
  const { upload } = await startUpload()
  await upload(text, { 'Content-Type': type, 'Content-Disposition': 'name="file"; filename="../../x"' })
  const [attachment] = lastAttachments()
  expect(attachment).toMatchObject({ name: 'x', contentType: type })
  const answer = await fetch(attachment.contentUrl)
  expect(await answer.text()).toBe(text)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': expect.stringMatching(/^attachment; filename="x"/),
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  })
})

test('a script that calls itself a picture is a picture that cannot be shown', async () => {
  const { upload } = await startUpload()
  await upload(
    `${part(['Content-Disposition: form-data; name="file"; filename="a.png"', 'Content-Type: image/png'], SVG)}--b--`,
    FORM,
  )
  const answer = await fetch(lastAttachments()[0].contentUrl)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/png',
    'content-disposition': expect.stringMatching(/^attachment/),
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  })
})

test.each(['../../x', '..\\..\\x', '/etc/x', 'C:\\x', 'a/%2e%2e/x', './././x'])(
  'the file name %s names no place',
  async (name) => {
    const { upload } = await startUpload()
    await upload(`${part([`Content-Disposition: form-data; name="file"; filename="${name}"`], 'x')}--b--`, FORM)
    const [{ name: kept, contentUrl }] = lastAttachments() as [Json]
    expect(kept).toBe('x')
    expect(contentUrl).toMatch(/\/v3\/attachments\/[\da-f-]{36}\/views\/original$/)
  },
)

test('a form within a form is a file, and nothing within it is looked at', async () => {
  const { upload } = await startUpload()
  const inner = '--c\r\nContent-Disposition: form-data; name="file"; filename="evil"\r\n\r\nevil\r\n--c--'
  const headers = [
    'Content-Disposition: form-data; name="file"; filename="form"',
    'Content-Type: multipart/mixed; boundary=c',
  ]
  expect((await upload(`${part(headers, inner)}--b--`, FORM)).status).toBe(200)
  expect(lastAttachments()).toMatchObject([{ name: 'form', contentType: 'multipart/mixed' }])
  expect(await (await fetch(lastAttachments()[0].contentUrl)).text()).toBe(inner)
})

const file = (index: number): string => part([`Content-Disposition: form-data; name="file"; filename="${index}"`], 'x')

test.each<[string, () => string, Record<string, string>, string]>([
  [
    '10 000 parts',
    () => `${Array.from({ length: 10_000 }, (_, index) => file(index)).join('')}--b--`,
    FORM,
    'BadArgument',
  ],
  ['10 000 empty parts', () => `${'--b\r\n\r\n\r\n'.repeat(10_000)}--b--`, FORM, 'BadArgument'],
  ['no boundary', () => `${file(0)}--b--`, { 'Content-Type': 'multipart/form-data' }, 'BadSyntax'],
  ['an empty boundary', () => `${file(0)}--b--`, { 'Content-Type': 'multipart/form-data; boundary=""' }, 'BadSyntax'],
  [
    'a boundary of 10 KB',
    () => 'x',
    { 'Content-Type': `multipart/form-data; boundary=${'b'.repeat(10_000)}` },
    'BadSyntax',
  ],
  [
    'another boundary than its own',
    () => `${file(0)}--b--`,
    { 'Content-Type': 'multipart/form-data; boundary=c' },
    'BadSyntax',
  ],
  ['a part whose header is 10 KB', () => `${part([`X: ${'x'.repeat(10_000)}`], 'x')}--b--`, FORM, 'BadSyntax'],
  [
    'a part with 5 000 headers',
    () =>
      `${part(
        Array.from({ length: 5000 }, () => 'a:b'),
        'x',
      )}--b--`,
    FORM,
    'BadSyntax',
  ],
  ['no end', () => file(0), FORM, 'BadSyntax'],
  [
    'two activities',
    () => `${part(['Content-Type: application/vnd.microsoft.activity'], '{"type":"message"}').repeat(2)}--b--`,
    FORM,
    'BadArgument',
  ],
  [
    'an activity that would change a prototype',
    () =>
      `${part(['Content-Type: application/vnd.microsoft.activity'], '{"type":"message","__proto__":{"x":1}}')}--b--`,
    FORM,
    'BadArgument',
  ],
  [
    'an activity of 300 000 levels',
    () => `${part(['Content-Type: application/vnd.microsoft.activity'], '['.repeat(200_000))}--b--`,
    FORM,
    'BadSyntax',
  ],
])('a form with %s is refused, and nothing of it is kept or said', async (_, body, headers, code) => {
  const { conversationId, client, upload } = await startUpload()
  const before = (await client.poll(conversationId)).activities.length
  const answer = await upload(body(), headers)
  expect([answer.status, answer.body.error.code]).toEqual([400, code])
  expect((await client.poll(conversationId)).activities).toHaveLength(before)
})

test('100 MB that are announced are refused before they are sent', async () => {
  const { conversationId, client } = await startUpload()
  const url = new URL(`${client.base}/conversations/${conversationId}/upload`)
  const socket = connect(Number(url.port), url.hostname)
  let text = ''
  socket.on('data', (chunk) => (text += String(chunk)))
  socket.write(
    `POST ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nContent-Type: image/png\r\nContent-Length: 100000000\r\n` +
      `Authorization: Bearer ${client.credential}\r\n\r\nPNG`,
  )
  await new Promise<void>((resolve) => socket.once('data', () => resolve()))
  socket.destroy()
  expect(text).toMatch(/^HTTP\/1\.1 413 /)
})
