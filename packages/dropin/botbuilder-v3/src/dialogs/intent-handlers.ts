import type { IDialogWaterfallStep } from '../contracts/dialogs.ts'
import type { IIntentRecognizerResult, IRecognizeContext } from '../contracts/recognizing.ts'
import { runHandler } from '../session/run-handler.ts'
import type { Session } from '../contracts/session.ts'
import { matchExpression, namedIntent } from './match-intents.ts'
import { WaterfallDialog } from './waterfall-dialog.ts'

/** What an intent leads to: a dialog, or steps that run in the dialog that asked. */
export type IntentTarget = string | IDialogWaterfallStep[] | IDialogWaterfallStep

/** Runs what an intent leads to, also for what dialogs it began give. */
export type IntentHandler = (session: Session, args?: unknown) => void

/** Intents, by name or by expression, and what they lead to. */
export class IntentHandlers {
  private readonly handlers: Map<string, IntentHandler> = new Map()
  private readonly expressions: RegExp[] = []

  get size(): number {
    return this.handlers.size
  }

  add(intent: RegExp | string, target: IntentTarget, dialogArgs?: unknown): void {
    const name = intent instanceof RegExp ? intent.toString() : intent
    if (this.handlers.has(name)) throw new Error(`A handler for '${name}' already exists.`)
    if (intent instanceof RegExp) this.expressions.push(intent)
    this.handlers.set(name, toHandler(target, dialogArgs))
  }

  get(intent: string): IntentHandler | undefined {
    return this.handlers.get(intent)
  }

  /** The surest of the intents that have a handler here. */
  best(
    context: IRecognizeContext,
    recognized: IIntentRecognizerResult | undefined,
  ): IIntentRecognizerResult | undefined {
    const text = context.message.text ?? ''
    const matches = this.expressions.map((expression) => matchExpression(expression, text, expression.toString()))
    const named = [...this.handlers.keys()].flatMap((name) => [
      namedIntent(name, recognized),
      namedIntent(name, context.intent),
    ])
    return [...matches, ...named].reduce(
      (best, found) => (found && found.score > (best?.score ?? 0) ? found : best),
      undefined,
    )
  }
}

/** Makes a handler of steps or of the id of a dialog. */
export function toHandler(target: IntentTarget, dialogArgs?: unknown): IntentHandler {
  if (typeof target !== 'string') {
    const run = WaterfallDialog.createHandler(Array.isArray(target) ? target : [target])
    return (session, args) => runHandler(session, () => run(session, args))
  }
  return (session, args) => {
    // What the dialog gives is what this one gives its steps: nothing is left to do.
    if (typeof args === 'object' && args !== null && Object.hasOwn(args, 'resumed')) return session.save()
    return session.beginDialog(target, { ...(args as object | undefined), ...(dialogArgs as object | undefined) })
  }
}
