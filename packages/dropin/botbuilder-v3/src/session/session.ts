// oxlint-disable typescript/no-explicit-any, typescript/no-unsafe-function-type -- as SDK v3 types it
import { EventEmitter } from 'node:events'
import { ResumeReason } from '../constants.ts'
import type { IConnector } from '../contracts/connectors.ts'
import type { ISessionOptions } from '../contracts/dialogs.ts'
import type {
  IDialogResult,
  IDialogState,
  ILocalizer,
  IRecognizeContext,
  IRecognizeResult,
  ISessionState,
  SessionLog,
} from '../contracts/recognizing.ts'
import type { Session as SessionContract, SessionDialog, SessionLibrary } from '../contracts/session.ts'
import type { IAddress, IMessage, IMessageOptions, TextOrMessageType, TextType } from '../contracts/events.ts'
import { formatText } from '../text/format-text.ts'
import { randomChoice } from '../text/random-choice.ts'
import { SYSTEM_NAMESPACE, systemText } from '../text/system-texts.ts'
import * as stacks from './dialog-stack.ts'
import { OutgoingBatch } from './outgoing-batch.ts'
import { runHandler } from './run-handler.ts'
import { activityOf } from './turn-activity.ts'

/** Where in the private data the dialogs are kept. */
export const SESSION_STATE = 'BotBuilder.Data.SessionState'
const PREFERRED_LOCALE = 'BotBuilder.Data.PreferredLocale'
const DEFAULT_BATCH_DELAY_MS = 250

class ConversationSession extends EventEmitter implements SessionContract {
  connector: IConnector
  library: SessionLibrary
  sessionState!: ISessionState
  message!: IMessage
  userData: any
  conversationData: any
  privateConversationData: any
  dialogData: any
  localizer: ILocalizer
  logger!: SessionLog
  private readonly options: ISessionOptions
  private readonly batch: OutgoingBatch
  private hasSent = false
  private wasReset = false
  private isFailing = false

  constructor(options: ISessionOptions) {
    super()
    this.options = options
    this.connector = options.connector
    this.library = options.library
    this.localizer = options.localizer
    this.batch = new OutgoingBatch({
      delayMs: options.autoBatchDelay ?? DEFAULT_BATCH_DELAY_MS,
      activity: activityOf(this),
      save: (done) => {
        this.keepDialogData()
        options.onSave(done)
      },
      send: (messages, done) => options.onSend(messages, done),
      onError: (error) => this.failed(error),
      run: (callback) => runHandler(this, callback),
    })
  }

  /** What recognizers see of this session. */
  toRecognizeContext(): IRecognizeContext {
    return {
      message: this.message,
      userData: this.userData,
      conversationData: this.conversationData,
      privateConversationData: this.privateConversationData,
      dialogData: this.dialogData,
      localizer: this.localizer,
      logger: this.logger,
      locale: this.preferredLocale(),
      dialogStack: () => this.dialogStack(),
      preferredLocale: () => this.preferredLocale(),
      gettext: (msgid, ...args) => this.gettext(msgid, ...args),
      ngettext: (msgid, plural, count) => this.ngettext(msgid, plural, count),
    }
  }

  /** Takes a message through the session's middleware, and then to `next`. */
  dispatch(sessionState: ISessionState | null, message: IMessage, next: Function): this {
    const state = sessionState ?? { callstack: [], lastAccess: Date.now(), version: 0 }
    state.lastAccess = Date.now()
    this.sessionState = state
    this.dialogData = stacks.activeEntry(state.callstack)?.state ?? null
    this.message = message
    const activity = activityOf(this)
    activity.begin('handler')
    this.localizer.load(this.preferredLocale(), (err) => {
      if (err) this.logger.warn(state.callstack, 'The texts of the locale cannot be read: %s', err.message)
      this.runMiddleware(0, next)
      activity.end('handler')
    })
    return this
  }

  /** Tells the bot of an error, apologizes, and ends the conversation. */
  error(err: Error): this {
    this.logger.error(this.sessionState?.callstack, err)
    if (!this.isFailing) {
      this.isFailing = true
      const { dialogErrorMessage } = this.options
      const message = dialogErrorMessage ?? this.systemText('default_error')
      this.endWith('unknown', message, [])
      this.isFailing = false
    }
    if (this.listenerCount('error') > 0) this.emit('error', err)
    return this
  }

  /** The user's language: the one set here, or else that of the message, or else the bot's. */
  preferredLocale(locale?: string, callback?: (err: Error) => void): string {
    if (locale) {
      this.userData[PREFERRED_LOCALE] = locale
      this.localizer.load(locale, callback ?? (() => {}))
    }
    return this.localeOfUser() ?? (this.localizer as { defaultLocale?: string }).defaultLocale ?? 'en'
  }

  gettext(msgid: string, ...args: any[]): string {
    return this.textIn(this.libraryName(), msgid, args)
  }

  ngettext(msgid: string, msgid_plural: string, count: number): string {
    return this.localizer.ngettext(this.preferredLocale(), msgid, msgid_plural, count, this.libraryName())
  }

  /** Has the data written with the next batch, also without a message. */
  save(): this {
    this.batch.sendSoon()
    return this
  }

  send(message: TextOrMessageType, ...args: any[]): this {
    return this.sendLocalized(this.libraryName(), message, ...args)
  }

  sendLocalized(libraryNamespace: string, message: TextOrMessageType, ...args: any[]): this {
    this.hasSent = true
    if (message) this.batch.add(this.prepared(this.messageOf(libraryNamespace, message, args)))
    this.batch.sendSoon()
    return this
  }

  say(text: TextType, speak?: TextType, options?: IMessageOptions): this
  say(text: TextType, options?: IMessageOptions): this
  say(text: TextType, speakOrOptions?: TextType | IMessageOptions, options?: IMessageOptions): this {
    return this.sayLocalized(this.libraryName(), text, speakOrOptions, options)
  }

  sayLocalized(
    libraryNamespace: string,
    text: TextType,
    speakOrOptions?: TextType | IMessageOptions,
    options?: IMessageOptions,
  ): this {
    const hasSpeech = typeof speakOrOptions === 'string' || Array.isArray(speakOrOptions)
    const more = hasSpeech ? options : (speakOrOptions ?? options)
    const message = { ...more } as IMessage
    if (text) message.text = this.textIn(libraryNamespace, randomChoice(text), [])
    if (hasSpeech) message.speak = this.textIn(libraryNamespace, randomChoice(speakOrOptions), [])
    return this.sendLocalized(libraryNamespace, message)
  }

  /** Shows that the bot is at it, at once. */
  sendTyping(): this {
    this.hasSent = true
    this.batch.add(this.prepared({ type: 'typing' } as IMessage))
    this.sendBatch()
    return this
  }

  /** Waits between two messages, in milliseconds. */
  delay(delay: number): this {
    this.hasSent = true
    this.batch.add(this.prepared({ type: 'delay', value: delay } as IMessage))
    this.batch.sendSoon()
    return this
  }

  /** Whether the bot has said anything in this turn. */
  messageSent(): boolean {
    return this.hasSent
  }

  /** @throws Error There is no dialog of that id. */
  beginDialog<T>(id: string, args?: T): this {
    const dialogId = this.fullId(id)
    const dialog = this.requireDialog(dialogId)
    this.pushDialog({ id: dialogId, state: {} })
    this.batch.sendSoon()
    runHandler(this, () => dialog.begin(this, args))
    return this
  }

  /** @throws Error There is no dialog of that id. */
  replaceDialog<T>(id: string, args?: T): this {
    const dialogId = this.fullId(id)
    const dialog = this.requireDialog(dialogId)
    this.popDialog()
    this.pushDialog({ id: dialogId, state: {} })
    this.batch.sendSoon()
    runHandler(this, () => dialog.begin(this, args))
    return this
  }

  /** Forgets the dialogs and all data but the user's, says goodbye and tells the channel that the conversation is over. */
  endConversation(message?: TextOrMessageType, ...args: any[]): this {
    return this.endWith('completedSuccessfully', message, args)
  }

  endDialog(message?: TextOrMessageType, ...args: any[]): this {
    if (isResult(message)) return this.endDialogWithResult(message)
    if (message) this.send(message, ...args)
    return this.endActive({ resumed: ResumeReason.completed })
  }

  endDialogWithResult(result?: IDialogResult<any>): this {
    const { resumed = ResumeReason.completed } = result ?? {}
    return this.endActive({ ...result, resumed })
  }

  /** Ends a dialog and all above it, by id or place on the stack, and begins another in its place. */
  cancelDialog(dialogId: string | number, replaceWithId?: string, replaceWithArgs?: any): this {
    const { callstack } = this.sessionState
    const index = typeof dialogId === 'number' ? dialogId : stacks.findEntry(callstack, this.fullId(dialogId), true)
    const canceled = callstack[index]
    if (!canceled) return this
    this.keepDialogData()
    this.activate(stacks.pruneStack(callstack, index))
    if (replaceWithId) {
      const id = this.fullId(replaceWithId, canceled.id)
      this.requireDialog(id)
      return this.beginDialog(id, replaceWithArgs)
    }
    this.batch.sendSoon()
    this.resumeActive({ resumed: ResumeReason.canceled, response: null, childId: canceled.id })
    return this
  }

  /** Ends all dialogs and begins another, or the one the bot starts with. */
  reset(dialogId?: string, dialogArgs?: any): this {
    this.wasReset = true
    this.clearDialogStack()
    return this.beginDialog(dialogId || this.options.dialogId, dialogId ? dialogArgs : this.options.dialogArgs)
  }

  isReset(): boolean {
    return this.wasReset
  }

  /** Writes the data and then sends what was said, in order. */
  sendBatch(done?: (err: Error, addresses?: IAddress[]) => void): void {
    this.batch.sendNow(done)
  }

  /** The dialogs, from the root up, as a copy; or puts others in their place. */
  dialogStack(newStack?: IDialogState[]): IDialogState[] {
    this.keepDialogData()
    if (newStack) {
      this.sessionState.callstack = newStack
      this.activate(stacks.activeEntry(newStack))
    }
    return [...(this.sessionState.callstack ?? [])]
  }

  clearDialogStack(): this {
    this.sessionState.callstack = []
    this.dialogData = null
    return this
  }

  /** Gives the message to the dialog on top, or begins the one the bot starts with. */
  routeToActiveDialog(recognizeResult?: IRecognizeResult): void {
    const active = stacks.activeEntry(this.sessionState.callstack)
    if (!active) return this.beginDefaultDialog()
    const dialog = this.requireDialog(active.id)
    this.activate(active)
    runHandler(this, () => dialog.replyReceived(this, recognizeResult as IRecognizeResult))
  }

  static forEachDialogStackEntry: SessionConstructor['forEachDialogStackEntry'] = stacks.forEachEntry
  static findDialogStackEntry: SessionConstructor['findDialogStackEntry'] = stacks.findEntry
  static activeDialogStackEntry: SessionConstructor['activeDialogStackEntry'] = stacks.activeEntry
  static pushDialogStackEntry: SessionConstructor['pushDialogStackEntry'] = stacks.pushEntry
  static popDialogStackEntry: SessionConstructor['popDialogStackEntry'] = stacks.popEntry
  static pruneDialogStack: SessionConstructor['pruneDialogStack'] = stacks.pruneStack
  static validateDialogStack: SessionConstructor['validateDialogStack'] = stacks.isValidStack

  private beginDefaultDialog(): void {
    const { dialogId, dialogArgs } = this.options
    const [library = '', ...rest] = this.fullId(dialogId).split(':')
    if (this.library.findDialog(library, rest.join(':'))) this.beginDialog(dialogId, dialogArgs)
    else this.logger.warn([], "Nothing answers the message: there is no dialog '%s'.", dialogId)
  }

  private localeOfUser(): string | undefined {
    return this.userData?.[PREFERRED_LOCALE] ?? this.message?.textLocale
  }

  private runMiddleware(index: number, next: Function): void {
    const middleware = this.options.middleware[index]
    runHandler(this, () => (middleware ? middleware(this, () => this.runMiddleware(index + 1, next)) : next()))
  }

  private endWith(code: string, message: TextOrMessageType | undefined, args: any[]): this {
    if (message) this.send(message, ...args)
    this.privateConversationData = {}
    this.conversationData = {}
    this.clearDialogStack()
    this.batch.add(this.prepared({ type: 'endOfConversation', code } as IMessage))
    this.hasSent = true
    this.batch.sendSoon()
    return this
  }

  private endActive(result: IDialogResult<any>): this {
    const { callstack } = this.sessionState
    const ended = stacks.activeEntry(callstack)
    if (ended) {
      this.keepDialogData()
      this.activate(stacks.popEntry(callstack))
      result.childId = ended.id
    }
    this.batch.sendSoon()
    this.resumeActive(result)
    return this
  }

  private resumeActive(result: IDialogResult<any>): void {
    const active = stacks.activeEntry(this.sessionState.callstack)
    if (!active) return
    const dialog = this.requireDialog(active.id)
    runHandler(this, () => dialog.dialogResumed(this, result))
  }

  private pushDialog(entry: IDialogState): void {
    this.keepDialogData()
    this.activate(stacks.pushEntry(this.sessionState.callstack, entry))
  }

  private popDialog(): void {
    this.keepDialogData()
    this.activate(stacks.popEntry(this.sessionState.callstack))
  }

  private activate(entry: IDialogState | null): void {
    this.dialogData = entry ? (entry.state ??= {}) : null
  }

  /** A dialog may have put another object in the place of its data. */
  private keepDialogData(): void {
    const active = this.sessionState && stacks.activeEntry(this.sessionState.callstack)
    if (active) active.state = this.dialogData ?? {}
  }

  /** With the library of the dialog that asks, unless it names one. */
  private fullId(id: string, askedBy?: string): string {
    return id.includes(':') ? id : `${askedBy ? askedBy.split(':')[0] : this.libraryName()}:${id}`
  }

  /** Of the dialog on top. */
  private libraryName(): string {
    const active = this.sessionState && stacks.activeEntry(this.sessionState.callstack)
    return active ? active.id.split(':')[0]! : this.library.name
  }

  private requireDialog(id: string): SessionDialog {
    const [library = '', ...rest] = id.split(':')
    const dialog = this.library.findDialog(library, rest.join(':'))
    if (!dialog) throw new Error(`Dialog[${id}] not found.`)
    return dialog
  }

  private messageOf(namespace: string, message: TextOrMessageType, args: any[]): IMessage {
    if (typeof message === 'string' || Array.isArray(message)) {
      return { text: this.textIn(namespace, randomChoice(message), args) } as IMessage
    }
    return 'toMessage' in message ? message.toMessage() : message
  }

  private prepared(message: IMessage): IMessage {
    const { address, source } = this.message
    const prepared = { ...message, agent: 'botbuilder' }
    prepared.type ||= 'message'
    prepared.source ||= source
    prepared.address ||= address
    const locale = this.localeOfUser()
    if (locale && prepared.type === 'message') prepared.textLocale ||= locale
    return prepared
  }

  private textIn(namespace: string, msgid: string, args: readonly unknown[]): string {
    return formatText(this.localizer.gettext(this.preferredLocale(), msgid, namespace), args)
  }

  private systemText(name: string): string {
    return this.localizer.trygettext(this.preferredLocale(), name, SYSTEM_NAMESPACE) ?? systemText(name)
  }

  /** There is nothing more to say when saying or keeping something is what failed. */
  private failed(err: Error): void {
    this.logger.error(this.sessionState?.callstack, err)
    if (this.listenerCount('error') > 0) this.emit('error', err)
  }
}

/** What `Session` is as a value: its constructor, and functions on stacks of dialogs. */
export interface SessionConstructor {
  new (options: ISessionOptions): SessionContract
  forEachDialogStackEntry(
    stack: IDialogState[],
    reverse: boolean,
    fn: (entry: IDialogState, index: number) => void,
  ): void
  /** Where a dialog is, from the root up or, `reverse`, down; -1 when it is not there. */
  findDialogStackEntry(stack: IDialogState[], dialogId: string, reverse?: boolean): number
  activeDialogStackEntry(stack: IDialogState[]): IDialogState
  pushDialogStackEntry(stack: IDialogState[], entry: IDialogState): IDialogState
  popDialogStackEntry(stack: IDialogState[]): IDialogState
  pruneDialogStack(stack: IDialogState[], start: number): IDialogState
  /** Whether the bot still has all dialogs of a stack. */
  validateDialogStack(stack: IDialogState[], root: SessionLibrary): boolean
}

/** A turn of a conversation: the message, the data, the dialogs, and what the bot says. */
export const Session: SessionConstructor = ConversationSession
export type Session = SessionContract

/** The first versions took a result here. */
function isResult(value: unknown): value is IDialogResult<any> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return 'resumed' in value || 'response' in value || 'error' in value
}
