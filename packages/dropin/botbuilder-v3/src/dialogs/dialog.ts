import { NO_ERROR } from '../callbacks.ts'
import type { IDialogResult, IRecognizeDialogContext, IRecognizeResult } from '../contracts/recognizing.ts'
import type { Session } from '../contracts/session.ts'
import { ActionSet } from './action-set.ts'

/** A part of a conversation, and the actions that are there while it runs. */
export abstract class Dialog extends ActionSet {
  /** Called when the dialog begins. */
  begin<T>(session: Session, _args?: T): void {
    this.replyReceived(session, undefined as unknown as IRecognizeResult)
  }

  /** Called with each message while the dialog is on top. */
  abstract replyReceived(session: Session, recognizeResult: IRecognizeResult): void

  /** Called when a dialog that this one began has ended. */
  dialogResumed<T>(session: Session, result: IDialogResult<T>): void {
    if (result.error) session.error(result.error)
    else session.endDialogWithResult(result)
  }

  /** How sure the dialog is that the message is for it, 0 to 1. */
  recognize(_context: IRecognizeDialogContext, callback: (err: Error, result: IRecognizeResult) => void): void {
    callback(NO_ERROR, { score: 0.1 })
  }
}
