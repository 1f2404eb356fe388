import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** What the service answers; `undefined` breaks the connection. */
export type Answer =
  | { readonly status: number; readonly body?: string; readonly headers?: Record<string, string> }
  | undefined

/** A service on this machine that answers by a script. */
export interface FakeService {
  readonly serviceUrl: string
  readonly received: {
    readonly method: string
    readonly path: string
    readonly headers: IncomingHttpHeaders
    readonly body: string
  }[]
  close(): Promise<void>
}

/** The n-th request gets the n-th answer; further ones get the last. */
export async function startFakeService(...script: Answer[]): Promise<FakeService> {
  const received: FakeService['received'] = []
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { method = '', url: path = '', headers } = request
      const count = received.push({ method, path, headers, body })
      const answer = script[Math.min(count, script.length) - 1]
      if (!answer) return void response.socket?.resetAndDestroy()
      response.writeHead(answer.status, answer.headers).end(answer.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { serviceUrl: `http://127.0.0.1:${port}/`, received, close }
}

/** A bag as the service answers it. */
export function bag(data: unknown, eTag: string): Answer {
  return { status: 200, body: JSON.stringify({ data, eTag }) }
}

/** An error as the service answers it. */
export function refusal(status: number, code: string, headers?: Record<string, string>): Answer {
  const body = JSON.stringify({ error: { code, message: 'must not travel' } })
  return headers ? { status, body, headers } : { status, body }
}
