import { getEventListeners, once } from 'node:events'
import { createServer as createHttpServer, Agent } from 'node:http'
import { Agent as SecureAgent, createServer as createSecureServer } from 'node:https'
import { createServer } from 'node:net'
import type { Socket } from 'node:net'
import { Worker } from 'node:worker_threads'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { createTestIdentity } from 'test-support/certificate'
import { closeAfterEach } from '../test/closing.ts'
import { closed, listen } from '../test/fake-connector.ts'
import { exchange } from './exchange.ts'
import type { ExchangeRequest } from './exchange.ts'

const opened = closeAfterEach()
const ANSWER = 'HTTP/1.1 201 Created\r\ncontent-length: 10\r\n\r\n{"id":"1"}'

const CLOSES_AFTER_ONE_ANSWER = `
  const { parentPort } = require('node:worker_threads')
  const server = require('node:net').createServer((socket) => {
    socket.on('error', () => {}).once('data', () => {
      socket.write(${JSON.stringify(ANSWER)}, () => setTimeout(() => socket.resetAndDestroy(), 5))
    })
  })
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
`

function agent(): Agent {
  const made = new Agent({ keepAlive: true })
  opened({ close: () => made.destroy() })
  return made
}

/** Listens; on each connection does what the script says for it, the last entry for all further ones. */
async function serve(...script: ((socket: Socket) => void)[]): Promise<{ port: number; connections: () => number }> {
  const sockets = new Set<Socket>()
  let count = 0
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}))
    script[Math.min(count++, script.length - 1)]?.(socket)
  })
  const port = await listen(server)
  opened({ close: () => (sockets.forEach((socket) => socket.destroy()), closed(server)) })
  return { port, connections: () => count }
}

const answering =
  (text: string | Buffer) =>
  (socket: Socket): void => {
    socket.on('data', () => socket.write(text))
  }

function order(port: number, changes: Partial<ExchangeRequest> = {}): ExchangeRequest {
  return {
    secure: false,
    hostname: '127.0.0.1',
    port: String(port),
    method: 'POST',
    path: '/v3/conversations/%2E%2E/activities',
    headers: { 'content-type': 'application/json' },
    body: '{"text":"hi"}',
    agent: changes.agent ?? agent(),
    connectTimeoutMs: 1_000,
    timeoutMs: 1_000,
    maxBytes: 1_000,
    signal: undefined,
    ...changes,
  }
}

test('sends the path as it is, with the length of the body', async () => {
  const requests: string[] = []
  const { port } = await serve((socket) => {
    socket.on('data', (data) => {
      requests.push(data.toString())
      socket.write(ANSWER)
    })
  })

  const reply = await exchange(order(port))

  expect(reply).toMatchObject({ status: 201, body: Buffer.from('{"id":"1"}') })
  expect(requests[0]).toMatch(/^POST \/v3\/conversations\/%2E%2E\/activities HTTP\/1\.1\r\n/)
  expect(requests[0]).toMatch(/content-length: 13\r\n/i)
})

test('uses one connection for calls one after the other', async () => {
  const { port, connections } = await serve(answering(ANSWER))
  const shared = agent()

  for (let call = 0; call < 5; call += 1) await exchange(order(port, { agent: shared }))

  expect(connections()).toBe(1)
})

test('leaves no timer and no listener behind', async () => {
  const { port } = await serve(answering(ANSWER))
  const { signal } = new AbortController()
  const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
  const before = timers()

  await exchange(order(port, { signal, timeoutMs: 60_000, connectTimeoutMs: 60_000 }))

  expect(timers()).toBe(before)
  expect(getEventListeners(signal, 'abort')).toEqual([])
})

describe('what is certain about a broken connection', () => {
  test('refused: nothing was sent', async () => {
    const server = createServer()
    const free = await listen(server)
    await closed(server)

    await expect(exchange(order(free))).rejects.toMatchObject({ kind: 'connection', code: 'ECONNREFUSED', sent: false })
  })

  test.each<[string, (socket: Socket) => void]>([
    ['closed', (socket) => socket.destroy()],
    ['reset', (socket) => socket.resetAndDestroy()],
  ])('%s on accept: nothing was sent (O09)', async (_, drop) => {
    const { port } = await serve(drop)

    await expect(exchange(order(port))).rejects.toMatchObject({ kind: 'connection', sent: false })
  })

  test.each<[string, (socket: Socket) => void]>([
    ['closed', (socket) => socket.destroy()],
    ['reset', (socket) => socket.resetAndDestroy()],
  ])('%s after the request was read: it may have been carried out (O20)', async (_, drop) => {
    const { port } = await serve((socket) => socket.on('data', () => drop(socket)))

    await expect(exchange(order(port))).rejects.toMatchObject({ kind: 'connection', code: 'ECONNRESET', sent: true })
  })

  test('a kept-alive connection reset at its reuse may have carried the request out', async () => {
    const { port } = await serve((socket) => {
      let reads = 0
      socket.on('data', () => (++reads === 1 ? socket.write(ANSWER) : socket.resetAndDestroy()))
    })
    const shared = agent()
    await exchange(order(port, { agent: shared }))

    await expect(exchange(order(port, { agent: shared }))).rejects.toMatchObject({ kind: 'connection', sent: true })
  })

  test('a kept-alive connection that was gone before its reuse did not carry the request out', async () => {
    const service = new Worker(CLOSES_AFTER_ONE_ANSWER, { eval: true })
    opened({ close: () => service.terminate() })
    const [port] = (await once(service, 'message')) as [number]
    const shared = agent()
    await exchange(order(port, { agent: shared }))

    // The reset arrives while this thread is busy, as it does in a bot that computes.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 40)

    await expect(exchange(order(port, { agent: shared }))).rejects.toMatchObject({ kind: 'connection', sent: false })
  })

  test('reset while a large request is still on its way: it was not carried out', async () => {
    const { port } = await serve((socket) => socket.once('data', () => socket.resetAndDestroy()))
    const body = 'x'.repeat(20_000_000)

    await expect(exchange(order(port, { body }))).rejects.toMatchObject({ kind: 'connection', sent: false })
  })

  test('a peer that does not speak HTTP may have carried the request out', async () => {
    const { port } = await serve(answering('220 mail.example.com ESMTP\r\n'))

    await expect(exchange(order(port))).rejects.toMatchObject({ code: expect.stringMatching(/^HPE_/), sent: true })
  })
})

describe('what takes too long', () => {
  test('silence after the request ends after the time for the try (O10)', async () => {
    const { port } = await serve(() => {})

    await expect(exchange(order(port, { timeoutMs: 50 }))).rejects.toMatchObject({ kind: 'timeout', sent: true })
  })

  test('a handshake that does not come about ends after the time for it, with nothing sent', async () => {
    const { port } = await serve(() => {})
    const secure = new SecureAgent()
    opened({ close: () => secure.destroy() })

    await expect(exchange(order(port, { secure: true, agent: secure, connectTimeoutMs: 20 }))).rejects.toMatchObject({
      kind: 'timeout',
      sent: false,
    })
  })

  test('a name server that does not answer is told apart from a host that does not', async () => {
    const deaf = new Agent({ lookup: () => {} })
    opened({ close: () => deaf.destroy() })

    await expect(
      exchange(order(80, { hostname: 'bot.example', agent: deaf, connectTimeoutMs: 20 })),
    ).rejects.toMatchObject({ kind: 'unresolved', sent: false })
  })

  test('a body that trickles ends after the time for the try, with its status and its connection (O24)', async () => {
    let onClose = (): void => {}
    const connectionClosed = new Promise<void>((resolve) => {
      onClose = resolve
    })
    const { port } = await serve((socket) => {
      socket.on('close', onClose)
      socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{'))
    })

    const reply = await exchange(order(port, { timeoutMs: 50 }))

    expect(reply).toMatchObject({ status: 200, bodyProblem: 'too slow' })
    await connectionClosed
  })
})

describe('a body that cannot be used leaves the status', () => {
  const huge = Buffer.alloc(100_000, 'x')
  const encoded = (encoding: string, body: Buffer): Buffer =>
    Buffer.concat([
      Buffer.from(`HTTP/1.1 200 OK\r\ncontent-encoding: ${encoding}\r\ncontent-length: ${body.length}\r\n\r\n`),
      body,
    ])

  test.each<[string, string, string | Buffer]>([
    [
      'of 100 kB in one piece (O24)',
      'too large',
      `HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n${huge.toString()}`,
    ],
    ['that is a gzip bomb (O24)', 'too large', encoded('gzip', gzipSync(huge))],
    ['that is a brotli bomb', 'too large', encoded('br', brotliCompressSync(huge))],
    ['that is not the gzip it says', 'not decodable', encoded('gzip', Buffer.from('plain'))],
    ['in an unknown encoding', 'not decodable', encoded('zstd', Buffer.from('plain'))],
    ['in an encoding named like a property', 'not decodable', encoded('constructor', Buffer.from('plain'))],
  ])('%s', async (_, bodyProblem, answer) => {
    const { port } = await serve(answering(answer))

    await expect(exchange(order(port))).resolves.toMatchObject({ status: 200, bodyProblem, body: Buffer.alloc(0) })
  })

  test('that is cut off', async () => {
    const { port } = await serve((socket) => {
      socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{"id"'))
    })

    await expect(exchange(order(port))).resolves.toMatchObject({ status: 200, bodyProblem: 'cut off' })
  })

  test.each<[string, (body: Buffer) => Buffer]>([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('but %s within the limit is read', async (encoding, compress) => {
    const { port } = await serve(answering(encoded(encoding, compress(Buffer.from('{"id":"1"}')))))

    await expect(exchange(order(port))).resolves.toMatchObject({ status: 200, body: Buffer.from('{"id":"1"}') })
  })
})

describe('an aborted signal', () => {
  test('prevents the request', async () => {
    const { port, connections } = await serve(answering(ANSWER))

    await expect(exchange(order(port, { signal: AbortSignal.abort(new Error('gone')) }))).rejects.toThrow('gone')
    expect(connections()).toBe(0)
  })

  test('ends a request under way and its connection', async () => {
    const abort = new AbortController()
    let onClose = (): void => {}
    const connectionClosed = new Promise<void>((resolve) => {
      onClose = resolve
    })
    const { port } = await serve((socket) => {
      socket.on('data', () => abort.abort(new Error('gone'))).on('close', onClose)
    })

    await expect(exchange(order(port, { signal: abort.signal }))).rejects.toThrow('gone')
    await connectionClosed
  })
})

describe('over TLS', () => {
  const identity = createTestIdentity('bot.localhost')

  async function serveSecure({ key, cert } = identity): Promise<number> {
    const server = createSecureServer({ key, cert }, (_, response) => response.writeHead(201).end('{"id":"1"}'))
    const port = await listen(server)
    opened({ close: () => (server.closeAllConnections(), closed(server)) })
    return port
  }

  function secureOrder(port: number, trusted?: string, servername = 'bot.localhost'): ExchangeRequest {
    const secure = new SecureAgent({
      keepAlive: true,
      rejectUnauthorized: true,
      servername,
      ...(trusted && { ca: trusted }),
    })
    opened({ close: () => secure.destroy() })
    return order(port, { secure: true, agent: secure })
  }

  test('a trusted certificate for the name passes', async () => {
    const port = await serveSecure()

    await expect(exchange(secureOrder(port, identity.cert))).resolves.toMatchObject({ status: 201 })
  })

  test('a self-signed certificate is refused before anything is sent (O25)', async () => {
    const port = await serveSecure()

    await expect(exchange(secureOrder(port))).rejects.toMatchObject({
      kind: 'untrusted',
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      sent: false,
    })
  })

  test('a certificate for another name is refused before anything is sent (O25)', async () => {
    const port = await serveSecure()

    await expect(exchange(secureOrder(port, identity.cert, 'other.localhost'))).rejects.toMatchObject({
      kind: 'untrusted',
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
      sent: false,
    })
  })

  test('an expired certificate is refused before anything is sent (O25)', async () => {
    const expired = createTestIdentity('bot.localhost', { notAfter: new Date('2021-01-01') })
    const port = await serveSecure(expired)

    await expect(exchange(secureOrder(port, expired.cert))).rejects.toMatchObject({
      kind: 'untrusted',
      code: 'CERT_HAS_EXPIRED',
      sent: false,
    })
  })

  test('a host that does not speak TLS is refused before anything is sent', async () => {
    const server = createHttpServer()
    const port = await listen(server)
    opened({ close: () => closed(server) })

    await expect(exchange(secureOrder(port))).rejects.toMatchObject({ kind: 'untrusted', sent: false })
  })

  test.each<[string, (socket: Socket) => void]>([
    ['closed', (socket) => socket.destroy()],
    ['reset', (socket) => socket.resetAndDestroy()],
  ])('%s during the handshake: nothing was sent (O09)', async (_, drop) => {
    const { port } = await serve((socket) => socket.once('data', () => drop(socket)))

    await expect(exchange(secureOrder(port, identity.cert))).rejects.toMatchObject({ kind: 'connection', sent: false })
  })

  test('reset after the request was read: it may have been carried out (O20)', async () => {
    const server = createSecureServer(
      identity,
      (request) => void request.resume().on('end', () => request.socket.destroy()),
    )
    const port = await listen(server)
    opened({ close: () => closed(server) })

    await expect(exchange(secureOrder(port, identity.cert))).rejects.toMatchObject({ kind: 'connection', sent: true })
  })
})
