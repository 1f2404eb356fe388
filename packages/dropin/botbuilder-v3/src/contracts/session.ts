// oxlint-disable typescript/no-explicit-any, typescript/no-unsafe-function-type -- as SDK v3 types it
import type { IConnector } from './connectors.ts'
import type { IAddress, IMessage, IMessageOptions, TextOrMessageType, TextType } from './events.ts'
import type {
  IDialogResult,
  IDialogState,
  ILocalizer,
  IRecognizeContext,
  IRecognizeResult,
  IRouteResult,
  ISessionState,
  SessionLog,
} from './recognizing.ts'

/** A dialog, as sessions see it. */
export interface SessionDialog {
  begin<T>(session: Session, args?: T): void
  replyReceived(session: Session, recognizeResult: IRecognizeResult): void
  dialogResumed<T>(session: Session, result: IDialogResult<T>): void
  dialogInterrupted(session: Session, dialogId: string, dialogArgs: any): void
}

/** A library, as sessions see it. */
export interface SessionLibrary {
  readonly name: string
  findDialog(libName: string, dialogId: string): SessionDialog
  library(lib: string): SessionLibrary
  libraryList(reverse?: boolean): SessionLibrary[]
  selectRoute(session: Session, route: IRouteResult): void
}

/** A turn of a conversation: the message, the data, the dialogs, and what the bot says. */
export interface Session {
  connector: IConnector
  library: SessionLibrary
  sessionState: ISessionState
  message: IMessage
  /** Of the user, in all conversations of the channel. */
  userData: any
  /** Of the conversation, for all who are in it. */
  conversationData: any
  /** Of the user in the conversation. */
  privateConversationData: any
  /** Of the dialog on top. */
  dialogData: any
  localizer: ILocalizer
  logger: SessionLog
  on(event: string, listener: (data: any) => void): void
  /** What recognizers see of this session. */
  toRecognizeContext(): IRecognizeContext
  /** Takes a message through the session's middleware, and then to `next`. */
  dispatch(sessionState: ISessionState | null, message: IMessage, next: Function): Session
  /** Tells the bot of an error, apologizes, and ends the conversation. */
  error(err: Error): Session
  /** The user's language: the one set here, or else that of the message, or else the bot's. */
  preferredLocale(locale?: string, callback?: (err: Error) => void): string
  gettext(msgid: string, ...args: any[]): string
  ngettext(msgid: string, msgid_plural: string, count: number): string
  /** Has the data written with the next batch, also without a message. */
  save(): Session
  /** Says something; `args` are put into a text as C's `sprintf` does. */
  send(message: TextOrMessageType, ...args: any[]): Session
  /** Says something from the texts of a library. */
  sendLocalized(libraryNamespace: string, message: TextOrMessageType, ...args: any[]): Session
  say(text: TextType, speak?: TextType, options?: IMessageOptions): Session
  say(text: TextType, options?: IMessageOptions): Session
  sayLocalized(libraryNamespace: string, text: TextType, speak?: TextType, options?: IMessageOptions): Session
  /** Shows that the bot is at it, at once. */
  sendTyping(): Session
  /** Waits between two messages, in milliseconds. */
  delay(delay: number): Session
  /** Whether the bot has said anything in this turn. */
  messageSent(): boolean
  /** @throws Error There is no dialog of that id. */
  beginDialog<T>(id: string, args?: T): Session
  /** @throws Error There is no dialog of that id. */
  replaceDialog<T>(id: string, args?: T): Session
  /** Forgets the dialogs and all data but the user's, says goodbye and tells the channel that the conversation is over. */
  endConversation(message?: TextOrMessageType, ...args: any[]): Session
  endDialog(message?: TextOrMessageType, ...args: any[]): Session
  endDialogWithResult(result?: IDialogResult<any>): Session
  /** Ends a dialog and all above it, by id or place on the stack, and begins another in its place. */
  cancelDialog(dialogId: string | number, replaceWithId?: string, replaceWithArgs?: any): Session
  /** Ends all dialogs and begins another, or the one the bot starts with. */
  reset(dialogId?: string, dialogArgs?: any): Session
  isReset(): boolean
  /** Writes the data and then sends what was said, in order. */
  sendBatch(done?: (err: Error, addresses?: IAddress[]) => void): void
  /** The dialogs, from the root up, as a copy; or puts others in their place. */
  dialogStack(newStack?: IDialogState[]): IDialogState[]
  clearDialogStack(): Session
  /** Gives the message to the dialog on top, or begins the one the bot starts with. */
  routeToActiveDialog(recognizeResult?: IRecognizeResult): void
}
