import { ParleyError } from '@parley/core'

/** Dialogs were set up or called in a way that cannot work. The message says how, in the words of SDK v4. */
export class DialogUsageError extends ParleyError {
  static readonly code = 'DIALOGS_USAGE'
  readonly code: string = DialogUsageError.code
}
