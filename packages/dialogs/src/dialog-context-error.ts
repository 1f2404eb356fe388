import { ParleyError } from '@parley/core'
import type { DialogInstance } from './dialog-instance.ts'

/** What the error says of the stack it happened on. */
export interface FailedStack {
  readonly stack: DialogInstance[]
  readonly parent: FailedStack | undefined
  get activeDialog(): DialogInstance | undefined
}

/** Something failed on a stack of dialogs. The message is that of what was thrown; {@link DialogContextError.error} is it. */
export class DialogContextError extends ParleyError {
  static readonly code: string = 'DIALOGS_FAILED'
  readonly code: string = DialogContextError.code
  readonly error: Error | string
  /** The stack as it was. `parent` is the active dialog of the parent. */
  readonly dialogContext: { activeDialog?: string; parent?: string; stack: DialogInstance[] }

  /** @throws Error: `error` is neither an `Error` nor a text, or `dialogContext` is no `DialogContext`. */
  constructor(error: Error | string, dialogContext: FailedStack) {
    super(messageOf(error), { cause: error })
    this.name = 'DialogContextError'
    if (!Array.isArray(dialogContext?.stack) || !('findDialog' in dialogContext)) {
      throw new Error('`dialogContext` argument must be of type DialogContext')
    }
    this.error = error
    const { activeDialog, parent, stack } = dialogContext
    this.dialogContext = {
      ...(activeDialog ? { activeDialog: activeDialog.id } : {}),
      ...(parent?.activeDialog ? { parent: parent.activeDialog.id } : {}),
      stack: stack.map((instance) => instance),
    }
  }
}

function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message
  if (typeof error === 'string') return error
  throw new Error('`error` argument must be an Error or a string')
}
