// oxlint-disable typescript/no-explicit-any -- as SDK v3 types it
import { NO_ERROR } from '../callbacks.ts'
import { RecognizeMode } from '../constants.ts'
import type { IDialogWaterfallStep } from '../contracts/dialogs.ts'
import type {
  IDialogResult,
  IIntentDialogOptions,
  IIntentRecognizer,
  IIntentRecognizerResult,
  IRecognizeDialogContext,
  IRecognizeResult,
} from '../contracts/recognizing.ts'
import { nothing } from '../recognizing/intent-recognizer.ts'
import { IntentRecognizerSet } from '../recognizing/intent-recognizer-set.ts'
import { runHandler } from '../session/run-handler.ts'
import type { Session } from '../contracts/session.ts'
import { Dialog } from './dialog.ts'
import { IntentHandlers, toHandler } from './intent-handlers.ts'
import type { IntentHandler } from './intent-handlers.ts'

const ACTIVE_INTENT = 'BotBuilder.Data.Intent'
const DEFAULT_INTENT = '*'

/** A dialog that does what the user wants, as recognizers and expressions find it. */
export class IntentDialog extends Dialog {
  private readonly handlers: IntentHandlers = new IntentHandlers()
  private readonly recognizers: IntentRecognizerSet
  private readonly options: IIntentDialogOptions
  private otherwise: IntentHandler | undefined
  private atBegin: ((session: Session, args: any, next: () => void) => void) | undefined

  constructor(options: IIntentDialogOptions = {}) {
    super()
    this.options = options
    this.recognizers = new IntentRecognizerSet(options)
  }

  override begin<T>(session: Session, args?: T): void {
    const { recognizeMode = RecognizeMode.onBeginIfRoot } = this.options
    const isRoot = session.sessionState.callstack.length === 1
    const looks = recognizeMode === RecognizeMode.onBegin || (recognizeMode === RecognizeMode.onBeginIfRoot && isRoot)
    const next = (): void => {
      if (looks) this.replyReceived(session)
    }
    const { atBegin } = this
    if (atBegin) runHandler(session, () => atBegin(session, args, next))
    else next()
  }

  override replyReceived(session: Session, recognizeResult?: IRecognizeResult): void {
    if (recognizeResult) return this.invoke(session, recognizeResult as IIntentRecognizerResult)
    const context = { ...session.toRecognizeContext(), activeDialog: true }
    this.recognize(context, (err, result) => {
      if (err) session.error(err)
      else this.invoke(session, result as IIntentRecognizerResult)
    })
  }

  override dialogResumed(session: Session, result: IDialogResult<any>): void {
    const handler = this.handlerOf(session.dialogData[ACTIVE_INTENT])
    if (handler) handler(session, result)
    else super.dialogResumed(session, result)
  }

  override recognize(context: IRecognizeDialogContext, callback: (err: Error, result: IRecognizeResult) => void): void {
    this.recognizers.recognize(context, (err, recognized) => {
      if (err) callback(err, nothing())
      else callback(NO_ERROR, this.handlers.best(context, recognized) ?? nothing())
    })
  }

  /** Has `handler` called when the dialog begins; `next` then looks at what was said. */
  onBegin(handler: (session: Session, args: any, next: () => void) => void): IntentDialog {
    this.atBegin = handler
    return this
  }

  matches(
    intent: RegExp | string,
    dialogId: string | IDialogWaterfallStep[] | IDialogWaterfallStep,
    dialogArgs?: any,
  ): IntentDialog {
    this.handlers.add(intent, dialogId, dialogArgs)
    return this
  }

  matchesAny(
    intent: RegExp[] | string[],
    dialogId: string | IDialogWaterfallStep[] | IDialogWaterfallStep,
    dialogArgs?: any,
  ): IntentDialog {
    for (const one of intent) this.handlers.add(one, dialogId, dialogArgs)
    return this
  }

  /** What nothing else matches leads to. */
  onDefault(dialogId: string | IDialogWaterfallStep[] | IDialogWaterfallStep, dialogArgs?: any): IntentDialog {
    this.otherwise = toHandler(dialogId, dialogArgs)
    return this
  }

  recognizer(plugin: IIntentRecognizer): IntentDialog {
    this.recognizers.recognizer(plugin)
    return this
  }

  private invoke(session: Session, result: IIntentRecognizerResult): void {
    const { intentThreshold = 0.1 } = this.options
    const intent = result.intent && result.score >= intentThreshold ? result.intent : DEFAULT_INTENT
    const handler = this.handlerOf(intent)
    if (!handler) {
      session.logger.warn(session.dialogStack(), "no intent handler found for '%s'", intent)
      return
    }
    session.dialogData[ACTIVE_INTENT] = intent
    handler(session, result)
  }

  private handlerOf(intent: string | undefined): IntentHandler | undefined {
    return intent === DEFAULT_INTENT ? this.otherwise : intent === undefined ? undefined : this.handlers.get(intent)
  }
}
