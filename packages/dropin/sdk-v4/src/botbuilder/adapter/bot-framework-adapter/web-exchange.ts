import type { InboundBody, InboundRequest } from '@parley/adapter/internal'
import { InboundRefusedError } from '@parley/core'
import { fromWebRequest } from '../http-exchange.ts'
import type { WebRequest } from '../web-messages.ts'

const JSON_TYPE = 'application/json'

/** Headers of a request that a framework made, or a test. */
type Headers = Readonly<Record<string, string | string[] | undefined>>

/**
 * One request on its way: translated more loosely than by {@link fromWebRequest}, because v4's older adapter asks nothing of a
 * request but `headers` and a `body`, or `on` to read it.
 */
export class WebExchange {
  readonly inbound: InboundRequest
  /** Names and values alternating. It is new for every request, and stands for it on the road. */
  readonly rawHeaders: readonly string[]
  /** What its turn threw. */
  turnError: unknown
  private seen: InboundBody | undefined

  constructor(given: WebRequest | null | undefined) {
    const request: WebRequest = given?.headers ? given : { headers: {}, body: given?.body as unknown }
    const inbound = fromWebRequest(request)
    this.rawHeaders = rawHeadersOf(request)
    this.inbound = {
      ...inbound,
      method: inbound.method || 'POST',
      rawHeaders: this.rawHeaders,
      header: (name) => inbound.header(name) ?? (name === 'content-type' ? JSON_TYPE : undefined),
      body: async (maxBytes) => (this.seen = await readBody(request, inbound, maxBytes)),
    }
  }

  /** What v4 says of a body that is no activity; `undefined` for one that it would take, or that was not read. */
  bodyError(): Error | undefined {
    if (!this.seen) return undefined
    try {
      checkActivity(this.seen.kind === 'parsed' ? this.seen.value : JSON.parse(Buffer.from(this.seen.bytes).toString()))
      return undefined
    } catch (error) {
      return error as Error
    }
  }
}

function checkActivity(body: unknown): void {
  if (typeof body !== 'object' || body === null) throw new Error('validateAndFixActivity(): invalid request body.')
  if (typeof (body as { type?: unknown }).type !== 'string') {
    throw new Error('validateAndFixActivity(): missing activity type.')
  }
}

/** As they came, and an Authorization that a middleware of the bot has put there. */
function rawHeadersOf(request: WebRequest): string[] {
  const { rawHeaders } = request as { rawHeaders?: readonly string[] }
  const listed = Object.entries(request.headers as Headers).flatMap(([name, value]) =>
    [value ?? []].flat().flatMap((one) => [name, one]),
  )
  if (!Array.isArray(rawHeaders)) return listed
  const raw = [...(rawHeaders as readonly string[])]
  return hasAuthorization(raw) ? raw : [...raw, ...authorizationIn(listed)]
}

function hasAuthorization(rawHeaders: readonly string[]): boolean {
  return authorizationIn(rawHeaders).length > 0
}

function authorizationIn(rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter((_, index) => rawHeaders[index - (index % 2)]?.toLowerCase() === 'authorization')
}

/** Those of `node:http` are read as everywhere; others may have no more of a stream than `on`. */
async function readBody(request: WebRequest, inbound: InboundRequest, maxBytes: number): Promise<InboundBody> {
  const isParsed = request.body !== undefined && request.body !== null
  if (isParsed || 'socket' in request) return inbound.body(maxBytes)
  if (typeof request.on === 'function') return { kind: 'bytes', bytes: await readEvents(request, maxBytes) }
  return { kind: 'parsed', value: undefined }
}

function readEvents(request: WebRequest, maxBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on?.('data', (chunk: string | Uint8Array) => {
      const bytes = Buffer.from(chunk as string)
      size += bytes.length
      if (size > maxBytes) reject(tooLarge(maxBytes))
      else chunks.push(bytes)
    })
    request.on?.('end', () => resolve(Buffer.concat(chunks)))
    request.on?.('error', (cause: unknown) => reject(incomplete({ cause })))
    request.on?.('close', () => reject(incomplete()))
  })
}

function tooLarge(maxBytes: number): InboundRefusedError {
  return new InboundRefusedError({ code: 'BODY_SIZE', status: 413 }, `The body is larger than ${maxBytes} bytes.`)
}

function incomplete(options?: ErrorOptions): InboundRefusedError {
  return new InboundRefusedError({ code: 'BODY_INCOMPLETE', status: 400 }, 'The body ended early.', options)
}
