import { createServer } from 'node:http'
import { gzipSync } from 'node:zlib'
import { CloudAdapter } from '@parley/adapter'
import { applyServerLimits, serverLimits } from '@parley/adapter/node'
import type { TurnContext } from '@parley/core'
import { fastify } from 'fastify'
import { FakeChannel } from './fake-channel.ts'
import { servers, startHost } from './limits-hosts.ts'
import type { LimitedHost } from './limits-hosts.ts'
import { head, post, Wire } from './limits-wire.ts'
import { gate, MemoryLogger } from './road.ts'
import type { LogLine } from './road.ts'

// Nothing here takes that long, however busy the machine is elsewhere.
jest.setTimeout(60_000)

const PAUSE_MS = 10

/** The usual times, looked after so often that {@link loseAllPatience} shows at once. */
const WATCHFUL = { connectionsCheckingIntervalMs: 20 }

/** How many connections ask at once; the system queues some hundreds. */
const OPENED_AT_ONCE = 100

/** More than the megabyte that is allowed. */
const LARGE = Buffer.alloc(2 * 1024 * 1024)

let channel: FakeChannel
let adapter: CloudAdapter
let log: MemoryLogger
let logic: (context: TurnContext) => Promise<void>
/** What `adapter.process` returned, for every request. */
let processed: Promise<void>[]
const wires: Wire[] = []

let host: LimitedHost

async function open(): Promise<Wire> {
  const wire = await Wire.open(host.port)
  wires.push(wire)
  return wire
}

/** A POST of a valid activity, with a valid token. */
function valid(text: string, headers: Readonly<Record<string, string>> = {}): string {
  return post(JSON.stringify(channel.message({ text })), { Authorization: `Bearer ${channel.token()}`, ...headers })
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
}

describe.each(Object.entries(servers))('%s', (_host, create) => {
  beforeEach(async () => {
    channel = await FakeChannel.start()
    log = new MemoryLogger()
    const { appId, appPassword, cloud } = channel
    adapter = new CloudAdapter({ appId, appPassword, cloud, logger: log })
    processed = []
    const process = adapter.process.bind(adapter)
    adapter.process = (...request) => {
      const processing = process(...request)
      processed.push(processing)
      return processing
    }
    logic = async (context) => {
      await context.sendActivity(`Echo: ${context.activity.text}`)
    }
  })

  afterEach(async () => {
    for (const wire of wires.splice(0)) wire.vanish()
    await host.close()
    await adapter.close()
    await channel.stop()
    const outcomes = await Promise.allSettled(processed)
    const failures = [...outcomes.filter(({ status }) => status === 'rejected'), ...log.lines.filter(isError)]
    if (failures.length > 0) throw new Error(`Something failed in the adapter: ${JSON.stringify(failures)}`)
  })

  const start = async (limits?: { connectionsCheckingIntervalMs: number }): Promise<void> => {
    host = await startHost(create, adapter, (context) => logic(context), limits)
  }

  describe('when their time is over', () => {
    beforeEach(() => start(WATCHFUL))

    // Who writes while the connection is closed on him may not get to read the answer, so these two wait.
    test('answers headers that do not come to an end with 408 and closes', async () => {
      const wire = await open()
      wire.write('POST /api/messages HTTP/1.1\r\nHost: bot.example\r\n')
      loseAllPatience()
      expect(await wire.answer()).toMatchObject({ status: 408 })
      await wire.closed
    })

    test('closes a connection that says nothing', async () => {
      const wire = await open()
      loseAllPatience()
      await wire.closed
      expect(processed).toEqual([])
    })

    test('closes on a proven sender whose body comes byte by byte, and runs no turn', async () => {
      const wire = await open()
      wire.write(
        head({
          'Content-Type': 'application/json',
          'Content-Length': '9999',
          Authorization: `Bearer ${channel.token()}`,
        }),
      )
      await until(() => processed.length === 1)
      loseAllPatience()
      await wire.writeUntilClosed(' ', PAUSE_MS)
      await Promise.all(processed)
      expect([processed.length, channel.calls]).toEqual([1, []])
      expect(adapter.metrics().refused).toEqual({ BODY_INCOMPLETE: 1 })
    })

    test('closes on a stranger whose body comes byte by byte, after the 401', async () => {
      const wire = await open()
      wire.write(head({ 'Content-Type': 'application/json', 'Content-Length': '9999' }))
      expect(await wire.answer()).toMatchObject({ status: 401 })
      loseAllPatience()
      await wire.writeUntilClosed(' ', PAUSE_MS)
    })

    test('answers headers of the next request on a connection with 408 too', async () => {
      const wire = await open()
      wire.write(valid('first'))
      expect(await wire.answer()).toMatchObject({ status: 200 })
      wire.write('POST /api/messages HTTP/1.1\r\n')
      loseAllPatience()
      expect(await wire.answer()).toMatchObject({ status: 408 })
      await wire.closed
    })
  })

  describe('with the usual limits', () => {
    beforeEach(() => start())

    test('answers a valid request beside 1 000 connections that have said half of theirs', async () => {
      const half: Wire[] = []
      while (half.length < 1000) half.push(...(await Promise.all(Array.from({ length: OPENED_AT_ONCE }, open))))
      for (const wire of half) wire.write('POST /api/messages HTTP/1.1\r\nHost: bot.example\r\nAuthoriz')
      const wire = await open()
      wire.write(valid('in between'))
      expect(await wire.answer()).toMatchObject({ status: 200 })
      expect(half.every(({ isOpen }) => isOpen)).toBe(true)
    })

    test.each([
      ['a length and chunks', 400, () => valid('x', { 'Transfer-Encoding': 'chunked' })],
      ['two lengths', 400, () => valid('x').replace('Host:', 'Content-Length: 1\r\nHost:')],
      ['a length below zero', 400, () => head({ 'Content-Length': '-1' })],
      ['a bare CR in a header', 400, () => valid('x', { 'X-Split': 'a\rX-Forged: b' })],
      ['a bare CR after the request line', 400, () => valid('x').replace('HTTP/1.1\r\n', 'HTTP/1.1\r')],
      ['a space before the colon of a header', 400, () => valid('x').replace('Content-Length:', 'Content-Length :')],
      [
        'a transfer encoding that does not end in chunks',
        400,
        () => head({ 'Transfer-Encoding': 'chunked, identity' }),
      ],
      ['no HTTP', 400, () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
      ['more than 16 KiB of headers', 431, () => valid('x', { 'X-Large': 'x'.repeat(17 * 1024) })],
    ])('refuses %s with %i and closes before anything of it is looked at', async (_case, status, text) => {
      const wire = await open()
      wire.write(text())
      expect(await wire.answer()).toMatchObject({ status })
      await wire.closed
      expect(processed).toEqual([])
    })

    test.each([
      ['a chunk extension of 1 MB', `1;${'x'.repeat(1024 * 1024)}\r\n`],
      ['a chunk size that is none', 'zz\r\n\r\n'],
    ])('closes on %s, and runs no turn', async (_case, chunk) => {
      const wire = await open()
      const authorization = { Authorization: `Bearer ${channel.token()}` }
      wire.write(head({ 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked', ...authorization }))
      wire.write(chunk)
      // Who writes while the connection is closed on him may not get to read the answer.
      expect([400, 413, undefined]).toContain((await wire.answer())?.status)
      await wire.closed
      expect(channel.calls).toEqual([])
    })

    test.each(['Content-Type', 'Authorization', 'X-Forwarded-For'])(
      'refuses 2 000 headers with 431 when they hide %s',
      async (hidden) => {
        const wire = await open()
        const junk = 'a:\r\n'.repeat(2000)
        wire.write(valid('x', { 'X-Forwarded-For': '192.0.2.1' }).replace(`${hidden}:`, `${junk}${hidden}:`))
        expect([await wire.answer(), channel.calls]).toMatchObject([{ status: 431 }, []])
      },
    )

    test('answers a valid request on a connection that was refused before, and the other way round', async () => {
      const wire = await open()
      const statuses = []
      for (const request of [post('{}'), valid('one'), post('{}'), valid('two')]) {
        wire.write(request)
        statuses.push((await wire.answer())?.status)
      }
      expect([statuses, channel.texts]).toEqual([
        [401, 200, 401, 200],
        ['Echo: one', 'Echo: two'],
      ])
    })

    test('answers requests that come in one piece each for itself, in their order', async () => {
      const wire = await open()
      const notJson = post('{', { Authorization: `Bearer ${channel.token()}` })
      wire.write(post('{}') + valid('one') + notJson + valid('two') + post('{}'))
      const statuses = []
      for (let count = 0; count < 5; count += 1) statuses.push((await wire.answer())?.status)
      expect(statuses).toEqual([401, 200, 400, 200, 401])
      expect(new Set(channel.texts)).toEqual(new Set(['Echo: one', 'Echo: two']))
    })

    test('takes a valid request inside the body of a refused one for what it is: a body', async () => {
      const wire = await open()
      wire.write(post(valid('smuggled')))
      expect(await wire.answer()).toMatchObject({ status: 401 })
      wire.write(valid('honest'))
      expect(await wire.answer()).toMatchObject({ status: 200 })
      expect(channel.texts).toEqual(['Echo: honest'])
    })

    test('lets the turn of a client that has gone end', async () => {
      const { opened, open: goOn } = gate()
      let running = false
      logic = async (context) => {
        running = true
        await opened
        await context.sendActivity('said anyway')
      }
      const wire = await open()
      wire.write(valid('x'))
      await until(() => running)
      wire.vanish()
      await until(async () => (await connections(host)) === 0)
      goOn()
      await Promise.all(processed)
      expect([channel.texts, adapter.metrics().failed]).toEqual([['said anyway'], 0])
    })

    test('forgets a client that has gone in the middle of its body', async () => {
      const wire = await open()
      wire.write(valid('x').slice(0, -10))
      await until(() => processed.length === 1)
      wire.vanish()
      await Promise.all(processed)
      expect([adapter.metrics(), channel.calls]).toMatchObject([
        { refused: { BODY_INCOMPLETE: 1 }, turns: 0, running: 0 },
        [],
      ])
    })

    test('reads what is left of a refused body and answers the next request on that connection', async () => {
      const wire = await open()
      wire.write(head({ 'Content-Type': 'application/json', 'Content-Length': '200000' }))
      expect(await wire.answer()).toMatchObject({ status: 401 })
      wire.write('x'.repeat(200_000) + valid('next'))
      expect(await wire.answer()).toMatchObject({ status: 200 })
    })

    test.each([
      ['that is announced as 10 MB', 'x', { 'Content-Length': '10000000' }],
      ['without an end', `400\r\n${'x'.repeat(1024)}\r\n`, { 'Transfer-Encoding': 'chunked' }],
    ])('closes on a refused body %s, after the answer', async (_case, piece, length) => {
      const wire = await open()
      wire.write(head({ 'Content-Type': 'application/json', ...length }))
      expect(await wire.answer()).toMatchObject({ status: 401 })
      await wire.writeUntilClosed(piece.repeat(1024))
    })

    test('closes on a proven sender whose body is far larger than allowed, after the 413', async () => {
      const wire = await open()
      const authorization = { Authorization: `Bearer ${channel.token()}` }
      wire.write(head({ 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked', ...authorization }))
      const piece = `10000\r\n${'x'.repeat(64 * 1024)}\r\n`
      // One more than fits: what comes after the answer is what is not read for ever.
      wire.write(piece.repeat(17))
      expect(await wire.answer()).toMatchObject({ status: 413 })
      await wire.writeUntilClosed(piece)
    })

    test.each([
      ['is accepted when it is small', 200, (text: string) => gzipSync(text)],
      ['is refused when it says that it is large', 413, () => gzipSync(LARGE)],
      ['is refused when it is large and says that it is not', 413, () => understated(gzipSync(LARGE))],
      ['is refused when it is damaged', 400, (text: string) => gzipSync(text).subarray(0, -9)],
    ])('a body in gzip %s', async (_case, status, pack) => {
      const wire = await open()
      const body = pack(JSON.stringify(channel.message())).toString('latin1')
      wire.write(post(body, { Authorization: `Bearer ${channel.token()}`, 'Content-Encoding': 'gzip' }))
      expect(await wire.answer()).toMatchObject({ status })
    })

    test('tells who asks first to continue, and answers', async () => {
      const wire = await open()
      const request = valid('patience', { Expect: '100-continue' })
      const bodyAt = request.indexOf('\r\n\r\n') + 4
      wire.write(request.slice(0, bodyAt))
      expect(await wire.answer()).toMatchObject({ status: 100 })
      wire.write(request.slice(bodyAt))
      expect(await wire.answer()).toMatchObject({ status: 200 })
    })

    test.each(['HEAD', 'OPTIONS', 'TRACE', 'GET', 'PUT', 'DELETE', 'PATCH'])(
      'answers %s with 405 and nothing for other origins',
      async (method) => {
        const wire = await open()
        const preflight = { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' }
        wire.write(head({ ...preflight, Authorization: `Bearer ${channel.token()}` }, method))
        const answer = await wire.answer(method !== 'HEAD')
        expect(answer).toMatchObject({ status: 405, headers: { allow: 'POST' } })
        expect(Object.keys(answer?.headers ?? {}).filter((header) => header.startsWith('access-control-'))).toEqual([])
      },
    )

    test('closes on CONNECT', async () => {
      const wire = await open()
      wire.write('CONNECT bot.example:443 HTTP/1.1\r\nHost: bot.example\r\n\r\n')
      await wire.closed
      expect(processed).toEqual([])
    })

    test('answers a flood of strangers with 401 each, however late, and a valid request with 200', async () => {
      const flood = await Promise.all(Array.from({ length: 50 }, open))
      const statuses: (number | undefined)[] = []
      const flooding = flood.map(async (wire) => {
        for (let count = 0; count < 6; count += 1) {
          wire.write(post('{}'))
          statuses.push((await wire.answer())?.status)
        }
      })
      const wire = await open()
      wire.write(valid('in the flood'))
      expect(await wire.answer()).toMatchObject({ status: 200 })
      await Promise.all(flooding)
      expect(statuses).toEqual(Array(300).fill(401))
    })
  })

  test('has the documented limits', async () => {
    await start()
    expect(host.server).toMatchObject(serverLimits)
  })
})

describe('serverLimits', () => {
  test('are 10 s for headers, 27 s for requests and 65 s idle, looked after every 2 s, and 16 KiB', () => {
    expect(serverLimits).toEqual({
      headersTimeout: 10_000,
      requestTimeout: 27_000,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: 2_000,
      maxHeaderSize: 16_384,
    })
  })

  test('are replaced one by one', () => {
    expect(applyServerLimits(createServer(), { headersTimeoutMs: 5, connectionsCheckingIntervalMs: 7 })).toMatchObject({
      ...serverLimits,
      headersTimeout: 5,
      connectionsCheckingInterval: 7,
    })
    expect(applyServerLimits(createServer(), { requestTimeoutMs: 5, keepAliveTimeoutMs: 7 })).toMatchObject({
      ...serverLimits,
      requestTimeout: 5,
      keepAliveTimeout: 7,
    })
  })

  test('are options of createServer', () => {
    expect(createServer(serverLimits)).toMatchObject(serverLimits)
    expect(applyServerLimits(createServer())).toMatchObject(serverLimits)
  })

  test('are options of fastify, for every server it makes', async () => {
    const app = fastify({ ...serverLimits, http: serverLimits })
    await app.listen({ port: 0, host: 'localhost' })
    expect(app.server).toMatchObject(serverLimits)
    await app.close()
  })
})

/** From now on every request on the way has taken too long. */
function loseAllPatience(): void {
  Object.assign(host.server, { headersTimeout: 1, requestTimeout: 1 })
}

/** Gzip data that says it holds a hundred bytes. */
function understated(packed: Buffer): Buffer {
  packed.writeUInt32LE(100, packed.length - 4)
  return packed
}

function isError({ level }: LogLine): boolean {
  return level === 'error'
}

function connections({ server }: LimitedHost): Promise<number> {
  return new Promise((resolve) => {
    server.getConnections((_, count) => resolve(count))
  })
}
