import { request as requestHttp } from 'node:http'
import type { Agent, IncomingHttpHeaders } from 'node:http'
import { request as requestHttps } from 'node:https'
import { text } from 'node:stream/consumers'

/** One request, as it is sent. */
export interface BlobExchange {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE'
  readonly url: URL
  /** Encoded, with the query: it is not normalised again. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | undefined
  readonly agent: Agent
  readonly timeoutMs: number
}

/** An answer, whatever its status, or that there was none. */
export interface BlobReply {
  /** 0: there was no answer. */
  readonly statusCode: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  /** Why there was no answer. */
  readonly cause?: unknown
}

/** Sends a request and reads its whole answer. Never rejects; redirects are not followed. */
export function exchangeBlob(exchange: BlobExchange): Promise<BlobReply> {
  const { method, url, path, headers, body, agent, timeoutMs } = exchange
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve) => {
    const fail = (cause: unknown): void => resolve({ statusCode: 0, headers: {}, text: '', cause })
    const { hostname, port } = url
    const signal = AbortSignal.timeout(timeoutMs)
    const options = { method, hostname: hostname.replace(/^\[|\]$/g, ''), port, path, headers, agent, signal }
    const sent = send(options, (response) => {
      text(response).then(
        (answer) => resolve({ statusCode: response.statusCode ?? 0, headers: response.headers, text: answer }),
        fail,
      )
    })
    sent.on('error', fail)
    sent.end(body)
  })
}
