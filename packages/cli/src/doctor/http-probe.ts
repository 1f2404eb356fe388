import http from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import https from 'node:https'

export interface ProbeRequest {
  readonly method: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/** What came of a request. */
export type ProbeResult = ProbeAnswer | ProbeFailure

export interface ProbeAnswer {
  readonly kind: 'answered'
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Its first 64 KiB. */
  readonly body: string
  /** From the beginning to the head of the answer. */
  readonly ms: number
  /** When the head of the answer came, in milliseconds since the epoch. */
  readonly answeredAt: number
}

export interface ProbeFailure {
  readonly kind: 'failed'
  /** What the network said, e.g. `ECONNRESET`; `timeout` when it said nothing in time. */
  readonly reason: string
}

const MAX_BODY_BYTES = 64 * 1024

/**
 * Sends one request over a connection of its own, follows nothing and never rejects. Certificates are not looked at: that is a
 * check of its own, and nothing is sent here that anybody could use elsewhere.
 */
export function probe(url: URL, { method, headers = {}, body, timeoutMs, signal }: ProbeRequest): Promise<ProbeResult> {
  const startedAt = performance.now()
  const giveUp = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
  const options = { method, headers, signal: giveUp, agent: false as const, rejectUnauthorized: false }
  return new Promise((resolve) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, options)
    // Also after the answer: a server may close before it has read a body that is too large.
    request.on('error', (error: NodeJS.ErrnoException) => {
      resolve({ kind: 'failed', reason: giveUp.aborted ? 'timeout' : (error.code ?? error.message) })
    })
    request.on('response', (response) => {
      const head = { status: response.statusCode ?? 0, headers: response.headers }
      const times = { ms: performance.now() - startedAt, answeredAt: Date.now() }
      void beginningOf(response).then((text) => {
        resolve({ kind: 'answered', ...head, ...times, body: text })
        request.destroy()
      })
    })
    request.end(body)
  })
}

function beginningOf(response: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    const done = (): void => resolve(Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES).toString())
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      size += chunk.length
      if (size >= MAX_BODY_BYTES) done()
    })
    response.on('error', done)
    response.on('close', done)
  })
}
