import { DirectLineClient, TestStream } from '../../test/direct-line-client.ts'
import { eventually } from 'test-support/eventually'
import { echo } from '../../test/stand-in-bot.ts'
import type { Json } from '../../test/stand-in-bot.ts'
import { startTogether, useTogether } from '../../test/start-together.ts'

const together = useTogether(echo)
const open: TestStream[] = []

afterEach(() => {
  for (const stream of open.splice(0)) stream.socket.terminate()
})

function openStream(streamUrl: string, headers?: Record<string, string>): TestStream {
  const stream = new TestStream(streamUrl, headers)
  open.push(stream)
  return stream
}

const textsOf = (activities: Json[]): string[] => activities.map(({ text }) => text)

/** Makes a call to the bot's side of the conversation. */
const botSays = (conversationId: string, activity: Json): Promise<unknown> =>
  together.bot.call('POST', `/${conversationId}/activities`, activity)

test('a stream brings what was said before it was opened, and everything since', async () => {
  const { conversationId, streamUrl, client } = await together.directLine.start({ user: { id: 'dl_ada' } })
  await eventually(async () => expect(await client.texts(conversationId)).toEqual(['Welcome!']))
  const stream = openStream(streamUrl)
  await stream.has(1)
  await client.say(conversationId, 'hello', { channelData: { clientActivityID: 'abc' } })
  const activities = await stream.has(3)
  expect(textsOf(activities)).toEqual(['Welcome!', 'hello', 'Echo: hello'])
  expect(activities[1].channelData).toEqual({ clientActivityID: 'abc' })
})

test('after a cut, nothing is lost and nothing comes twice', async () => {
  const { conversationId, streamUrl, client } = await together.directLine.start()
  const stream = openStream(streamUrl)
  await client.say(conversationId, 'one')
  await stream.has(3)
  expect(together.service.cutStream(conversationId)).toBe(true)
  expect(await stream.end()).toMatchObject({ code: 1006 })
  await botSays(conversationId, { type: 'message', text: 'while you were away' })
  await client.say(conversationId, 'two')
  const answer = await client.call('GET', `/conversations/${conversationId}?watermark=${stream.watermark}`)
  expect(answer.status).toBe(200)
  const resumed = openStream(answer.body.streamUrl)
  await resumed.has(3)
  await new DirectLineClient(together.service.url, answer.body.token).say(conversationId, 'three')
  const expected = ['while you were away', 'two', 'Echo: two', 'three', 'Echo: three']
  expect(textsOf(await resumed.has(5))).toEqual(expected)
  expect(textsOf(stream.activities)).toEqual(['Welcome!', 'one', 'Echo: one'])
})

test('a reconnection without a watermark brings new messages only', async () => {
  const { conversationId, client } = await together.directLine.start()
  await client.say(conversationId, 'one')
  const { body } = await client.call('GET', `/conversations/${conversationId}`)
  const stream = openStream(body.streamUrl)
  await client.say(conversationId, 'two')
  expect(textsOf(await stream.has(2))).toEqual(['two', 'Echo: two'])
})

test('the older of two streams of a conversation is closed with the reason collision', async () => {
  const { conversationId, streamUrl, client } = await together.directLine.start()
  const first = openStream(streamUrl)
  await client.say(conversationId, 'one')
  await first.has(3)
  const second = openStream(streamUrl)
  expect(await first.end()).toEqual({ code: 1000, reason: 'collision' })
  await second.has(3)
  expect(second.closed).toBeUndefined()
  await client.say(conversationId, 'two')
  await second.has(5)
})

test('the address of a stream is good for a minute', async () => {
  const { clock, directLine } = await startTogether()
  const { streamUrl } = await directLine.start()
  clock.advance(61_000)
  const stream = openStream(streamUrl)
  await stream.end()
  expect(stream.refused).toBe(403)
})

test.each<[string, (streamUrl: URL, other: URL) => void, number]>([
  ['no token', (url) => url.searchParams.delete('t'), 401],
  ['junk for a token', (url) => url.searchParams.set('t', 'junk'), 403],
  [
    'the token of another conversation',
    (url, other) => url.searchParams.set('t', other.searchParams.get('t') ?? ''),
    403,
  ],
  ['the Direct Line secret for a token', (url) => url.searchParams.set('t', together.service.directLineSecret), 403],
  ['a watermark that was never given out', (url) => url.searchParams.set('watermark', '99'), 400],
  ['another address', (url) => (url.pathname = '/v3/directline/other'), 404],
])('a stream with %s is refused before it is opened', async (_, change, status) => {
  const [{ streamUrl }, other] = [await together.directLine.start(), await together.directLine.start()]
  const url = new URL(streamUrl)
  change(url, new URL(other.streamUrl))
  const stream = openStream(url.href)
  await stream.end()
  expect(stream.refused).toBe(status)
})

test("a client's own token does not open a stream", async () => {
  const { streamUrl, client } = await together.directLine.start()
  const url = new URL(streamUrl)
  url.searchParams.set('t', client.credential)
  const stream = openStream(url.href)
  await stream.end()
  expect(stream.refused).toBe(403)
})

test.each([
  [{ Origin: 'https://evil.example' }, 403],
  [{ Origin: 'null' }, 403],
  [{ Host: 'evil.example' }, 403],
])('a stream opened with %j is refused', async (headers, status) => {
  const { streamUrl } = await together.directLine.start()
  const stream = openStream(streamUrl, headers)
  await stream.end()
  expect(stream.refused).toBe(status)
})

test('an ordinary request to the address of a stream is told to speak WebSocket', async () => {
  const { streamUrl } = await together.directLine.start()
  expect((await fetch(streamUrl.replace('ws:', 'http:'))).status).toBe(426)
})

test('empty frames show that the stream lives, and empty frames of the client are not answered', async () => {
  const { directLine } = await startTogether(echo, { streamKeepAliveMs: 300 })
  const { streamUrl } = await directLine.start()
  const stream = openStream(streamUrl)
  await eventually(() => expect(stream.emptyFrames).toHaveLength(1))
  stream.socket.send('')
  await eventually(() => expect(stream.emptyFrames).toHaveLength(2))
  expect(stream.activities).toEqual([])
  expect(stream.closed).toBeUndefined()
})

test('a client that does not answer pings is dropped', async () => {
  const { service, directLine } = await startTogether(echo, { streamKeepAliveMs: 40 })
  const { conversationId, streamUrl } = await directLine.start()
  const stream = openStream(streamUrl)
  stream.socket.pong = () => {}
  await stream.end()
  expect(service.cutStream(conversationId)).toBe(false)
})

test.each<[string, (stream: TestStream) => void, number]>([
  ['a frame of 8 KiB', (stream) => stream.socket.send('x'.repeat(8192)), 1009],
  ['hundreds of frames at once', (stream) => Array.from({ length: 500 }, () => stream.socket.send('x')), 1008],
])('a client that sends %s is closed', async (_, send, code) => {
  const { streamUrl, conversationId, client } = await together.directLine.start()
  const stream = openStream(streamUrl)
  await client.say(conversationId, 'hello')
  await stream.has(3)
  send(stream)
  expect((await stream.end()).code).toBe(code)
})

test('typing reaches a stream that is open, and is not repeated to one that opens later', async () => {
  const { conversationId, streamUrl, client } = await together.directLine.start({ user: { id: 'dl_ada' } })
  const stream = openStream(streamUrl)
  await stream.has(1)
  await botSays(conversationId, { type: 'typing' })
  await stream.has(2)
  const { body } = await client.call('GET', `/conversations/${conversationId}?watermark=-`)
  const later = openStream(body.streamUrl)
  await botSays(conversationId, { type: 'message', text: 'done' })
  expect(textsOf(await later.has(2))).toEqual(['Welcome!', 'done'])
})

test('an update and a deletion are sent to the stream under the id of the activity', async () => {
  const { conversationId, streamUrl } = await together.directLine.start({ user: { id: 'dl_ada' } })
  const stream = openStream(streamUrl)
  const [welcome] = (await stream.has(1)) as [Json]
  const path = `/${conversationId}/activities/${encodeURIComponent(welcome.id)}`
  await together.bot.call('PUT', path, { type: 'message', text: 'Welcome, Ada!' })
  await together.bot.call('DELETE', path)
  const [, update, deletion] = await stream.has(3)
  expect(update).toMatchObject({ type: 'message', id: welcome.id, text: 'Welcome, Ada!' })
  expect(deletion).toMatchObject({ type: 'messageDelete', id: welcome.id })
})

test('a stream ends with its conversation', async () => {
  const { conversationId, streamUrl } = await together.directLine.start({ user: { id: 'dl_ada' } })
  const stream = openStream(streamUrl)
  const [{ from }] = (await stream.has(1)) as [Json]
  await together.bot.call('DELETE', `/${conversationId}/members/dl_ada`)
  await together.bot.call('DELETE', `/${conversationId}/members/${encodeURIComponent(from.id)}`)
  expect((await stream.end()).reason).toBe('conversation removed')
})

test('closing the service closes streams, also of clients that do not answer', async () => {
  const { service, directLine } = await startTogether()
  const [polite, deaf] = [
    openStream((await directLine.start()).streamUrl),
    openStream((await directLine.start()).streamUrl),
  ]
  await eventually(() => expect([polite.socket.readyState, deaf.socket.readyState]).toEqual([1, 1]))
  deaf.socket.pause()
  await service.close()
  expect(await polite.end()).toEqual({ code: 1000, reason: 'service closing' })
  deaf.socket.resume()
  await deaf.end()
})

test('closing the service also ends a stream that comes back meanwhile', async () => {
  const { service, directLine } = await startTogether()
  const { streamUrl } = await directLine.start()
  const first = openStream(streamUrl)
  await eventually(() => expect(first.socket.readyState).toBe(1))
  first.socket.once('close', () => openStream(streamUrl))
  // Deaf, so that closing takes a while.
  const deaf = openStream((await directLine.start()).streamUrl)
  await eventually(() => expect(deaf.socket.readyState).toBe(1))
  deaf.socket.pause()
  await service.close()
  expect(open).toHaveLength(3)
})
