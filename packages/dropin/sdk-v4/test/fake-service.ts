import { createServer } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as the service read it. */
export interface Received {
  readonly method: string
  /** As on the wire, not decoded. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** An answer: a status, a body (objects are sent as JSON) and headers. */
export interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** A service on loopback that follows a script. */
export interface FakeService {
  readonly url: string
  readonly received: Received[]
  close(): Promise<void>
}

const open: FakeService[] = []

/** Starts a service whose n-th request gets the n-th answer; further ones get the last. It is closed by {@link closeServices}. */
export async function startService(...script: Answer[]): Promise<FakeService> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    void readAll(request).then((text) => {
      const { method = '', url: path = '', headers } = request
      const index = received.push({ method, path, headers, body: text }) - 1
      const {
        status,
        body = '',
        headers: more,
      } = script[Math.min(index, script.length - 1)] ?? { status: 200, body: {} }
      const isText = typeof body === 'string' || Buffer.isBuffer(body)
      response.writeHead(status, { 'content-type': 'application/json', ...more })
      response.end(isText ? body : JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const close = (): Promise<void> => {
    server.closeAllConnections()
    return new Promise((resolve) => {
      server.close(() => resolve())
    })
  }
  const service = { url: `http://127.0.0.1:${port}/`, received, close }
  open.push(service)
  return service
}

/** For `afterEach`. */
export async function closeServices(): Promise<void> {
  await Promise.all(open.splice(0).map((service) => service.close()))
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
