// oxlint-disable typescript/no-explicit-any, typescript/no-unsafe-function-type -- as SDK v3 types it
import type { IConnector, IEventMiddleware } from './connectors.ts'
import type { IAddress, IMessage, MatchType, TextOrMessageType } from './events.ts'
import type {
  IActionRouteData,
  IDialogResult,
  IFindActionRouteContext,
  ILocalizer,
  IRouteResult,
} from './recognizing.ts'
import type { Session, SessionLibrary } from './session.ts'

/** When an action is triggered. */
export interface IDialogActionOptions {
  /** Expressions on the text, or names of intents. */
  matches?: MatchType
  /** Least score of an intent. Default 0.1. */
  intentThreshold?: number
  /** Finds the action by other means; its score is between 0 and 1. */
  onFindAction?: (
    context: IFindActionRouteContext,
    callback: (err: Error, score: number, routeData?: IActionRouteData) => void,
  ) => void
  /** Called in place of what the action does, which `next` then does. */
  onSelectAction?: (session: Session, args?: IActionRouteData, next?: Function) => void
}

/** Options of an action that begins a dialog. */
export interface IBeginDialogActionOptions extends IDialogActionOptions {
  dialogArgs?: any
}

/** Options of an action that begins its own dialog in place of all others. */
export interface ITriggerActionOptions extends IBeginDialogActionOptions {
  /** Asked before another dialog takes the place of this one. */
  confirmPrompt?: TextOrMessageType
  /** Called before another dialog takes the place of this one, which `next` then lets happen. */
  onInterrupted?: (session: Session, dialogId: string, dialogArgs?: any, next?: Function) => void
}

/** Options of an action that ends something. */
export interface ICancelActionOptions extends IDialogActionOptions {
  /** Asked first. */
  confirmPrompt?: TextOrMessageType
}

/** One step of a waterfall. */
export interface IDialogWaterfallStep {
  (session: Session, result?: any, skip?: (results?: IDialogResult<any>) => void): any
}

/** Goes a way. */
export interface ISelectRouteHandler {
  (session: Session, route: IRouteResult): void
}

/** Chooses among ways. */
export interface IDisambiguateRouteHandler {
  (session: Session, routes: IRouteResult[]): void
}

/** Options of `Middleware.dialogVersion`. */
export interface IDialogVersionOptions {
  /** Major and minor version; a new major one resets conversations. */
  version: number
  /** Said when a conversation is reset. */
  message?: TextOrMessageType
  /** Text with which a user resets. Default `/^reset/i`. */
  resetCommand?: RegExp
}

/** Options of `Middleware.firstRun`. */
export interface IFirstRunOptions {
  /** Major and minor version of what new users are told. */
  version: number
  /** Begun for new users, and when the major version changed. */
  dialogId: string
  dialogArgs?: any
  /** Begun when only the minor version changed. */
  upgradeDialogId?: string
  upgradeDialogArgs?: string
}

/** What a session is made with. */
export interface ISessionOptions {
  onSave: (done: (err: Error) => void) => void
  onSend: (messages: IMessage[], done: (err: Error, addresses?: IAddress[]) => void) => void
  connector: IConnector
  library: SessionLibrary
  localizer: ILocalizer
  middleware: ISessionMiddleware[]
  dialogId: string
  dialogArgs?: any
  /** Milliseconds. Default 250. */
  autoBatchDelay?: number
  dialogErrorMessage?: TextOrMessageType
  actions?: object
}

/** Sees sessions before their messages are routed. */
export interface ISessionMiddleware {
  (session: Session, next: Function): void
}

/** Middleware by where it is called. */
export interface IMiddlewareMap {
  receive?: IEventMiddleware | IEventMiddleware[]
  send?: IEventMiddleware | IEventMiddleware[]
  botbuilder?: ISessionMiddleware | ISessionMiddleware[]
}
