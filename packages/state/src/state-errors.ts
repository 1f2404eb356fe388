import { ParleyError } from '@parley/core'

/** The activity lacks what names its state, or a key factory gave no key. */
export class StateKeyMissingError extends ParleyError {
  static readonly code = 'STATE_KEY_MISSING'
  readonly code: string = StateKeyMissingError.code
}

/** The state has grown beyond the limit, of its own or of the service that keeps it, so it was not written. */
export class StateTooLargeError extends ParleyError {
  static readonly code = 'STATE_TOO_LARGE'
  readonly code: string = StateTooLargeError.code
  /** Size of its JSON text. */
  readonly bytes: number
  /** Absent when the service has not told. */
  readonly maxBytes: number | undefined

  constructor(key: string, bytes: number, maxBytes: number | undefined, options?: ErrorOptions) {
    const advice =
      maxBytes === undefined ? 'the service takes; keep less in it' : `${maxBytes}; keep less in it, or raise maxBytes`
    super(`The state "${key}" has ${bytes} bytes, more than ${advice}.`, options)
    this.bytes = bytes
    this.maxBytes = maxBytes
  }
}

/** Something without `load` and `saveChanges` was added to a set of states. */
export class NotBotStateError extends ParleyError {
  static readonly code = 'STATE_NOT_BOT_STATE'
  readonly code: string = NotBotStateError.code

  constructor(options?: ErrorOptions) {
    super("BotStateSet: a object was added that isn't an instance of BotState.", options)
  }
}
