import { ParleyError } from './errors.ts'
import type { InvokeResponse } from './invoke-models.ts'

/** Thrown by a handler of an invoke to answer it with a status other than 200. */
export class InvokeException<T = unknown> extends ParleyError {
  static readonly code = 'CORE_INVOKE_REFUSED'
  readonly code: string = InvokeException.code
  /** HTTP status of the answer. */
  readonly status: number
  /** Body of the answer. */
  readonly response: T | undefined

  constructor(status: number, response?: T) {
    super(`The bot answers this invoke with status ${status}.`)
    this.status = status
    this.response = response
  }

  /** The answer this error stands for. */
  createInvokeResponse(): InvokeResponse<T> {
    const { status, response } = this
    return { status, body: response as T }
  }
}
