// oxlint-disable typescript/no-explicit-any -- as SDK v3 types it
import { ResumeReason } from '../constants.ts'
import type { IDialogWaterfallStep } from '../contracts/dialogs.ts'
import type { IDialogResult, IRecognizeResult } from '../contracts/recognizing.ts'
import { runHandler } from '../session/run-handler.ts'
import type { Session } from '../contracts/session.ts'
import { Dialog } from './dialog.ts'

const STEP = 'BotBuilder.Data.WaterfallStep'

type BeforeStep = (session: Session, step: number, args: any, next: (step: number, args: any) => void) => void

/** A dialog of steps, each of which gets what the one before it asked for. */
export class WaterfallDialog extends Dialog {
  private readonly steps: readonly IDialogWaterfallStep[]
  private readonly beforeStep: BeforeStep[] = []

  constructor(steps: IDialogWaterfallStep | IDialogWaterfallStep[]) {
    super()
    this.steps = Array.isArray(steps) ? steps : [steps]
  }

  override begin<T>(session: Session, args?: T): void {
    this.runStep(session, 0, args)
  }

  /** A message that no step asked for starts the waterfall anew. */
  override replyReceived(session: Session, recognizeResult?: IRecognizeResult): void {
    this.runStep(session, 0, (recognizeResult as { args?: unknown } | undefined)?.args)
  }

  override dialogResumed(session: Session, result: IDialogResult<any>): void {
    this.runStep(session, stepAfter(session.dialogData[STEP] ?? 0, result), result)
  }

  /** Has `handler` called before each step; it may name another one, or other arguments. */
  onBeforeStep(
    handler: (session: Session, step: number, args: any, next: (step: number, args: any) => void) => void,
  ): WaterfallDialog {
    this.beforeStep.unshift(handler)
    return this
  }

  /** A waterfall as a function, which keeps its step in the data of the dialog that calls it. */
  static createHandler(steps: IDialogWaterfallStep[]): (session: Session, args?: any) => void {
    const waterfall = new WaterfallDialog(steps)
    return (session, args) => {
      if (args && Object.hasOwn(args as object, 'resumed')) waterfall.dialogResumed(session, args)
      else waterfall.begin(session, args)
    }
  }

  private runStep(session: Session, step: number, args: any): void {
    this.before(0, session, step, args, (chosen, chosenArgs) => {
      const handler = chosen >= 0 ? this.steps[chosen] : undefined
      if (!handler) {
        session.endDialogWithResult(chosenArgs ?? {})
        return
      }
      session.dialogData[STEP] = chosen
      const skip = (results?: IDialogResult<any>): void => {
        const result = { resumed: ResumeReason.forward, ...results }
        this.runStep(session, stepAfter(chosen, result), { ...results, resumed: result.resumed })
      }
      session.logger.log(session.dialogStack(), 'waterfall() step %d of %d', chosen + 1, this.steps.length)
      runHandler(session, () => handler(session, chosenArgs, skip))
    })
  }

  private before(
    index: number,
    session: Session,
    step: number,
    args: any,
    then: (step: number, args: any) => void,
  ): void {
    const handler = this.beforeStep[index]
    if (!handler) return then(step, args)
    runHandler(session, () =>
      handler(session, step, args, (next, nextArgs) => this.before(index + 1, session, next, nextArgs, then)),
    )
  }
}

function stepAfter(step: number, { resumed }: IDialogResult<any>): number {
  return resumed === ResumeReason.back ? step - 1 : step + 1
}
