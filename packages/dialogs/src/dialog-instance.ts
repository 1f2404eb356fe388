import type { OpenValue } from '@parley/core'

/** A dialog on the stack, as it is stored. */
export interface DialogInstance<T = OpenValue> {
  /** Id of the dialog. */
  id: string
  /** What the dialog remembers. */
  state: T
  /** Version of the dialogs inside, when the dialog is a container. */
  version?: string
}

/** A stack of dialogs, as it is stored; the active one is last. */
export interface DialogState {
  dialogStack: DialogInstance[]
}

/** Why a dialog is called. */
export const DialogReason = {
  beginCalled: 'beginCalled',
  continueCalled: 'continueCalled',
  endCalled: 'endCalled',
  replaceCalled: 'replaceCalled',
  cancelCalled: 'cancelCalled',
  nextCalled: 'nextCalled',
} as const
export type DialogReason = (typeof DialogReason)[keyof typeof DialogReason]

/** How things stand with a stack of dialogs. */
export const DialogTurnStatus = {
  /** No dialog is on it. */
  empty: 'empty',
  /** The active dialog waits for the user. */
  waiting: 'waiting',
  /** The last dialog has ended; its result is there. */
  complete: 'complete',
  cancelled: 'cancelled',
  /** The last dialog has ended, and its parent waits without being resumed. */
  completeAndWait: 'completeAndWait',
} as const
export type DialogTurnStatus = (typeof DialogTurnStatus)[keyof typeof DialogTurnStatus]

/** What became of a turn. */
export interface DialogTurnResult<T = OpenValue> {
  status: DialogTurnStatus
  /** What the dialog that ended returned. */
  result?: T
  /** Whether the dialog ended its parent as well. */
  parentEnded?: boolean
}

/** Something that happened, told to dialogs. */
export interface DialogEvent {
  /** Whether the parents get it when nobody has handled it. */
  bubble: boolean
  name: string
  value?: OpenValue
}
