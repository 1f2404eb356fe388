import { ParleyError } from '@parley/core'
import type { StatusCodes } from '@parley/core'

/** A request of another bot is answered with this status, and with the message as its body. */
export class StatusCodeError extends ParleyError {
  static readonly code = 'ADAPTER_CHANNEL_SERVICE_STATUS'
  readonly code: string = StatusCodeError.code
  /** HTTP status of the answer. */
  readonly statusCode: StatusCodes

  /** @param message - The caller gets to read it. Default empty. */
  constructor(statusCode: StatusCodes, message = '', options?: ErrorOptions) {
    super(message, options)
    this.statusCode = statusCode
  }
}
