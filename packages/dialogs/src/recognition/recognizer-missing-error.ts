import { ParleyError } from '@parley/core'

/** A package that recognizes what users say cannot be loaded. Install it beside `@parley/dialogs`, which depends on it. */
export class RecognizerMissingError extends ParleyError {
  static readonly code: string = 'DIALOGS_RECOGNIZER_MISSING'
  readonly code: string = RecognizerMissingError.code
  /** Name of the package. */
  readonly packageName: string

  constructor(packageName: string, options?: ErrorOptions) {
    super(
      `${packageName} cannot be loaded, without which a prompt does not understand its answer; install the packages of the bot again, with their dependencies, and leave it out of no bundle.`,
      options,
    )
    this.packageName = packageName
  }
}
