import { toError } from '@parley/core/internal'
import { NO_ERROR } from '../callbacks.ts'
import type {
  IBeginDialogActionOptions,
  ICancelActionOptions,
  IDialogActionOptions,
  ITriggerActionOptions,
} from '../contracts/dialogs.ts'
import type {
  IActionRouteData,
  IFindActionRouteContext,
  IIntentRecognizerResult,
  IRecognizeDialogContext,
  IRouteResult,
} from '../contracts/recognizing.ts'
import type { TextOrMessageType } from '../contracts/events.ts'
import { runHandler } from '../session/run-handler.ts'
import type { Session } from '../contracts/session.ts'
import { addRoute } from './add-route.ts'
import { bestMatch } from './match-intents.ts'
import { ROUTE_TYPES } from './route-types.ts'

/** What happens when an action is triggered. */
type ActionHandler = (session: Session, args: IActionRouteData) => void

interface Action {
  readonly options: IDialogActionOptions
  readonly handler: ActionHandler
}

/** A button of `CardAction.dialogAction`. */
const BUTTON = /^action\?([^=]*)(?:=(.*))?$/s

/** Actions that messages trigger, by what they say, by a button, or by code. */
export class ActionSet {
  private actions: Map<string, Action> = new Map()
  private trigger: ITriggerActionOptions | undefined

  clone(copyTo?: ActionSet): ActionSet {
    const copy = copyTo ?? new ActionSet()
    copy.actions = new Map(this.actions)
    copy.trigger = this.trigger
    return copy
  }

  /** Adds what triggers the dialog of this set to the actions of a library. */
  addDialogTrigger(actions: ActionSet, dialogId: string): void {
    const { trigger } = this
    if (!trigger) return
    actions.define(dialogId, trigger, (session, args) => interrupt(session, dialogId, mixed(args, trigger.dialogArgs)))
  }

  /** Those that the message triggers best. */
  findActionRoutes(context: IRecognizeDialogContext, callback: (err: Error, results: IRouteResult[]) => void): void {
    this.find(context).then(
      (routes) => callback(NO_ERROR, routes),
      (error: unknown) => callback(toError(error), []),
    )
  }

  /** Does what the action of a route does. */
  selectActionRoute(session: Session, route: IRouteResult): void {
    const data = route.routeData as IActionRouteData
    const action = this.actions.get(data.action ?? '')
    if (!action) throw new Error(`There is no action '${data.action}'.`)
    const args = { ...data, libraryName: route.libraryName }
    const run = (): void => action.handler(session, args)
    const { onSelectAction } = action.options
    runHandler(session, onSelectAction ? () => onSelectAction(session, args, run) : run)
  }

  /** Called before another dialog takes the place of all: asks, or lets it happen. */
  dialogInterrupted(session: Session, dialogId: string, dialogArgs: unknown): void {
    const replace = (): void => {
      session.clearDialogStack()
      session.beginDialog(dialogId, dialogArgs)
    }
    const { onInterrupted, confirmPrompt } = this.trigger ?? {}
    if (onInterrupted) runHandler(session, () => onInterrupted(session, dialogId, dialogArgs, replace))
    else if (confirmPrompt)
      session.beginDialog('BotBuilder:ConfirmInterruption', { dialogId, dialogArgs, confirmPrompt })
    else replace()
  }

  /** Ends the dialog the action belongs to. */
  cancelAction(name: string, msg?: TextOrMessageType, options: ICancelActionOptions = {}): this {
    return this.define(name, options, (session, { dialogIndex = 0 }) => {
      const { confirmPrompt } = options
      if (confirmPrompt) {
        session.beginDialog('BotBuilder:ConfirmCancel', { dialogIndex, message: msg, confirmPrompt })
        return
      }
      if (msg) session.send(msg)
      session.cancelDialog(dialogIndex)
    })
  }

  /** Begins the dialog the action belongs to anew. */
  reloadAction(name: string, msg?: TextOrMessageType, options: IBeginDialogActionOptions = {}): this {
    return this.define(name, options, (session, { dialogId, dialogIndex = 0 }) => {
      if (msg) session.send(msg)
      session.cancelDialog(dialogIndex, dialogId, options.dialogArgs)
    })
  }

  /** Begins a dialog above those that run, which go on after it. */
  beginDialogAction(name: string, id: string, options: IBeginDialogActionOptions = {}): this {
    return this.define(name, options, (session, args) => {
      const libraryName = (args as { libraryName?: string }).libraryName ?? '*'
      const dialogId = id.includes(':') ? id : `${libraryName}:${id}`
      const dialogArgs = mixed(args, options.dialogArgs)
      if (session.sessionState.callstack.length > 0)
        session.beginDialog('BotBuilder:Interruption', { dialogId, dialogArgs })
      else session.beginDialog(dialogId, dialogArgs)
    })
  }

  /** Ends the conversation. */
  endConversationAction(name: string, msg?: TextOrMessageType, options: ICancelActionOptions = {}): this {
    return this.define(name, options, (session) => {
      const { confirmPrompt } = options
      if (confirmPrompt) {
        session.beginDialog('BotBuilder:ConfirmCancel', { message: msg, confirmPrompt, endConversation: true })
      } else session.endConversation(msg)
    })
  }

  /** Begins the dialog of this set in place of all that run. */
  triggerAction(options: ITriggerActionOptions): this {
    this.trigger = options
    return this
  }

  /** Does what `onSelectAction` does. */
  customAction(options: IDialogActionOptions): this {
    const { matches } = options
    const names = (Array.isArray(matches) ? matches : [matches]).map(String)
    return this.define(`custom(${names.join('|')})`, options, (session) => {
      session.logger.warn(session.dialogStack(), 'A custom action has no onSelectAction.')
    })
  }

  private define(name: string, options: IDialogActionOptions, handler: ActionHandler): this {
    const key = this.actions.has(name) && name.startsWith('custom(') ? `${name}#${this.actions.size}` : name
    if (this.actions.has(key)) throw new Error(`An action named '${name}' is there already.`)
    this.actions.set(key, { options, handler })
    return this
  }

  private async find(context: IRecognizeDialogContext): Promise<IRouteResult[]> {
    const libraryName = context.libraryName ?? '*'
    const [, button, data] = BUTTON.exec(context.message.text ?? '') ?? []
    let routes: IRouteResult[] = []
    for (const [name, action] of this.actions) {
      const found = name === button ? byButton(name, data) : await match(name, action.options, context)
      if (found && found.score > 0) {
        const routeType = ROUTE_TYPES.GlobalAction
        routes = addRoute({ score: found.score, libraryName, routeType, routeData: found.routeData }, routes)
      }
    }
    return routes
  }
}

interface FoundAction {
  readonly score: number
  readonly routeData: IActionRouteData
}

function byButton(action: string, data: string | undefined): FoundAction {
  return { score: 1, routeData: data === undefined ? { action } : { action, data } }
}

async function match(
  name: string,
  { onFindAction, matches, intentThreshold = 0.1 }: IDialogActionOptions,
  context: IRecognizeDialogContext,
): Promise<FoundAction | undefined> {
  if (onFindAction) {
    return new Promise((resolve, reject) => {
      const findContext: IFindActionRouteContext = { ...context, routeType: ROUTE_TYPES.GlobalAction }
      onFindAction(findContext, (err, score, routeData) => {
        if (err) reject(err)
        else resolve({ score, routeData: { ...routeData, action: name } })
      })
    })
  }
  const intent: IIntentRecognizerResult | undefined = matches ? bestMatch(context, matches) : undefined
  if (!intent || intent.score < intentThreshold) return undefined
  return { score: intent.score, routeData: { action: name, intent } }
}

/** Lets the dialog at the root say whether another may take its place. */
function interrupt(session: Session, dialogId: string, dialogArgs: unknown): void {
  const [root] = session.dialogStack()
  const [library = '', ...rest] = root?.id.split(':') ?? []
  const dialog = root && session.library.findDialog(library, rest.join(':'))
  if (dialog) dialog.dialogInterrupted(session, dialogId, dialogArgs)
  else session.clearDialogStack().beginDialog(dialogId, dialogArgs)
}

function mixed(args: IActionRouteData, more: unknown): unknown {
  return { ...args, ...(more as object | undefined) }
}
