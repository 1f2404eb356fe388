// oxlint-disable typescript/no-explicit-any -- as SDK v3 types it
import type { IDialogResult } from '../contracts/recognizing.ts'
import { runHandler } from '../session/run-handler.ts'
import type { Session } from '../contracts/session.ts'
import { Dialog } from './dialog.ts'

/** A dialog that is one function, called with each message and with what dialogs it began give. */
export class SimpleDialog extends Dialog {
  private readonly handler: (session: Session, args?: any) => unknown

  constructor(handler: (session: Session, args?: any) => void) {
    super()
    this.handler = handler
  }

  override begin<T>(session: Session, args?: T): void {
    runHandler(session, () => this.handler(session, args))
  }

  override replyReceived(session: Session): void {
    runHandler(session, () => this.handler(session))
  }

  override dialogResumed(session: Session, result: IDialogResult<any>): void {
    runHandler(session, () => this.handler(session, result))
  }
}
