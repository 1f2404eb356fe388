import { ParleyError } from '@parley/core'

/** Facts that change the answer to a refused request. */
export interface ApiErrorOptions extends ErrorOptions {
  readonly headers?: Readonly<Record<string, string>>
  /** The answer of somebody else that is the reason, passed on as `innerHttpError`. */
  readonly inner?: InnerHttpError
}

export interface InnerHttpError {
  readonly statusCode: number
  readonly body?: unknown
}

/**
 * A request the service refuses. Its message is for the caller and is sent, as `{"error":{"code","message"}}`.
 *
 * `wireCode` is the protocol's code (`BadArgument`, `ConversationNotFound`, …), the same on every occasion of its kind.
 */
export class ApiError extends ParleyError {
  static readonly code = 'SERVICE_REQUEST_REFUSED'
  readonly code: string = ApiError.code
  readonly status: number
  readonly wireCode: string
  readonly headers: Readonly<Record<string, string>>
  readonly inner: InnerHttpError | undefined

  constructor(status: number, wireCode: string, message: string, options: ApiErrorOptions = {}) {
    super(message, options)
    this.status = status
    this.wireCode = wireCode
    this.headers = options.headers ?? {}
    this.inner = options.inner
  }
}

export function badSyntax(message: string): ApiError {
  return new ApiError(400, 'BadSyntax', message)
}

export function badArgument(message: string): ApiError {
  return new ApiError(400, 'BadArgument', message)
}

export function missingProperty(name: string): ApiError {
  return new ApiError(400, 'MissingProperty', `The property ${name} is required.`)
}

export function unauthorized(message: string): ApiError {
  return new ApiError(401, 'Unauthorized', message, { headers: { 'WWW-Authenticate': 'Bearer' } })
}

export function originNotAllowed(): ApiError {
  return new ApiError(403, 'OriginNotAllowed', 'Pages of this origin may not use the service.', {
    headers: { Vary: 'Origin' },
  })
}

export function conversationNotFound(): ApiError {
  return new ApiError(404, 'ConversationNotFound', 'The conversation does not exist.')
}

export function conversationEnded(): ApiError {
  return new ApiError(403, 'ConversationEnded', 'The conversation has ended; start a new one.')
}

export function activityNotFound(): ApiError {
  return new ApiError(404, 'ActivityNotFoundInConversation', 'The conversation has no such activity.')
}

export function throttled(): ApiError {
  return new ApiError(429, 'Throttled', 'The bot has not answered what was said before; wait.', {
    headers: { 'Retry-After': '1' },
  })
}

export function messageTooBig(limit: number): ApiError {
  return new ApiError(413, 'MessageSizeTooBig', `The request is larger than ${limit} characters.`, {
    headers: { Connection: 'close' },
  })
}
