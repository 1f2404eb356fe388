import type { IncomingMessage } from 'node:http'
import { InboundRefusedError } from '@parley/core'
import type { Answer, InboundBody, InboundRequest } from '../http/inbound-request.ts'
import { HTTP_REFUSALS } from '../http/refusals.ts'

/** A request of `node:http`, or of a framework built on it. A `body` that middleware has parsed is used as it is. */
export interface NodeRequest {
  readonly method?: string | undefined
  readonly headers: { readonly [name: string]: string | string[] | undefined }
  readonly rawHeaders?: readonly string[] | undefined
  readonly socket?: { readonly remoteAddress?: string | undefined } | null
  readonly body?: unknown
}

/** A response of `node:http`, or of a framework built on it. */
export interface NodeResponse {
  readonly headersSent: boolean
  readonly destroyed: boolean
  writeHead(status: number, headers: Record<string, string | number>): unknown
  end(body?: string): unknown
  readonly req?: unknown
}

/** Translates a request of `node:http`. */
export function fromNodeRequest(request: NodeRequest): InboundRequest {
  return {
    method: request.method ?? '',
    header(name) {
      const value = request.headers[name]
      return Array.isArray(value) ? value.join(', ') : value
    },
    ...(request.rawHeaders ? { rawHeaders: request.rawHeaders } : {}),
    remoteAddress: request.socket?.remoteAddress,
    body: (maxBytes) => readBody(request, maxBytes),
  }
}

/** Writes an answer, unless the client has gone or something else has answered already. */
export function writeNodeAnswer(response: NodeResponse, { status, headers, body, delayMs }: Answer): void {
  if (response.headersSent || response.destroyed) return
  const length = body === undefined ? 0 : Buffer.byteLength(body)
  response.writeHead(status, { ...headers, 'Content-Length': length })
  const finish = (): void => {
    // First, because Node reads all that is left of a body that nobody listens to.
    limitRest(response.req as IncomingMessage | undefined)
    response.end(body)
  }
  // Nothing leaves before the end, but frameworks see already that there is an answer.
  if (delayMs) setTimeout(finish, delayMs)
  else finish()
}

const MAX_REST_BYTES = 256 * 1024

/**
 * Reads what is left of a body that nobody wants, so that the sender sees the answer instead of a reset; who sends far more
 * than any activity has loses the connection.
 */
export function limitRest(request: IncomingMessage | undefined): void {
  if (!request || request.complete || request.destroyed) return
  let rest = 0
  request.on('data', (chunk: Buffer | string) => {
    rest += chunk.length
    if (rest > MAX_REST_BYTES) request.socket.destroy()
  })
}

async function readBody(request: NodeRequest, maxBytes: number): Promise<InboundBody> {
  const { body } = request
  if (body === undefined) return { kind: 'bytes', bytes: await readBytes(request as IncomingMessage, maxBytes) }
  if (body instanceof Uint8Array) return { kind: 'bytes', bytes: body }
  if (typeof body === 'string') return { kind: 'bytes', bytes: Buffer.from(body) }
  return { kind: 'parsed', value: body }
}

function readBytes(stream: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    if (stream.readableEnded || stream.destroyed) return reject(incomplete())
    if (Number(stream.headers['content-length']) > maxBytes) return reject(tooLarge(maxBytes))
    const chunks: Buffer[] = []
    let size = 0
    // Text, where middleware before us has set an encoding.
    stream.on('data', (data: Buffer | string) => {
      const chunk = typeof data === 'string' ? Buffer.from(data) : data
      size += chunk.length
      if (size > maxBytes) reject(tooLarge(maxBytes))
      else chunks.push(chunk)
    })
    stream.once('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
    stream.once('error', (cause) => reject(incomplete({ cause })))
    stream.once('close', () => {
      if (!stream.readableEnded) reject(incomplete())
    })
  })
}

function tooLarge(maxBytes: number): InboundRefusedError {
  return new InboundRefusedError(HTTP_REFUSALS.BODY_SIZE, `The body is larger than ${maxBytes} bytes.`)
}

function incomplete(options?: ErrorOptions): InboundRefusedError {
  const message = 'The body ended early, or was read by something before the adapter that left no `body` behind.'
  return new InboundRefusedError(HTTP_REFUSALS.BODY_INCOMPLETE, message, options)
}
