import { EventEmitter } from 'node:events'
import { toError } from '@parley/core/internal'
import { fromCallback, NO_ERROR } from '../callbacks.ts'
import type {
  ICancelActionOptions,
  IDialogActionOptions,
  IDialogWaterfallStep,
  ISelectRouteHandler,
} from '../contracts/dialogs.ts'
import type {
  IDialogState,
  IFindRoutesHandler,
  IIntentRecognizer,
  IIntentRecognizerResult,
  IRecognizeContext,
  IRecognizeDialogContext,
  IRecognizeResult,
  IRouteResult,
} from '../contracts/recognizing.ts'
import type { TextOrMessageType } from '../contracts/events.ts'
import { IntentRecognizerSet } from '../recognizing/intent-recognizer-set.ts'
import type { Session } from '../contracts/session.ts'
import { ActionSet } from './action-set.ts'
import { addRoute, bestRoute } from './add-route.ts'
import type { Dialog } from './dialog.ts'
import { ROUTE_TYPES } from './route-types.ts'
import { WaterfallDialog } from './waterfall-dialog.ts'

/** Dialogs, recognizers and actions under a name of their own. A bot is the library `*`. */
export class Library extends EventEmitter {
  static RouteTypes: { GlobalAction: string; StackAction: string; ActiveDialog: string } = ROUTE_TYPES
  readonly name: string
  private dialogs: Map<string, Dialog> = new Map()
  private libraries: Map<string, Library> = new Map()
  private actions: ActionSet = new ActionSet()
  private recognizers: IntentRecognizerSet = new IntentRecognizerSet()
  private findsRoutes: IFindRoutesHandler | undefined
  private selectsRoute: ISelectRouteHandler | undefined
  private locales = ''

  constructor(name: string) {
    super({ captureRejections: true })
    this.name = name
  }

  clone(copyTo?: Library, newName?: string): Library {
    const copy = copyTo ?? new Library(newName ?? this.name)
    copy.dialogs = new Map(this.dialogs)
    copy.libraries = new Map(this.libraries)
    copy.actions = this.actions.clone()
    copy.recognizers = this.recognizers.clone()
    copy.findsRoutes = this.findsRoutes
    copy.selectsRoute = this.selectsRoute
    copy.locales = this.locales
    return copy
  }

  /** Folder of the library's texts, `<locale>/<name of the library>.json`. */
  localePath(path?: string): string {
    if (path) this.locales = path
    return this.locales
  }

  /** What the library's recognizers find; what the bot's found, when it has none. */
  recognize(context: IRecognizeContext, callback: (err: Error, result: IIntentRecognizerResult) => void): void {
    if (this.recognizers.length > 0) this.recognizers.recognize(context, callback)
    else callback(NO_ERROR, context.intent ?? { score: 0, intent: null as unknown as string })
  }

  recognizer(plugin: IIntentRecognizer): this {
    this.recognizers.recognizer(plugin)
    return this
  }

  findRoutes(context: IRecognizeContext, callback: (err: Error, routes: IRouteResult[]) => void): void {
    if (this.findsRoutes) return this.findsRoutes(context, callback)
    this.findAll(context).then(
      (routes) => callback(NO_ERROR, routes),
      (error: unknown) => callback(toError(error), []),
    )
  }

  onFindRoutes(handler: IFindRoutesHandler): void {
    this.findsRoutes = handler
  }

  selectRoute(session: Session, route: IRouteResult): void {
    if (this.selectsRoute) return this.selectsRoute(session, route)
    switch (route.routeType) {
      case ROUTE_TYPES.ActiveDialog:
        return this.selectActiveDialogRoute(session, route)
      case ROUTE_TYPES.StackAction:
        return this.selectStackActionRoute(session, route)
      case ROUTE_TYPES.GlobalAction:
        return this.selectGlobalActionRoute(session, route)
      default:
        throw new Error(`Invalid route type passed to Library.selectRoute(): ${route.routeType}.`)
    }
  }

  onSelectRoute(handler: ISelectRouteHandler): void {
    this.selectsRoute = handler
  }

  findActiveDialogRoutes(
    context: IRecognizeContext,
    callback: (err: Error, routes: IRouteResult[]) => void,
    dialogStack: IDialogState[] = context.dialogStack(),
  ): void {
    const active = dialogStack.at(-1)
    const dialog = active && this.ownDialog(active.id)
    if (!active || !dialog) return callback(NO_ERROR, [])
    const dialogContext: IRecognizeDialogContext = { ...context, dialogData: active.state, activeDialog: true }
    dialog.recognize(dialogContext, (err, result) => {
      if (err) return callback(err, [])
      const routeType = ROUTE_TYPES.ActiveDialog
      callback(NO_ERROR, [{ score: result.score, libraryName: this.name, routeType, routeData: result }])
    })
  }

  selectActiveDialogRoute(session: Session, route: IRouteResult, newStack?: IDialogState[]): void {
    if (newStack) session.dialogStack(newStack)
    session.routeToActiveDialog(route.routeData as IRecognizeResult)
  }

  findStackActionRoutes(
    context: IRecognizeContext,
    callback: (err: Error, routes: IRouteResult[]) => void,
    dialogStack: IDialogState[] = context.dialogStack(),
  ): void {
    this.findOnStack(context, dialogStack).then(
      (routes) => callback(NO_ERROR, routes),
      (error: unknown) => callback(toError(error), []),
    )
  }

  selectStackActionRoute(session: Session, route: IRouteResult, newStack?: IDialogState[]): void {
    if (newStack) session.dialogStack(newStack)
    const { dialogId = '' } = route.routeData as { dialogId?: string }
    const dialog = this.ownDialog(dialogId)
    if (!dialog) throw new Error(`Dialog[${dialogId}] not found.`)
    dialog.selectActionRoute(session, route)
  }

  findGlobalActionRoutes(context: IRecognizeContext, callback: (err: Error, routes: IRouteResult[]) => void): void {
    const dialogContext: IRecognizeDialogContext = { ...context, libraryName: this.name, activeDialog: false }
    this.globalActions().findActionRoutes(dialogContext, callback)
  }

  selectGlobalActionRoute(session: Session, route: IRouteResult, newStack?: IDialogState[]): void {
    if (newStack) session.dialogStack(newStack)
    this.globalActions().selectActionRoute(session, route)
  }

  /** Registers a dialog, or gives the one of that id. */
  dialog(id: string, dialog?: Dialog | IDialogWaterfallStep[] | IDialogWaterfallStep, replace?: boolean): Dialog {
    const known = this.dialogs.get(id)
    if (!dialog) return known as Dialog
    if (known && !replace) throw new Error(`Dialog[${id}] already exists in library[${this.name}].`)
    const registered = toDialog(dialog)
    this.dialogs.set(id, registered)
    return registered
  }

  /** The dialog of a library of that name: this one, or one below it. */
  findDialog(libName: string, dialogId: string): Dialog {
    const library = this.libraryList().find(({ name }) => name === libName)
    return library?.dialogs.get(dialogId) as Dialog
  }

  forEachDialog(callback: (dialog: Dialog, id: string) => void): void {
    for (const [id, dialog] of this.dialogs) callback(dialog, id)
  }

  /** Adds a library below this one, or gives the one of that name. */
  library(lib: Library | string): Library {
    if (typeof lib === 'string') {
      return this.libraryList().find(({ name }) => name === lib) as Library
    }
    this.libraries.set(lib.name, lib)
    return lib
  }

  forEachLibrary(callback: (library: Library) => void): void {
    for (const library of this.libraries.values()) callback(library)
  }

  /** This library and all below it. */
  libraryList(reverse?: boolean): Library[] {
    const found = new Set<Library>()
    const add = (library: Library): void => {
      if (found.has(library)) return
      found.add(library)
      library.forEachLibrary(add)
    }
    add(this)
    return reverse ? [...found].toReversed() : [...found]
  }

  beginDialogAction(name: string, id: string, options?: IDialogActionOptions): this {
    this.actions.beginDialogAction(name, id, options)
    return this
  }

  endConversationAction(name: string, msg?: TextOrMessageType, options?: ICancelActionOptions): this {
    this.actions.endConversationAction(name, msg, options)
    return this
  }

  customAction(options: IDialogActionOptions): this {
    this.actions.customAction(options)
    return this
  }

  static addRouteResult(route: IRouteResult, current?: IRouteResult[]): IRouteResult[] {
    return addRoute(route, current)
  }

  static bestRouteResult(routes: IRouteResult[], dialogStack?: IDialogState[], rootLibraryName?: string): IRouteResult {
    return bestRoute(routes, dialogStack, rootLibraryName) as IRouteResult
  }

  private async findAll(context: IRecognizeContext): Promise<IRouteResult[]> {
    const own = { ...context, libraryName: this.name }
    const found = await Promise.all([
      fromCallback<IRouteResult[]>((done) => this.findActiveDialogRoutes(own, done)),
      fromCallback<IRouteResult[]>((done) => this.findStackActionRoutes(own, done)),
      fromCallback<IRouteResult[]>((done) => this.findGlobalActionRoutes(own, done)),
    ])
    return found
      .flatMap((routes) => routes ?? [])
      .filter(({ score }) => score > 0)
      .reduce<IRouteResult[]>((best, route) => addRoute(route, best), [])
  }

  private async findOnStack(context: IRecognizeContext, dialogStack: IDialogState[]): Promise<IRouteResult[]> {
    let routes: IRouteResult[] = []
    for (const [dialogIndex, { id, state }] of [...dialogStack.entries()].toReversed()) {
      const dialog = this.ownDialog(id)
      if (!dialog) continue
      const activeDialog = dialogIndex === dialogStack.length - 1
      const dialogContext = { ...context, libraryName: this.name, dialogData: state, activeDialog }
      const found = await fromCallback<IRouteResult[]>((done) => dialog.findActionRoutes(dialogContext, done))
      for (const route of found ?? []) {
        const routeData = { ...route.routeData, dialogId: id, dialogIndex }
        routes = addRoute({ ...route, routeType: ROUTE_TYPES.StackAction, routeData }, routes)
      }
    }
    return routes
  }

  /** Those of the library, and what triggers its dialogs. */
  private globalActions(): ActionSet {
    const actions = this.actions.clone()
    for (const [id, dialog] of this.dialogs) dialog.addDialogTrigger(actions, `${this.name}:${id}`)
    return actions
  }

  private ownDialog(fullId: string): Dialog | undefined {
    const [library, ...rest] = fullId.split(':')
    return library === this.name ? this.dialogs.get(rest.join(':')) : undefined
  }
}

function toDialog(dialog: Dialog | IDialogWaterfallStep[] | IDialogWaterfallStep): Dialog {
  return Array.isArray(dialog) || typeof dialog === 'function' ? new WaterfallDialog(dialog) : dialog
}
