import { createServer } from 'node:http'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as the service read it. */
export interface Received {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: unknown
}

/** What the service does with a request it has read completely. */
export type Answer = (response: ServerResponse, request: Received) => void

/** Azure AI Language on loopback, which follows a script. */
export interface FakeLanguageService {
  readonly endpoint: string
  readonly received: Received[]
  close(): Promise<void>
}

export const KEY = '0123456789abcdef0123456789abcdef'

/** Starts a service whose n-th request gets the n-th answer; further ones get the last. */
export async function startLanguageService(...script: Answer[]): Promise<FakeLanguageService> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', headers, url: path = '' } = request
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
      const read = { method, url: new URL(path, 'http://service.test'), headers, body }
      const answer = script[Math.min(received.push(read), script.length) - 1]
      answer?.(response, read)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** A JSON answer. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return raw(status, JSON.stringify(value), { 'content-type': 'application/json', ...headers })
}

/** An answer as it is. */
export function raw(status: number, body: string, headers: Record<string, string> = {}): Answer {
  return (response) => void response.writeHead(status, headers).end(body)
}

/** An error as the service words it, which repeats the key it was sent. */
export function refusal(status: number, code: string, headers: Record<string, string> = {}): Answer {
  return json(status, { error: { code, message: `No: ${KEY}`, innererror: { code: KEY } } }, headers)
}

/** Never answers. */
export const silence: Answer = () => {}

/** Reads the request and breaks the connection. */
export const reset: Answer = (response) => void response.socket?.resetAndDestroy()

/** Promises a body and breaks off. */
export const cutOff: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
  response.write('{"result":', () => response.socket?.destroy())
}

/** Sends more than anybody reads. */
export const endless: Answer = (response) => {
  const chunk = 'x'.repeat(1024 * 1024)
  const write = (): void => void response.write(chunk, (error) => (error ? undefined : write()))
  response.on('error', () => {})
  write()
}

/** A service in which a test may have opened something, closed after each test. */
export function closeAfterEach(): <T extends { close(): unknown }>(thing: T) => T {
  const open: { close(): unknown }[] = []
  afterEach(async () => {
    for (const thing of open.splice(0).toReversed()) await thing.close()
  })
  return (thing) => {
    open.push(thing)
    return thing
  }
}
