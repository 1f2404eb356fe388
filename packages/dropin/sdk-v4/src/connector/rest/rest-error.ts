import type { HttpOperationResponse, WebResourceLike } from '../../stdlib/index.ts'
import { hide } from '../credentials/hide.ts'

/** What is known of a call that failed. */
export interface RestErrorOptions extends ErrorOptions {
  /** `error.code` of the answer, or of what went wrong without one, e.g. `ECONNREFUSED`. */
  readonly code?: string | undefined
  readonly statusCode?: number | undefined
  readonly request?: WebResourceLike | undefined
  readonly response?: HttpOperationResponse | undefined
}

/** A call that a service refused or did not answer. */
export class RestError extends Error {
  readonly code?: string | undefined
  /** HTTP status, when there was an answer. */
  readonly statusCode?: number | undefined
  /** The parsed body of the answer. */
  readonly details?: unknown
  declare readonly body: unknown
  declare readonly request: WebResourceLike | undefined
  declare readonly response: HttpOperationResponse | undefined

  constructor(message: string, options: RestErrorOptions = {}) {
    super(message, options)
    this.name = 'RestError'
    this.code = options.code
    this.statusCode = options.statusCode
    this.details = options.response?.parsedBody as unknown
    // Not enumerable: logs need not repeat messages of people.
    hide(this, 'body', options.response?.parsedBody)
    hide(this, 'request', options.request)
    hide(this, 'response', options.response)
  }
}

/**
 * The error for an answer that is none of those an operation expects.
 *
 * @param response - With its body parsed.
 */
export function errorOf(response: HttpOperationResponse): RestError {
  const { status: statusCode, request, parsedBody, bodyAsText } = response
  const { error = parsedBody } = (parsedBody ?? {}) as { error?: { code?: unknown; message?: unknown } }
  const code = typeof error?.code === 'string' ? error.code : undefined
  const message = typeof error?.message === 'string' ? error.message : (bodyAsText ?? '')
  return new RestError(message, { code, statusCode, request, response })
}

/** The error for an answer that is no JSON although it says so. */
export function parseErrorOf(response: HttpOperationResponse, cause: unknown): RestError {
  const { status: statusCode, request, bodyAsText } = response
  const message = `Error "${String(cause)}" occurred while parsing the response body - ${bodyAsText}.`
  return new RestError(message, { code: 'PARSE_ERROR', statusCode, request, response, cause })
}

/**
 * The error for an answer whose body did not come whole.
 *
 * @param problem - What is wrong with it, e.g. `cut off`.
 */
export function cutOffErrorOf(response: HttpOperationResponse, problem: string): RestError {
  const { status: statusCode } = response
  const request = withoutBearer(response.request)
  const message = `The body of the answer ${statusCode} is ${problem}; ask again, and report it to the service if it stays so.`
  return new RestError(message, { code: 'PARSE_ERROR', statusCode, request, response: { ...response, request } })
}

/** A copy of a request that may be shown: whoever prints it must not print the bearer. */
export function withoutBearer(request: WebResourceLike): WebResourceLike {
  const shown = typeof request?.clone === 'function' ? request.clone() : { ...request }
  shown.headers?.remove?.('authorization')
  return shown
}

/** The error for a call without an answer. */
export function unansweredErrorOf(error: unknown, signed: WebResourceLike): unknown {
  if (!(error instanceof Error)) return error
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } }
  if (typeof code !== 'string' || !code.startsWith('SEND_')) return error
  const system = typeof cause?.code === 'string' ? cause.code : code
  const request = withoutBearer(signed)
  return new RestError(error.message, { code: system, request, cause: error })
}
