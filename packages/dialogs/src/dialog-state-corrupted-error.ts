import { DialogContextError } from './dialog-context-error.ts'

/**
 * The stack stored with a conversation cannot be continued: it names a dialog that is not there, or holds what no dialog has
 * written. `runDialog()` and `DialogManager` empty such a stack and begin anew; whoever runs dialogs by hand does it with
 * `onStateCorrupted` of the `DialogSet`.
 */
export class DialogStateCorruptedError extends DialogContextError {
  static override readonly code: string = 'DIALOGS_STATE_CORRUPTED'
  override readonly code: string = DialogStateCorruptedError.code
}
