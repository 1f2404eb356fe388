import { DialogContextError } from './dialog-context-error.ts'
import type { FailedStack } from './dialog-context-error.ts'

/** A dialog or a step of a waterfall returned nothing, so that nobody knows whether it waits. Usually a `return` is missing. */
export class DialogResultMissingError extends DialogContextError {
  static override readonly code: string = 'DIALOGS_RESULT_MISSING'
  override readonly code: string = DialogResultMissingError.code

  constructor(dialogContext: FailedStack) {
    const active = dialogContext.activeDialog
    const step = typeof active?.state?.stepIndex === 'number' ? `, step ${active.state.stepIndex + 1},` : ''
    super(
      `${active ? `The dialog '${active.id}'${step}` : 'A dialog'} returned nothing; return what beginDialog(), prompt(), ` +
        'next(), replaceDialog() or endDialog() gives, or Dialog.EndOfTurn.',
      dialogContext,
    )
  }
}
