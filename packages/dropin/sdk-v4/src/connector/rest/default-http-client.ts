import { Readable } from 'node:stream'
import { RestClient } from '@parley/connector'
import type { OutboundMethod } from '@parley/connector'
import { HttpHeaders } from '../../stdlib/index.ts'
import type { AbortSignalLike, HttpClient, HttpOperationResponse, WebResourceLike } from '../../stdlib/index.ts'
import { unansweredErrorOf } from './rest-error.ts'

let shared: RestClient | undefined

/** Carries requests over Parley's own exchange. Connections are shared by all clients. */
export const defaultHttpClient: HttpClient = {
  async sendRequest(request) {
    // Which services may be called was decided when their activities were let in.
    shared ??= new RestClient({ allowLoopback: true })
    const signal = signalOf(request)
    try {
      const { status, headers, body } = await shared.send({
        operation: `${request.method} ${hostOf(request.url)}`,
        method: request.method as OutboundMethod,
        url: new URL(request.url),
        headers: request.headers.toJson(),
        body: typeof request.body === 'string' ? request.body : undefined,
        signal,
      })
      return toResponse(request, status, headers as Record<string, string>, body)
    } catch (error) {
      throw unansweredErrorOf(error, request)
    }
  },
}

function toResponse(
  request: WebResourceLike,
  status: number,
  headers: Record<string, string | string[] | undefined>,
  body: Buffer,
): HttpOperationResponse {
  const texts = Object.entries(headers).map(([name, value]) => [name, String(value)] as const)
  const answer = { request, status, headers: new HttpHeaders(Object.fromEntries(texts)) }
  const isStreamed = request.streamResponseBody === true && status >= 200 && status < 300
  return isStreamed
    ? { ...answer, readableStreamBody: Readable.from([body], { objectMode: false }) }
    : { ...answer, bodyAsText: body.toString('utf8') }
}

function signalOf({ abortSignal, timeout }: WebResourceLike): AbortSignal | undefined {
  const signals = [
    ...(abortSignal ? [toAbortSignal(abortSignal)] : []),
    ...(timeout > 0 ? [AbortSignal.timeout(timeout)] : []),
  ]
  return signals.length > 1 ? AbortSignal.any(signals) : signals[0]
}

/** Signals of older libraries are not `AbortSignal`. */
function toAbortSignal(signal: AbortSignalLike): AbortSignal {
  if (signal instanceof AbortSignal) return signal
  const controller = new AbortController()
  if (signal.aborted) controller.abort()
  else signal.addEventListener('abort', () => controller.abort())
  return controller.signal
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'an invalid address'
}
