import { ParleyError } from '@parley/core'

/** A part of SDK v4 that the drop-in packages name but do not run. The message says what to use in its place. */
export class UnsupportedError extends ParleyError {
  static readonly code = 'DROPIN_UNSUPPORTED'
  readonly code: string = UnsupportedError.code

  /**
   * @param what - What was called: `WebSocketServer`.
   * @param instead - What to do, as a sentence without its full stop.
   */
  constructor(what: string, instead: string, options?: ErrorOptions) {
    super(`${what} is not supported by the drop-in packages. ${instead}.`, options)
  }
}
