import { createServer } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo, Server } from 'node:net'

/** A request as the connector read it. */
export interface Received {
  readonly method: string
  /** As on the wire, not decoded. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** What the connector does with a request it has read completely. */
export type Answer = (response: ServerResponse, request: Received) => void

/** A connector on loopback that follows a script. */
export interface FakeConnector {
  readonly serviceUrl: string
  readonly received: Received[]
  /** Connections accepted so far. */
  readonly connections: () => number
  close(): Promise<void>
}

/** Starts a connector whose n-th request gets the n-th answer; further ones get the last. */
export async function startConnector(...script: Answer[]): Promise<FakeConnector> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    void readAll(request).then((body) => {
      const { method = '', url: path = '', headers } = request
      const index = received.push({ method, path, headers, body }) - 1
      const answer = script[Math.min(index, script.length - 1)] ?? created()
      answer(response, { method, path, headers, body })
    })
  })
  let connections = 0
  server.on('connection', () => {
    connections += 1
  })
  const port = await listen(server)
  const close = (): Promise<void> => {
    server.closeAllConnections()
    return closed(server)
  }
  return { serviceUrl: `http://127.0.0.1:${port}/`, received, connections: () => connections, close }
}

/** 201 with an id. */
export function created(id = 'a1'): Answer {
  return json(201, { id })
}

/** A JSON answer. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return raw(status, JSON.stringify(value), { 'content-type': 'application/json', ...headers })
}

/** An answer as it is. */
export function raw(status: number, body: string | Buffer = '', headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, headers).end(body)
  }
}

/** An error in the shape of the Connector API. */
export function refusal(status: number, code = 'ServiceError', headers: Record<string, string> = {}): Answer {
  return json(status, { error: { code, message: 'a message that must not travel' } }, headers)
}

/** Never answers. */
export const silence: Answer = () => {}

/** Reads the request and breaks the connection. */
export const reset: Answer = (response) => {
  response.socket?.resetAndDestroy()
}

/** Listens on a free port of loopback. */
export function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

/** Stops listening and waits for the last connection to end. */
export function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
  })
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
