import { DialogContextError } from './dialog-context-error.ts'

/**
 * The stack stored with a conversation cannot be continued: it names a dialog that is not there, or holds what no dialog has
 * written. Such a stack is emptied. `runDialog()` and `DialogManager` begin anew at once, and so does a bot that gives
 * `onStateCorrupted` to its `DialogSet`; otherwise that turn fails with this error.
 */
export class DialogStateCorruptedError extends DialogContextError {
  static override readonly code: string = 'DIALOGS_STATE_CORRUPTED'
  override readonly code: string = DialogStateCorruptedError.code
}
