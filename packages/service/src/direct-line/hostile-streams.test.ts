import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import { TestStream } from '../../test/direct-line-client.ts'
import { eventually } from 'test-support/eventually'
import { openConnection } from '../../test/raw-http.ts'
import type { Json } from '../../test/stand-in-bot.ts'
import { startTogether, useTogether, whenDone } from '../../test/start-together.ts'
import type { Together } from '../../test/start-together.ts'

const together = useTogether()

/** A frame of a client, masked with zeros. */
function frame(opcode: number, payload: Buffer, isLast = true): Buffer {
  const first = (isLast ? 0x80 : 0) | opcode
  const header =
    payload.length < 126
      ? Buffer.from([first, 0x80 | payload.length])
      : Buffer.from([first, 0x80 | 126, payload.length >> 8, payload.length & 0xff])
  return Buffer.concat([header, Buffer.alloc(4), payload])
}

const OPCODE = { continuation: 0, text: 1, ping: 9 } as const

interface RawStream {
  readonly socket: Socket
  readonly conversationId: string
  /** What came after the upgrade. */
  readonly received: () => Buffer
  /** How many bytes came. */
  readonly size: () => number
  readonly isClosed: () => boolean
}

/** Opens a stream and speaks WebSocket by hand. */
async function openRaw(chat: Together = together): Promise<RawStream> {
  const { conversationId, streamUrl } = await chat.directLine.start()
  const { pathname, search, host } = new URL(streamUrl)
  const socket = await openConnection(chat.service.url)
  whenDone(async () => void socket.destroy())
  const chunks: Buffer[] = []
  let size = 0
  let isClosed = false
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    size += chunk.length
  })
  socket.on('error', () => {})
  socket.on('close', () => (isClosed = true))
  const key = randomBytes(16).toString('base64')
  socket.write(
    `GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
  )
  await eventually(() => expect(Buffer.concat(chunks).toString('latin1')).toMatch(/^HTTP\/1\.1 101 [^]*\r\n\r\n/))
  const head = Buffer.concat(chunks).indexOf('\r\n\r\n') + 4
  return {
    socket,
    conversationId,
    received: () => Buffer.concat(chunks).subarray(head),
    size: () => size,
    isClosed: () => isClosed,
  }
}

/** The code of the close frame that ends what came. */
function closeCode(received: Buffer): number | undefined {
  const at = received.lastIndexOf(0x88)
  return at === -1 ? undefined : received.readUInt16BE(at + 2)
}

test.each<[string, () => Iterable<Buffer>, number]>([
  ['a million frames', () => repeat(frame(OPCODE.text, Buffer.from('x')), 1_000_000), 1008],
  ['a million empty frames', () => repeat(frame(OPCODE.text, Buffer.alloc(0)), 1_000_000), 1008],
  ['a million pings', () => repeat(frame(OPCODE.ping, Buffer.from('x')), 1_000_000), 1008],
  [
    'a frame that never ends',
    () => endless(frame(OPCODE.text, Buffer.from('x'), false), frame(OPCODE.continuation, Buffer.from('x'), false)),
    1008,
  ],
  [
    'a frame that never ends and has nothing in it',
    () => endless(frame(OPCODE.text, Buffer.alloc(0), false), frame(OPCODE.continuation, Buffer.alloc(0), false)),
    1008,
  ],
  ['a frame that announces 100 MB', () => [announce(100_000_000), Buffer.alloc(1000)], 1009],
  ['a frame that announces more than there is', () => [announce(2 ** 52), Buffer.alloc(1000)], 1009],
  ['a frame that is not masked', () => [Buffer.from([0x81, 1, 0x78])], 1002],
  ['a frame of an unknown kind', () => [frame(3, Buffer.from('x'))], 1002],
  ['a frame that is no text', () => [frame(OPCODE.text, Buffer.from([0xff]))], 1007],
])('a client that sends %s is told so and cut off', async (_, frames, code) => {
  const stream = await openRaw()
  for (const bytes of frames()) {
    if (stream.isClosed()) break
    if (!stream.socket.write(bytes)) await new Promise((resolve) => setImmediate(resolve))
  }
  await eventually(() => expect(stream.isClosed()).toBe(true))
  // Who still sends when the connection ends may lose what was on its way.
  expect([code, undefined]).toContain(closeCode(stream.received()))
  expect(together.service.cutStream(stream.conversationId)).toBe(false)
  expect((await fetch(`${together.service.url}/v1/.well-known/keys`)).status).toBe(200)
})

test('who neither answers nor reads the end of its stream is cut off', async () => {
  const stream = await openRaw()
  stream.socket.pause()
  const { streamUrl } = await reconnect(together, stream.conversationId)
  const newer = new TestStream(streamUrl)
  whenDone(async () => newer.socket.terminate())
  await eventually(() => expect(newer.socket.readyState).toBe(1))
  stream.socket.resume()
  await eventually(() => expect(stream.isClosed()).toBe(true))
  expect(newer.closed).toBeUndefined()
})

test('of many streams of one conversation the last one stays', async () => {
  const { conversationId, client } = await together.directLine.start()
  const urls = await Promise.all(Array.from({ length: 50 }, async () => reconnect(together, conversationId)))
  const streams = urls.map(({ streamUrl }) => new TestStream(streamUrl))
  whenDone(async () => streams.forEach(({ socket }) => socket.terminate()))
  await eventually(() => expect(streams.filter(({ closed }) => closed !== undefined)).toHaveLength(49))
  await together.bot.call('POST', `/${conversationId}/activities`, { type: 'message', text: 'hello' })
  const [left] = streams.filter(({ closed }) => closed === undefined)
  expect(await left?.has(1)).toMatchObject([{ text: 'hello' }])
  expect((await client.poll(conversationId)).activities).toHaveLength(1)
})

test('what a slow client does not read is not kept for it, and it gets all of it in order when it reads', async () => {
  const stream = await openRaw()
  stream.socket.pause()
  const text = 'x'.repeat(200_000)
  const count = 75
  for (let index = 0; index < count; index += 1) {
    const { status } = await together.bot.call('POST', `/${stream.conversationId}/activities`, {
      type: 'message',
      text: `${index} ${text}`,
    })
    expect(status).toBe(200)
  }
  // 15 MB were said; the connection holds some, the service next to nothing.
  expect(bufferedBytes(together.service.url)).toBeLessThan(4 * 1024 * 1024)
  stream.socket.resume()
  await eventually(() => expect(stream.size()).toBeGreaterThan(count * text.length))
  await eventually(() => expect(textsIn(stream.received())).toHaveLength(count))
  expect(textsIn(stream.received())).toEqual(Array.from({ length: count }, (_, index) => `${index}`))
})

test('a stream whose conversation was forgotten ends', async () => {
  const chat = await startTogether(undefined, { streamKeepAliveMs: 40, retention: { maxConversations: 1 } })
  const { streamUrl } = await chat.directLine.start()
  const stream = new TestStream(streamUrl)
  whenDone(async () => stream.socket.terminate())
  await eventually(() => expect(stream.socket.readyState).toBe(1))
  await chat.directLine.start()
  expect((await stream.end()).reason).toBe('conversation removed')
})

test('half-open peers of any age are found out', async () => {
  const chat = await startTogether(undefined, { streamKeepAliveMs: 40 })
  const stream = await openRaw(chat)
  // Reads, and answers no ping.
  await eventually(() => expect(stream.isClosed()).toBe(true))
  expect(chat.service.cutStream(stream.conversationId)).toBe(false)
})

async function reconnect({ directLine }: Together, conversationId: string): Promise<{ streamUrl: string }> {
  return (await directLine.call('GET', `/conversations/${conversationId}?watermark=-`)).body
}

function* repeat(bytes: Buffer, times: number): Iterable<Buffer> {
  const block = Buffer.concat(Array.from({ length: 1000 }, () => bytes))
  for (let sent = 0; sent < times; sent += 1000) yield block
}

function* endless(first: Buffer, next: Buffer): Iterable<Buffer> {
  yield first
  yield* repeat(next, 1_000_000)
}

/** The beginning of a frame of `size` bytes. */
function announce(size: number): Buffer {
  const header = Buffer.alloc(14)
  header.set([0x82, 0x80 | 127])
  header.writeBigUInt64BE(BigInt(size), 2)
  return header
}

/** The beginnings of the texts in the frames of a service. */
function textsIn(received: Buffer): string[] {
  const texts: string[] = []
  for (let at = 0; at + 2 <= received.length;) {
    const short = received[at + 1] ?? 0
    const [size, start] =
      short < 126
        ? [short, at + 2]
        : short === 126
          ? [received.readUInt16BE(at + 2), at + 4]
          : [Number(received.readBigUInt64BE(at + 2)), at + 10]
    if (start + size > received.length) break
    const isText = ((received[at] ?? 0) & 0x0f) === OPCODE.text
    if (isText && size > 0) {
      const { activities }: Json = JSON.parse(received.toString('utf8', start, start + size))
      texts.push(...activities.map(({ text }: Json) => text.split(' ')[0]))
    }
    at = start + size
  }
  return texts
}

/** Bytes that sockets of this process, which the service runs in, have taken and not yet handed to the system. */
function bufferedBytes(serviceUrl: string): number {
  const { port } = new URL(serviceUrl)
  // eslint-disable-next-line no-underscore-dangle -- Node's own name; nothing else tells what is open
  const handles = (process as unknown as { _getActiveHandles(): Socket[] })._getActiveHandles()
  return handles
    .filter(({ localPort }) => localPort === Number(port))
    .reduce((sum, { writableLength }) => sum + writableLength, 0)
}
