import type { Json } from '../../test/stand-in-bot.ts'
import { addBot, useTogether } from '../../test/start-together.ts'

const together = useTogether()

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

async function startChat(): Promise<{
  conversationId: string
  upload: (file: Json) => Promise<{ status: number; body: Json }>
}> {
  const { conversationId } = await together.directLine.start({ user: { id: 'dl_ada' } })
  return { conversationId, upload: async (file) => together.bot.call('POST', `/${conversationId}/attachments`, file) }
}

const png = { type: 'image/png', name: 'a.png', originalBase64: PNG.toString('base64') }

async function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${together.service.url}/v3/attachments/${path}`, { headers })
}

function bearer(appId: string = together.bot.appId): Record<string, string> {
  return { Authorization: `Bearer ${together.service.identity.mintAccessToken(appId)}` }
}

test('a bot keeps a file and finds its name, its type and its views', async () => {
  const { upload } = await startChat()
  const { status, body } = await upload({ ...png, thumbnailBase64: Buffer.from('small').toString('base64') })
  expect([status, Object.keys(body)]).toEqual([201, ['id']])
  const info = await get(body.id, bearer())
  expect(await info.json()).toEqual({
    name: 'a.png',
    type: 'image/png',
    views: [
      { viewId: 'original', size: PNG.length },
      { viewId: 'thumbnail', size: 5 },
    ],
  })
  expect(Buffer.from(await (await get(`${body.id}/views/original`)).arrayBuffer())).toEqual(PNG)
  expect(await (await get(`${body.id}/views/thumbnail`)).text()).toBe('small')
})

test.each(['image/svg+xml', 'text/html', 'text/javascript'])('a file of type %s can run nowhere', async (type) => {
  const script = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  const { upload } = await startChat()
  const { body } = await upload({ type, name: '../../x', originalBase64: script.toString('base64') })
  const { headers } = await get(`${body.id}/views/original`)
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="x"; filename*=UTF-8''x`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  })
  expect((await (await get(body.id, bearer())).json()) as Json).toMatchObject({ name: 'x', type })
})

test('a picture is served as one, for download, and not twice to who has it', async () => {
  const { upload } = await startChat()
  const { body } = await upload(png)
  const { headers } = await get(`${body.id}/views/original`)
  expect(headers.get('content-type')).toBe('image/png')
  expect(headers.get('content-disposition')).toMatch(/^attachment; /)
  const again = await get(`${body.id}/views/original`, { 'If-None-Match': headers.get('etag') ?? '' })
  expect(again.status).toBe(304)
})

test('a page of an allowed origin may read a file, and no other page', async () => {
  const { upload } = await startChat()
  const { body } = await upload(png)
  const path = `${body.id}/views/original`
  expect((await get(path, { Origin: 'http://localhost:1' })).headers.get('access-control-allow-origin')).toBe(
    'http://localhost:1',
  )
  expect((await get(path, { Origin: 'https://evil.example' })).status).toBe(403)
})

test.each<[string, Json, number, string]>([
  ['no type', { ...png, type: undefined }, 400, 'MissingProperty'],
  ['no content', { ...png, originalBase64: undefined }, 400, 'MissingProperty'],
  ['content that is no base64', { ...png, originalBase64: 'not base64!' }, 400, 'BadArgument'],
  ['a thumbnail that is no base64', { ...png, thumbnailBase64: '-' }, 400, 'BadArgument'],
  [
    'more than 4 MiB',
    { ...png, originalBase64: Buffer.alloc(4 * 1024 * 1024 + 1).toString('base64') },
    413,
    'MessageSizeTooBig',
  ],
  ['much more than 4 MiB', { ...png, originalBase64: 'A'.repeat(20_000_000) }, 413, 'MessageSizeTooBig'],
  ['no object', [], 400, 'BadSyntax'],
])('a file with %s is refused', async (_, file, status, code) => {
  const answer = await (await startChat()).upload(file)
  expect([answer.status, answer.body.error.code]).toEqual([status, code])
})

test('4 MiB are accepted', async () => {
  const originalBase64 = Buffer.alloc(4 * 1024 * 1024).toString('base64')
  expect((await (await startChat()).upload({ ...png, originalBase64 })).status).toBe(201)
})

test('a file is of its bot: another one finds nothing of it, and cannot put one into a conversation that is not its own', async () => {
  const { upload, conversationId } = await startChat()
  const { body } = await upload(png)
  const other = await addBot(together.service, () => {}, 'another-bot')
  const answer = await get(body.id, bearer(other.appId))
  const unknown = await get('00000000-0000-4000-8000-000000000000', bearer(other.appId))
  expect([answer.status, await answer.text()]).toEqual([404, await unknown.text()])
  expect((await get(body.id)).status).toBe(401)
  expect((await other.call('POST', `/${conversationId}/attachments`, png)).status).toBe(403)
})

test.each(['nonsense/views/original', '..%2f..%2fservice.sqlite/views/original'])('%s is not found', async (path) => {
  const answer = await get(path)
  expect([answer.status, ((await answer.json()) as Json).error.code]).toEqual([404, 'AttachmentNotFound'])
})

test('a view that does not exist is not found', async () => {
  const { body } = await (await startChat()).upload(png)
  expect((await get(`${body.id}/views/thumbnail`)).status).toBe(404)
  expect((await get(`${body.id}/views/__proto__`)).status).toBe(404)
})

test('a file goes with its conversation', async () => {
  const { conversationId, upload } = await startChat()
  const { body } = await upload(png)
  for (const { id } of (await together.bot.call('GET', `/${conversationId}/members`)).body) {
    await together.bot.call('DELETE', `/${conversationId}/members/${encodeURIComponent(id)}`)
  }
  expect((await get(`${body.id}/views/original`)).status).toBe(404)
})
