import type { DirectLineClient } from '../../test/direct-line-client.ts'
import type { Json } from '../../test/stand-in-bot.ts'
import { startTogether, useTogether } from '../../test/start-together.ts'

const together = useTogether()

/** What fetch sends. */
type Body = NonNullable<RequestInit['body']>

interface Uploader {
  readonly conversationId: string
  readonly client: DirectLineClient
  readonly send: (
    body: Body,
    headers?: Record<string, string>,
    query?: string,
  ) => Promise<{ status: number; body: Json }>
}

async function startUploader(chat = together, start: Json = { user: { id: 'dl_ada' } }): Promise<Uploader> {
  const { conversationId, client } = await chat.directLine.start(start)
  return {
    conversationId,
    client,
    async send(body, headers = {}, query = '?userId=dl_ada') {
      const response = await fetch(`${client.base}/conversations/${conversationId}/upload${query}`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${client.credential}`, ...headers },
        body,
      })
      return { status: response.status, body: await response.json() }
    },
  }
}

/** A form as Web Chat sends it. */
function form(activity: Json, files: readonly [name: string, type: string, text: string][]): FormData {
  const data = new FormData()
  if (activity) {
    data.append('activity', new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' }))
  }
  for (const [name, type, text] of files) data.append('file', new Blob([text], { type }), name)
  return data
}

const message = { type: 'message', text: 'look', from: { id: 'dl_ada' }, channelData: { clientActivityID: 'abc' } }

test('a single file becomes a message that bot and client can fetch it by', async () => {
  const { conversationId, client, send } = await startUploader()
  const headers = { 'Content-Type': 'image/png', 'Content-Disposition': 'name="file"; filename="x.png"' }
  const { status, body } = await send('PNG', headers)
  expect([status, Object.keys(body)]).toEqual([200, ['id']])
  const received = together.bot.received.at(-1)
  expect(received).toMatchObject({
    type: 'message',
    id: body.id,
    from: { id: 'dl_ada' },
    attachments: [{ contentType: 'image/png', name: 'x.png' }],
  })
  const [{ contentUrl }] = received.attachments
  expect(contentUrl).toMatch(new RegExp(`^${together.service.url}/v3/attachments/[0-9a-f-]{36}/views/original$`))
  expect(await (await fetch(contentUrl)).text()).toBe('PNG')
  expect((await client.poll(conversationId)).activities.at(-1)).toEqual(received)
})

test('a name in UTF-8 is kept', async () => {
  const { send } = await startUploader()
  const name = Buffer.from('отчёт.txt').toString('latin1')
  await send('x', { 'Content-Type': 'text/plain', 'Content-Disposition': `name="file"; filename="${name}"` })
  expect(together.bot.received.at(-1).attachments[0].name).toBe('отчёт.txt')
})

test('several files come with what the client says about them, its text and its own fields', async () => {
  const { send } = await startUploader()
  const attachments = [
    { contentType: 'text/plain', name: 'b.txt', note: 'second' },
    { contentType: 'application/vnd.microsoft.card.hero', content: { title: 'a card' } },
    { contentType: 'text/plain', name: 'a.txt', note: 'first' },
  ]
  const files: [string, string, string][] = [
    ['a.txt', 'text/plain', 'A'],
    ['b.txt', 'text/plain', 'B'],
    ['c.txt', 'text/plain', 'C'],
  ]
  expect((await send(form({ ...message, attachments }, files))).status).toBe(200)
  const received = together.bot.received.at(-1)
  expect(received).toMatchObject({ text: 'look', channelData: { clientActivityID: 'abc' } })
  expect(received.attachments).toMatchObject([
    { name: 'b.txt', note: 'second', contentUrl: expect.any(String) },
    attachments[1],
    { name: 'a.txt', note: 'first', contentUrl: expect.any(String) },
    { name: 'c.txt', contentType: 'text/plain', contentUrl: expect.any(String) },
  ])
  const texts = received.attachments.map(async ({ contentUrl }: Json) => contentUrl && (await fetch(contentUrl)).text())
  expect(await Promise.all(texts)).toEqual(['B', undefined, 'A', 'C'])
})

test('a form without an activity is a message with nothing but its files', async () => {
  const { send } = await startUploader()
  expect((await send(form(undefined, [['a.txt', 'text/plain', 'A']]))).status).toBe(200)
  const { type, text, from, attachments } = together.bot.received.at(-1)
  expect([type, text, from.id, attachments.length]).toEqual(['message', undefined, 'dl_ada', 1])
})

test('a small picture in the activity is kept as a file too', async () => {
  const { send } = await startUploader()
  const thumbnailUrl = `data:image/jpeg;base64,${Buffer.from('small').toString('base64')}`
  await send(form({ ...message, attachments: [{ name: 'a.png', thumbnailUrl }] }, [['a.png', 'image/png', 'A']]))
  const [attachment] = together.bot.received.at(-1).attachments
  expect(attachment.thumbnailUrl).toMatch(/\/views\/thumbnail$/)
  expect(await (await fetch(attachment.thumbnailUrl)).text()).toBe('small')
})

test('the user of the token is the sender, whatever address and activity say; without one, who the address names', async () => {
  const [ada, anyone] = [await startUploader(), await startUploader(together, {})]
  const lie = form({ ...message, from: { id: 'dl_eve' } }, [['a.txt', 'text/plain', 'A']])
  await ada.send(lie, {}, '?userId=dl_eve')
  expect(together.bot.received.at(-1).from.id).toBe('dl_ada')
  await anyone.send(lie, {}, '?userId=dl_bob')
  expect(together.bot.received.at(-1).from.id).toBe('dl_bob')
})

const manyFiles = Array.from({ length: 30 }, (_, index): [string, string, string] => [`${index}`, 'text/plain', 'x'])

test.each<[string, Body, Record<string, string>, number, string]>([
  ['nothing', '', { 'Content-Type': 'image/png' }, 400, 'BadArgument'],
  ['a form without parts', new FormData(), {}, 400, 'BadArgument'],
  ['30 files', form(message, manyFiles), {}, 400, 'BadArgument'],
  ['a form without boundary', 'x', { 'Content-Type': 'multipart/form-data' }, 400, 'BadSyntax'],
  ['half a form', '--b\r\n', { 'Content-Type': 'multipart/form-data; boundary=b' }, 400, 'BadSyntax'],
  ['an activity that is none', form([], [['a', 'text/plain', 'x']]), {}, 400, 'BadSyntax'],
  ['an activity clients cannot send', form({ type: 'conversationUpdate' }, []), {}, 400, 'BadArgument'],
  ['compressed bytes', 'x', { 'Content-Type': 'image/png', 'Content-Encoding': 'gzip' }, 415, 'UnsupportedMediaType'],
])('an upload of %s is refused', async (_, body, headers, status, code) => {
  const { send } = await startUploader()
  const before = together.bot.received.length
  const answer = await send(body, headers)
  expect([answer.status, answer.body.error.code]).toEqual([status, code])
  expect(together.bot.received.slice(before).filter(({ type }) => type === 'message')).toEqual([])
})

test('an upload without a user is refused', async () => {
  const { send } = await startUploader(together, {})
  const answer = await send('x', { 'Content-Type': 'image/png' }, '')
  expect(answer).toMatchObject({ status: 400, body: { error: { code: 'MissingProperty' } } })
})

test('100 MB are answered 413 instead of being kept', async () => {
  const { send } = await startUploader()
  const answer = await send(Buffer.alloc(100_000_000), { 'Content-Type': 'image/png' })
  expect(answer).toMatchObject({ status: 413, body: { error: { code: 'MessageSizeTooBig' } } })
})

test('the largest upload is an option', async () => {
  const chat = await startTogether(undefined, { maxUploadBytes: 10 })
  const { send } = await startUploader(chat)
  const statusOf = async (bytes: number): Promise<number> =>
    (await send('x'.repeat(bytes), { 'Content-Type': 'text/plain' })).status
  expect([await statusOf(10), await statusOf(11)]).toEqual([200, 413])
})
