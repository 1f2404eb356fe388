/* oxlint-disable no-underscore-dangle -- names of v4 */
import { operationUrl } from '@parley/connector'
import type { PathId } from '@parley/connector'
import type { HttpOperationResponse, RequestOptionsBase, ServiceCallback, WebResourceLike } from '../../stdlib/index.ts'
import { hide } from '../credentials/hide.ts'
import { requireText } from './arguments.ts'
import type { RestContext } from './rest-context.ts'
import { errorOf, parseErrorOf, withoutBearer } from './rest-error.ts'

/** A decoded answer; `_response`, which is not enumerable, has the rest. */
export type RestResult<T> = T & {
  _response: HttpOperationResponse & { bodyAsText: string; parsedBody: T }
}

/** One operation of a service. */
export interface RestOperation {
  readonly method: WebResourceLike['method']
  readonly path: readonly (string | PathId)[]
  /** Names as they are sent; values that are not text are refused. */
  readonly query?: Readonly<Record<string, unknown>> | undefined
  /** JSON text. */
  readonly body?: string | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Statuses besides 2xx that are no errors. */
  readonly also?: readonly number[]
  /** The answer is a stream. */
  readonly isStream?: boolean
  /** The answer is a list, which services leave out when it is empty. */
  readonly isList?: boolean
}

/** Options, or the callback in their place. */
export type OptionsOrCallback<T, Options extends RequestOptionsBase = RequestOptionsBase> =
  | Options
  | ServiceCallback<T>
  | undefined

/**
 * Carries an operation out.
 *
 * @param prepare - Makes the operation; what it throws rejects.
 * @param callback - Told of the result too, where the caller takes no promises.
 * @throws RestError Every status that is not expected, and no answer.
 */
export async function callService<T>(
  client: RestContext,
  optionsOrCallback: OptionsOrCallback<T>,
  prepare: (options: RequestOptionsBase) => RestOperation,
  callback?: ServiceCallback<T>,
): Promise<RestResult<T>> {
  const isCallback = typeof optionsOrCallback === 'function'
  const told = isCallback ? optionsOrCallback : callback
  const options = isCallback ? {} : (optionsOrCallback ?? {})
  let result: RestResult<T>
  try {
    result = await perform<T>(client, options, prepare(options))
  } catch (error) {
    if (!told) throw error
    told(error as Error)
    return undefined as never
  }
  told?.(null, result, result._response.request, result._response)
  return result
}

async function perform<T>(
  client: RestContext,
  options: RequestOptionsBase,
  operation: RestOperation,
): Promise<RestResult<T>> {
  const request = requestOf(client, options, operation)
  const response = await client.sendRequest(request)
  const { isStream = false } = operation
  const sent = response.request ?? request
  const shown: HttpOperationResponse = { ...response, request: withoutBearer(sent) }
  const isExpected = isSuccess(response.status) || operation.also?.includes(response.status)
  if (isStream && isExpected) return streamResult<T>(shown)
  shown.bodyAsText = withoutToken(response.bodyAsText ?? '', sent)
  shown.parsedBody = parse(shown, response.parsedBody)
  if (operation.isList && isExpected) shown.parsedBody ??= []
  if (!isExpected) throw errorOf(shown)
  return toResult<T>(shown)
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}

function requestOf(client: RestContext, options: RequestOptionsBase, operation: RestOperation): WebResourceLike {
  const { method, path, query = {}, body, headers = {}, isStream } = operation
  const url = operationUrl(client.baseUri ?? '', path, queryOf(query))
  const request = client.createRequest(method, url, body)
  for (const [name, value] of Object.entries({ ...headers, ...options.customHeaders })) request.headers.set(name, value)
  if (options.abortSignal) request.abortSignal = options.abortSignal
  if (options.timeout) request.timeout = options.timeout
  if (isStream) request.streamResponseBody = true
  return request
}

function queryOf(query: Readonly<Record<string, unknown>>): Record<string, string | number | undefined> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null)
  return Object.fromEntries(
    given.map(([name, value]) => [name, typeof value === 'number' ? value : requireText(`options.${name}`, value)]),
  )
}

/** A service that repeats the token it was given must not bring it into an error. What is shorter is no token. */
function withoutToken(text: string, sent: WebResourceLike): string {
  const token = sent.headers?.get?.('authorization')?.replace(/^Bearer /i, '') ?? ''
  return token.length >= 16 ? text.replaceAll(token, '***') : text
}

/** Custom HTTP clients may have parsed it already. */
function parse(response: HttpOperationResponse, parsed: unknown): unknown {
  const { bodyAsText, headers } = response
  if (parsed !== undefined) return parsed
  if (!bodyAsText) return undefined
  const type = headers?.get?.('content-type')
  const isText = type !== undefined && !/[/+]json/i.test(type)
  try {
    return JSON.parse(bodyAsText)
  } catch (error) {
    if (isText || !type) return undefined
    throw parseErrorOf(response, error)
  }
}

function toResult<T>(response: HttpOperationResponse): RestResult<T> {
  const { parsedBody } = response as { parsedBody?: unknown }
  const result = Array.isArray(parsedBody) ? [...(parsedBody as unknown[])] : valueOf(parsedBody)
  hide(result, '_response', response)
  return result as RestResult<T>
}

function valueOf(parsedBody: unknown): object {
  if (typeof parsedBody === 'object') return { ...parsedBody }
  return parsedBody === undefined ? {} : { body: parsedBody }
}

function streamResult<T>(response: HttpOperationResponse): RestResult<T> {
  const result = { blobBody: undefined, readableStreamBody: response.readableStreamBody }
  hide(result, '_response', response)
  return result as unknown as RestResult<T>
}
