import { ParleyError } from '@parley/core'

/** A part of SDK v3 that is here by name only. The message says what to use in its place. */
export class UnsupportedError extends ParleyError {
  static readonly code = 'DROPIN_UNSUPPORTED'
  readonly code: string = UnsupportedError.code

  /**
   * @param what - What was called: `LuisRecognizer`.
   * @param instead - What to do, as a sentence without its full stop.
   */
  constructor(what: string, instead: string, options?: ErrorOptions) {
    super(`${what} is not supported by the drop-in for SDK v3. ${instead}.`, options)
  }
}
