// oxlint-disable typescript/no-explicit-any, typescript/no-unsafe-function-type -- as SDK v3 types it
import { toError } from '@parley/core/internal'
import { fromCallback, NO_ERROR } from '../callbacks.ts'
import { ResumeReason } from '../constants.ts'
import type { IDialogWaterfallStep } from '../contracts/dialogs.ts'
import type {
  IDialogResult,
  IIntentRecognizer,
  IIntentRecognizerResult,
  IRecognizeDialogContext,
  IRecognizeResult,
} from '../contracts/recognizing.ts'
import type { IIsMessage, IMessage, TextOrMessageType, TextType } from '../contracts/events.ts'
import type { IPromptContext, IPromptFeatures, IPromptOptions } from '../contracts/prompts.ts'
import { Dialog } from '../dialogs/dialog.ts'
import { IntentHandlers } from '../dialogs/intent-handlers.ts'
import { IntentRecognizerSet } from '../recognizing/intent-recognizer-set.ts'
import { runHandler } from '../session/run-handler.ts'
import type { Session } from '../contracts/session.ts'
import { randomChoice } from '../text/random-choice.ts'
import { SYSTEM_NAMESPACE, systemText } from '../text/system-texts.ts'

type FormatHandler = (
  session: Session,
  text: TextType,
  speak: TextType,
  callback: (err: Error, message?: IMessage) => void,
) => void
type RecognizeHandler = (
  context: IRecognizeDialogContext,
  callback: (err: Error, score: number, response?: any) => void,
) => void

/** What a prompt finds in a reply. */
interface PromptRecognizeResult extends IRecognizeResult {
  readonly response?: unknown
  /** Of a handler of `matches`, and what it matched. */
  readonly intent?: IIntentRecognizerResult
}

/** Asks until it gets an answer that it understands, which it gives to the dialog that asked. */
export class Prompt<T extends IPromptFeatures> extends Dialog {
  features: T
  private readonly promptHandlers: ((session: Session, next: Function) => void)[] = []
  private readonly formatHandlers: FormatHandler[] = []
  private readonly recognizeHandlers: RecognizeHandler[] = []
  private readonly intents: IntentHandlers = new IntentHandlers()
  private readonly recognizers: IntentRecognizerSet = new IntentRecognizerSet()

  constructor(features?: IPromptFeatures) {
    super()
    this.features = { ...features } as T
  }

  override begin<A>(session: Session, args?: A): void {
    const options: IPromptOptions = { ...args }
    if (options.libraryNamespace === undefined) options.libraryNamespace = callerNamespace(session)
    session.dialogData.options = options
    session.dialogData.turns = 0
    session.dialogData.lastTurn = Date.now()
    session.dialogData.isReprompt = false
    this.sendPrompt(session)
  }

  override replyReceived(session: Session, recognizeResult?: IRecognizeResult): void {
    const result: PromptRecognizeResult | undefined = recognizeResult
    const context = session.dialogData as IPromptContext
    context.turns += 1
    context.lastTurn = Date.now()
    context.isReprompt = false
    if (result?.intent) return this.runIntent(session, result.intent.intent, result.intent)
    if (result && result.score > 0 && 'response' in result) {
      session.endDialogWithResult({ resumed: ResumeReason.completed, response: result.response })
      return
    }
    const { maxRetries } = context.options
    if (maxRetries !== undefined && context.turns > maxRetries) {
      session.endDialogWithResult({ resumed: ResumeReason.notCompleted })
    } else this.sendPrompt(session)
  }

  override dialogResumed<R>(session: Session, result: IDialogResult<R>): void {
    const context = session.dialogData as IPromptContext
    const { activeIntent } = context
    if (activeIntent) return this.runIntent(session, activeIntent, result)
    if (result.resumed === ResumeReason.reprompt) {
      if (context.options.promptAfterAction === false) {
        session.save()
        return
      }
      context.isReprompt = true
    } else context.turns += 1
    this.sendPrompt(session)
  }

  override recognize(context: IRecognizeDialogContext, callback: (err: Error, result: IRecognizeResult) => void): void {
    this.recognizeReply(context).then(
      (result) => callback(NO_ERROR, result),
      (error: unknown) => callback(toError(error), { score: 0 }),
    )
  }

  /** Asks, by the handlers of {@link Prompt.onPrompt}. */
  sendPrompt(session: Session): void {
    this.runPromptHandlers(session, this.promptHandlers.length - 1)
  }

  /** Makes the message that asks, by the handlers of {@link Prompt.onFormatMessage}. */
  formatMessage(
    session: Session,
    text: TextType,
    speak: TextType,
    callback: (err: Error, msg: IMessage) => void,
  ): void {
    this.format(session, text, speak).then(
      (message) => callback(NO_ERROR, message),
      (error: unknown) => callback(toError(error), undefined as unknown as IMessage),
    )
  }

  /** The handler registered last goes first; `next` goes on to the one before it. */
  onPrompt(handler: (session: Session, next: Function) => void): Prompt<any> {
    this.promptHandlers.push(handler)
    return this
  }

  /** Makes the message of a prompt that is text. A handler that gives no message leaves it to the one before it. */
  onFormatMessage(
    handler: (
      session: Session,
      text: TextType,
      speak: TextType,
      callback: (err: Error, message?: IMessage) => void,
    ) => void,
  ): Prompt<any> {
    this.formatHandlers.unshift(handler)
    return this
  }

  /** All handlers are asked; the surest counts. */
  onRecognize(
    handler: (context: IRecognizeDialogContext, callback: (err: Error, score: number, response?: any) => void) => void,
  ): Prompt<any> {
    this.recognizeHandlers.unshift(handler)
    return this
  }

  /** Something else than an answer that the user may say, and what it leads to. */
  matches(
    intent: RegExp | string,
    dialogId: string | IDialogWaterfallStep[] | IDialogWaterfallStep,
    dialogArgs?: any,
  ): this {
    this.intents.add(intent, dialogId, dialogArgs)
    return this
  }

  matchesAny(
    intent: RegExp[] | string[],
    dialogId: string | IDialogWaterfallStep[] | IDialogWaterfallStep,
    dialogArgs?: any,
  ): this {
    for (const one of intent) this.intents.add(one, dialogId, dialogArgs)
    return this
  }

  recognizer(plugin: IIntentRecognizer): this {
    this.recognizers.recognizer(plugin)
    return this
  }

  protected updateFeatures(features: T): Prompt<any> {
    this.features = { ...this.features, ...features }
    return this
  }

  /** A text in the language of the session, from the texts of the library that asks. */
  static gettext(session: Session, text: TextType, namespace?: string): string {
    const { options } = session.dialogData as IPromptContext
    const from = namespace ?? options?.libraryNamespace
    return session.localizer.gettext(session.preferredLocale(), randomChoice(text), from)
  }

  private runPromptHandlers(session: Session, index: number): void {
    const handler = this.promptHandlers[index]
    if (handler) runHandler(session, () => handler(session, () => this.runPromptHandlers(session, index - 1)))
    else runHandler(session, () => this.ask(session))
  }

  private async ask(session: Session): Promise<void> {
    const { options, turns, isReprompt } = session.dialogData as IPromptContext
    const isFirst = turns === 0 || isReprompt
    const retry = options.retryPrompt ?? this.features.defaultRetryPrompt
    const prompt: TextOrMessageType = (isFirst ? options.prompt : (retry ?? options.prompt)) ?? ''
    const speak = isFirst ? options.speak : options.retrySpeak
    const message = isMessage(prompt)
      ? messageOf(prompt)
      : await this.format(session, textOf(session, prompt), speak as TextType)
    const { inputHint = 'expectingInput' } = options
    message.inputHint ??= inputHint
    session.send(message)
    session.sendBatch()
  }

  private async format(session: Session, text: TextType, speak: TextType): Promise<IMessage> {
    for (const handler of this.formatHandlers) {
      const message = await fromCallback<IMessage>((done) => handler(session, text, speak, done))
      if (message) return withOptions(message, session)
    }
    const message = { text: Prompt.gettext(session, text) } as IMessage
    if (speak) message.speak = Prompt.gettext(session, speak)
    return withOptions(message, session)
  }

  private async recognizeReply(context: IRecognizeDialogContext): Promise<PromptRecognizeResult> {
    let best: PromptRecognizeResult = { score: 0 }
    for (const handler of this.recognizeHandlers) {
      const result = await new Promise<PromptRecognizeResult>((resolve, reject) => {
        handler(context, (err, score, response) => (err ? reject(err) : resolve({ score, response })))
      })
      if (result.score > best.score) best = result
    }
    const intent = this.intents.size === 0 ? undefined : await this.findIntent(context)
    return intent && intent.score > best.score ? { score: intent.score, intent } : best
  }

  private async findIntent(context: IRecognizeDialogContext): Promise<IIntentRecognizerResult | undefined> {
    const recognized = await fromCallback<IIntentRecognizerResult>((done) => this.recognizers.recognize(context, done))
    return this.intents.best(context, recognized)
  }

  private runIntent(session: Session, intent: string, args: unknown): void {
    const handler = this.intents.get(intent)
    session.dialogData.activeIntent = intent
    handler?.(session, args)
  }
}

/** A text of the framework, as the bot's files say it or as it comes. */
export function promptText(session: Pick<Session, 'localizer' | 'preferredLocale'>, name: string): string {
  return session.localizer.trygettext(session.preferredLocale(), name, SYSTEM_NAMESPACE) ?? systemText(name)
}

/** The framework's own retry prompts are names of its texts. */
function textOf(session: Session, text: string | string[]): TextType {
  return typeof text === 'string' && systemText(text) !== text ? promptText(session, text) : text
}

function isMessage(prompt: TextOrMessageType): prompt is IMessage | IIsMessage {
  return typeof prompt === 'object' && !Array.isArray(prompt)
}

function messageOf(prompt: IMessage | IIsMessage): IMessage {
  return 'toMessage' in prompt ? prompt.toMessage() : { ...prompt }
}

/** What the options of a prompt say about its message. */
function withOptions(message: IMessage, session: Session): IMessage {
  const { options } = session.dialogData as IPromptContext
  for (const name of ['attachments', 'attachmentLayout', 'entities', 'textFormat', 'inputHint'] as const) {
    const value = options[name]
    if (value !== undefined && message[name] === undefined) Object.assign(message, { [name]: value })
  }
  return message
}

/** Library of the dialog that asks. */
function callerNamespace(session: Session): string {
  const caller = session.dialogStack().at(-2)
  return caller ? caller.id.split(':')[0]! : session.library.name
}
