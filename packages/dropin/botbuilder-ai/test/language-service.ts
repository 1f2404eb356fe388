import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as the service read it. */
export interface Received {
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: unknown
}

/** Azure AI Language on loopback, which gives one answer to everything. */
export interface LanguageService {
  readonly host: string
  readonly received: Received[]
  close(): Promise<void>
}

export async function startLanguageService(status: number, answer: unknown): Promise<LanguageService> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
      received.push({ url: new URL(request.url ?? '', 'http://service.test'), headers: request.headers, body })
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    host: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
