import { ParleyError } from './errors.ts'

/** `responded` was set to `false`; what was sent cannot be taken back. */
export class RespondedResetError extends ParleyError {
  static readonly code = 'CORE_RESPONDED_RESET'
  readonly code: string = RespondedResetError.code

  constructor(options?: ErrorOptions) {
    super("TurnContext: cannot set 'responded' to a value of 'false'.", options)
  }
}

/** This adapter does not have that operation. */
export class NotImplementedError extends ParleyError {
  static readonly code = 'CORE_NOT_IMPLEMENTED'
  readonly code: string = NotImplementedError.code

  constructor(options?: ErrorOptions) {
    super('NotImplemented', options)
  }
}

/** `onTurnError` failed itself. The cause is the error it was to handle. */
export class TurnErrorHandlerError extends ParleyError {
  static readonly code = 'CORE_TURN_ERROR_HANDLER_FAILED'
  readonly code: string = TurnErrorHandlerError.code
  /** What `onTurnError` threw. */
  readonly failure: Error

  constructor(failure: Error, turnError: Error) {
    super(`onTurnError failed while handling the error in \`cause\`: ${failure.message}`, { cause: turnError })
    this.failure = failure
  }
}

/** The error itself, or an error that says what was thrown instead of one. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown })
}
