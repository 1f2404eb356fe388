import { Readable } from 'node:stream'
import { RestClient } from '@parley/connector'
import type { OutboundMethod, OutboundReply } from '@parley/connector'
import { HttpHeaders } from '../../stdlib/index.ts'
import type { AbortSignalLike, HttpClient, HttpOperationResponse, WebResourceLike } from '../../stdlib/index.ts'
import { cutOffErrorOf, unansweredErrorOf } from './rest-error.ts'

/** Attachments are files. */
const STREAM_TIMEOUT_MS = 9_500

let shared: RestClient | undefined

/** Carries requests over Parley's own exchange. Connections are shared by all clients of the process. */
export const defaultHttpClient: HttpClient = createHttpClient(true)

/** As {@link defaultHttpClient}, but whatever comes of the first try is the answer. */
export const singleTryHttpClient: HttpClient = createHttpClient(false)

function createHttpClient(isRepeated: boolean): HttpClient {
  return {
    async sendRequest(request) {
      // Which services may be called was decided when their activities were let in.
      shared ??= new RestClient({ allowLoopback: true })
      const { method, body } = request
      const url = new URL(request.url)
      try {
        const reply = await shared.send({
          operation: 'sendRequest',
          method: method as OutboundMethod,
          url,
          headers: request.headers.toJson(),
          body: typeof body === 'string' ? body : undefined,
          timeoutMs: timeoutOf(request),
          isRepeated,
          signal: request.abortSignal && toAbortSignal(request.abortSignal),
        })
        return toResponse(request, reply)
      } catch (error) {
        throw unansweredErrorOf(error, request)
      }
    },
  }
}

function toResponse(
  request: WebResourceLike,
  { status, headers, body, bodyProblem }: OutboundReply,
): HttpOperationResponse {
  const answer: HttpOperationResponse = { request, status, headers: new HttpHeaders() }
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, String(value))
  const isRead = request.method === 'GET' || status >= 300
  // Something that was done must not look undone because its answer is broken: it would be done again.
  if (bodyProblem && isRead) throw cutOffErrorOf(answer, bodyProblem)
  const isStreamed = request.streamResponseBody === true && status < 300
  if (isStreamed) answer.readableStreamBody = Readable.from([body], { objectMode: false })
  else answer.bodyAsText = body.toString('utf8')
  return answer
}

/** 0 is v4's word for no wish. */
function timeoutOf({ timeout, streamResponseBody }: WebResourceLike): number | undefined {
  if (timeout > 0) return timeout
  return streamResponseBody ? STREAM_TIMEOUT_MS : undefined
}

/** Signals of older libraries are not `AbortSignal`. */
function toAbortSignal(signal: AbortSignalLike): AbortSignal {
  if (signal instanceof AbortSignal) return signal
  const controller = new AbortController()
  if (signal.aborted) controller.abort()
  else signal.addEventListener('abort', () => controller.abort())
  return controller.signal
}
