// oxlint-disable typescript/no-explicit-any, typescript/no-unsafe-function-type -- as SDK v3 types it
import type { RecognizeMode, RecognizeOrder, ResumeReason } from '../constants.ts'
import type { IMessage } from './events.ts'

/** Where the localizer of a bot finds its texts, and in which language without one of the user's. */
export interface IDefaultLocalizerSettings {
  /** Folder with `<locale>/<namespace>.json`. Default `./locale/`. */
  botLocalePath?: string
  /** Default `en`. */
  defaultLocale?: string
}

/** Gives texts in the user's language. */
export interface ILocalizer {
  load(locale: string, callback: (err: Error) => void): void
  trygettext(locale: string, msgid: string, namespace?: string): string
  gettext(locale: string, msgid: string, namespace?: string): string
  ngettext(locale: string, msgid: string, msgid_plural: string, count: number, namespace?: string): string
}

/** What is kept of a conversation's dialogs. */
export interface ISessionState {
  callstack: IDialogState[]
  /** Milliseconds since 1970. */
  lastAccess: number
  version: number
}

/** A dialog that has begun. */
export interface IDialogState {
  /** With its library: `*:/`. */
  id: string
  state: any
}

/** How a dialog ended. */
export interface IDialogResult<T> {
  resumed?: ResumeReason
  childId?: string
  error?: Error
  response?: T
}

/** What recognizers see of a conversation. */
export interface IRecognizeContext {
  message: IMessage
  userData: any
  conversationData: any
  privateConversationData: any
  dialogData: any
  localizer: ILocalizer
  logger: SessionLog
  preferredLocale(): string
  gettext(msgid: string, ...args: any[]): string
  ngettext(msgid: string, msgid_plural: string, count: number): string
  dialogStack(): IDialogState[]
  /** What the recognizers of the library found. */
  intent?: IIntentRecognizerResult
  libraryName?: string
  locale: string
}

/** What the recognizer of a dialog sees. */
export interface IRecognizeDialogContext extends IRecognizeContext {
  /** Whether the dialog is the one on top. */
  activeDialog: boolean
  dialogData: any
}

/** What a handler sees that looks for an action. */
export interface IFindActionRouteContext extends IRecognizeContext {
  routeType: string
}

/** What an action is given. */
export interface IActionRouteData {
  action?: string
  intent?: IIntentRecognizerResult
  /** Of the button. */
  data?: string
  dialogId?: string
  dialogIndex?: number
}

/** An intent and how sure it is. */
export interface IIntent {
  intent: string
  /** 0 to 1. */
  score: number
}

/** A part of an utterance that means something. */
export interface IEntity {
  type: string
  entity: any
  startIndex?: number
  endIndex?: number
  score?: number
}

/** Options of a set of recognizers. */
export interface IIntentRecognizerSetOptions {
  /** Least score of an intent. Default 0.1. */
  intentThreshold?: number
  /** Default `parallel`. */
  recognizeOrder?: RecognizeOrder
  recognizers?: IIntentRecognizer[]
  /** Accepted; all are asked at once. */
  processLimit?: number
  /** Whether a score of 1 ends the search in series. Default `true`. */
  stopIfExactMatch?: boolean
}

/** Options of an `IntentDialog`. */
export interface IIntentDialogOptions extends IIntentRecognizerSetOptions {
  /** Default `onBeginIfRoot`. */
  recognizeMode?: RecognizeMode
}

/** Finds intents in utterances. */
export interface IIntentRecognizer {
  recognize(context: IRecognizeContext, callback: (err: Error, result: IIntentRecognizerResult) => void): void
}

/** How sure something is, 0 to 1. */
export interface IRecognizeResult {
  score: number
}

/** What a recognizer found. */
export interface IIntentRecognizerResult extends IRecognizeResult {
  intent: string
  expression?: RegExp
  matched?: string[]
  intents?: IIntent[]
  entities?: IEntity[]
}

/** The value found in an utterance. */
export interface IFindMatchResult {
  index: number
  entity: string
  score: number
}

/** Expressions by locale; `*` for all others. */
export interface IRegExpMap {
  [local: string]: RegExp
}

/** Addresses of LUIS models by locale. */
export interface ILuisModelMap {
  [local: string]: string
}

/** A way on for a message. */
export interface IRouteResult {
  score: number
  libraryName: string
  routeType?: string
  routeData?: any
}

/** Finds ways on for a message. */
export interface IFindRoutesHandler {
  (context: IRecognizeContext, callback: (err: Error, routes: IRouteResult[]) => void): void
}

/** Hears what happens in dialogs. */
export interface SessionLog {
  isEnabled: boolean
  dump(name: string, value: any): void
  log(dialogStack: IDialogState[], msg: string, ...args: any[]): void
  warn(dialogStack: IDialogState[], msg: string, ...args: any[]): void
  error(dialogStack: IDialogState[], err: Error): void
  flush(callback: (err: Error) => void): void
}
