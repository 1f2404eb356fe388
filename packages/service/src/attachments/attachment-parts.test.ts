import { useTogether } from '../../test/start-together.ts'

const together = useTogether()

const TEXT = 'abcdefghij'

async function startFile(): Promise<(headers?: Record<string, string>, method?: string) => Promise<Response>> {
  const { conversationId } = await together.directLine.start({ user: { id: 'dl_ada' } })
  const file = { type: 'audio/ogg', name: 'a.ogg', originalBase64: Buffer.from(TEXT).toString('base64') }
  const { body } = await together.bot.call('POST', `/${conversationId}/attachments`, file)
  const url = `${together.service.url}/v3/attachments/${body.id}/views/original`
  return (headers = {}, method = 'GET') => fetch(url, { method, headers })
}

test.each([
  ['bytes=0-3', 'abcd', 'bytes 0-3/10'],
  ['bytes=4-', 'efghij', 'bytes 4-9/10'],
  ['bytes=-2', 'ij', 'bytes 8-9/10'],
])('a player gets the part %s of a file', async (range, text, contentRange) => {
  const get = await startFile()
  const answer = await get({ Range: range })
  expect([answer.status, await answer.text()]).toEqual([206, text])
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-range': contentRange,
    'content-length': String(text.length),
    'accept-ranges': 'bytes',
    'content-type': 'audio/ogg',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  })
})

test('a part that is not there is refused with the length of the whole', async () => {
  const get = await startFile()
  const answer = await get({ Range: 'bytes=10-' })
  expect([answer.status, answer.headers.get('content-range')]).toEqual([416, 'bytes */10'])
  expect(await answer.json()).toEqual({ error: { code: 'RangeNotSatisfiable', message: expect.any(String) } })
})

test('who has a part of another version gets the whole', async () => {
  const get = await startFile()
  const etag = (await get()).headers.get('etag') ?? ''
  expect((await get({ Range: 'bytes=0-3', 'If-Range': etag })).status).toBe(206)
  const other = await get({ Range: 'bytes=0-3', 'If-Range': '"other"' })
  expect([other.status, await other.text()]).toEqual([200, TEXT])
})

test('asking for the headers alone brings them, and no more', async () => {
  const get = await startFile()
  const [head, whole] = [await get({}, 'HEAD'), await get()]
  expect([head.status, await head.text()]).toEqual([200, ''])
  for (const name of ['content-length', 'content-type', 'content-disposition', 'etag', 'accept-ranges']) {
    expect([name, head.headers.get(name)]).toEqual([name, whole.headers.get(name)])
  }
})

test.each(['%s', 'W/%s', '"other", %s', '*'])('a cache that has it by %s is told so', async (pattern) => {
  const get = await startFile()
  const etag = (await get()).headers.get('etag') ?? ''
  const answer = await get({ 'If-None-Match': pattern.replace('%s', etag) })
  expect([answer.status, await answer.text(), answer.headers.get('etag')]).toEqual([304, '', etag])
})

test('a browser may ask first whether a page may fetch it', async () => {
  const get = await startFile()
  const answer = await get({ Origin: 'http://localhost:1', 'Access-Control-Request-Method': 'GET' }, 'OPTIONS')
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([204, 'http://localhost:1'])
})
