import { TurnContext, TurnContextStateCollection } from '@parley/core'
import type { Activity, BotTelemetryClient, OpenValue } from '@parley/core'
import type { StatePropertyAccessor } from '@parley/state'
import type { Choice } from './choices/choice.ts'
import { DialogContextError } from './dialog-context-error.ts'
import { DialogEvents } from './dialog-events.ts'
import type { DialogInstance, DialogState } from './dialog-instance.ts'
import { DialogTurnStateConstants } from './dialog-turn-state-constants.ts'
import { Dialog, DialogReason, DialogTurnStatus } from './dialog.ts'
import type { DialogStack, DialogTurnResult } from './dialog.ts'
import { DialogStateManager } from './memory/dialog-state-manager.ts'
import { setTurnValue } from './memory/turn-memory.ts'
import type { PromptOptions } from './prompts/prompt-options.ts'
import { stableHash } from './stable-hash.ts'

export type { DialogState } from './dialog-instance.ts'

/** Names dialogs that come with a dialog. */
export interface DialogDependencies {
  getDependencies(): Dialog[]
}

/** Key in `turnState` that is there once dialogs have been told of the activity of this turn. */
const activityReceived = Symbol('activityReceived')

/** A stack of dialogs in a turn: what dialogs are called with, and what a bot calls them with. */
export class DialogContext implements DialogStack {
  dialogs: DialogSet
  context: TurnContext
  stack: DialogInstance[]
  parent: DialogContext | undefined
  private ownState: DialogStateManager | undefined
  private ownServices: TurnContextStateCollection | undefined

  /**
   * @param contextOrDC - The turn, or the context that is to be the parent.
   * @param state - Where the stack is kept; it is made there if it is missing.
   */
  constructor(dialogs: DialogSet, contextOrDC: TurnContext | DialogContext, state: DialogState) {
    const parent = contextOrDC instanceof DialogContext ? contextOrDC : undefined
    this.dialogs = dialogs
    this.context = parent ? parent.context : (contextOrDC as TurnContext)
    this.parent = parent
    if (!Array.isArray(state.dialogStack)) state.dialogStack = []
    this.stack = state.dialogStack
    const inherited = parent?.ownServices
    if (inherited?.size) this.ownServices = copyOf(inherited)
  }

  /** What the dialogs remember, by paths. Made when it is first asked for. */
  get state(): DialogStateManager {
    return (this.ownState ??= new DialogStateManager(this))
  }

  set state(state: DialogStateManager) {
    this.ownState = state
  }

  get services(): TurnContextStateCollection {
    return (this.ownServices ??= this.parent?.ownServices
      ? copyOf(this.parent.ownServices)
      : new TurnContextStateCollection())
  }

  set services(services: TurnContextStateCollection) {
    this.ownServices = services
  }

  get child(): DialogContext | undefined {
    const instance = this.activeDialog
    const dialog = instance && (this.findDialog(instance.id) as OpenValue)
    return typeof dialog?.createChildContext === 'function' ? dialog.createChildContext(this) : undefined
  }

  get activeDialog(): DialogInstance | undefined {
    return this.stack.at(-1)
  }

  get dialogManager(): OpenValue {
    return this.context.turnState.get(DialogTurnStateConstants.dialogManager)
  }

  /** The language of the turn, else that of the process. */
  getLocale(): string {
    return this.context.locale ?? Intl.DateTimeFormat().resolvedOptions().locale
  }

  beginDialog(dialogId: string, options?: object): Promise<DialogTurnResult> {
    return this.guard(async () => {
      const dialog = this.findDialog(dialogId)
      if (!dialog)
        throw this.notFound(`DialogContext.beginDialog(): A dialog with an id of '${dialogId}' wasn't found.`)
      this.stack.push({ id: dialogId, state: {} })
      return dialog.beginDialog(this, options)
    })
  }

  cancelAllDialogs(cancelParents = false, eventName?: string, eventValue?: OpenValue): Promise<DialogTurnResult> {
    return this.guard(async () => {
      if (this.stack.length === 0 && !this.parent) return { status: DialogTurnStatus.empty }
      let isCaller = true
      let dc: DialogContext | undefined = this
      while (dc) {
        if (dc.stack.length > 0) {
          // Whoever cancels knows already.
          const isHandled = !isCaller && (await dc.emitEvent(eventName || DialogEvents.cancelDialog, eventValue, false))
          if (isHandled) break
          await dc.endActiveDialog(DialogReason.cancelCalled)
        } else {
          dc = cancelParents ? dc.parent : undefined
        }
        isCaller = false
      }
      return { status: DialogTurnStatus.cancelled }
    })
  }

  findDialog(dialogId: string): Dialog | undefined {
    return this.dialogs.find(dialogId) ?? this.parent?.findDialog(dialogId)
  }

  prompt(
    dialogId: string,
    promptOrOptions: string | Partial<Activity> | PromptOptions,
    choices?: (string | Choice)[],
  ): Promise<DialogTurnResult> {
    return this.beginDialog(dialogId, toPromptOptions(promptOrOptions, choices))
  }

  continueDialog(): Promise<DialogTurnResult> {
    return this.guard(async () => {
      const { turnState, activity } = this.context
      if (!turnState.has(activityReceived)) {
        turnState.set(activityReceived, true)
        await this.emitEvent(DialogEvents.activityReceived, activity, true, true)
      }
      const instance = this.activeDialog
      if (!instance) return { status: DialogTurnStatus.empty }
      const dialog = this.findDialog(instance.id)
      if (dialog) return dialog.continueDialog(this)
      throw this.notFound(
        `DialogContext.continueDialog(): Can't continue dialog. A dialog with an id of '${instance.id}' wasn't found.`,
      )
    })
  }

  endDialog(result?: OpenValue): Promise<DialogTurnResult> {
    return this.guard(async () => {
      await this.endActiveDialog(DialogReason.endCalled, result)
      const instance = this.activeDialog
      if (!instance) return { status: DialogTurnStatus.complete, result }
      const dialog = this.findDialog(instance.id)
      if (dialog) return dialog.resumeDialog(this, DialogReason.endCalled, result)
      throw this.notFound(
        `DialogContext.endDialog(): Can't resume previous dialog. A dialog with an id of '${instance.id}' wasn't found.`,
      )
    })
  }

  replaceDialog(dialogId: string, options?: object): Promise<DialogTurnResult> {
    return this.guard(async () => {
      await this.endActiveDialog(DialogReason.replaceCalled)
      return this.beginDialog(dialogId, options)
    })
  }

  repromptDialog(): Promise<void> {
    return this.guard(async () => {
      const isHandled = await this.emitEvent(DialogEvents.repromptDialog, undefined, false)
      const instance = this.activeDialog
      if (isHandled || !instance) return
      const dialog = this.findDialog(instance.id)
      if (dialog) return dialog.repromptDialog(this.context, instance)
      throw this.notFound(`DialogContext.repromptDialog(): Can't find a dialog with an id of '${instance.id}'.`)
    })
  }

  emitEvent(name: string, value?: OpenValue, bubble = true, fromLeaf = false): Promise<boolean> {
    return this.guard(async () => {
      const dc = fromLeaf ? this.leaf() : this
      const instance = dc.activeDialog
      const dialog = instance && dc.findDialog(instance.id)
      return dialog ? dialog.onDialogEvent(dc, { bubble, name, value }) : false
    })
  }

  /** The context of the innermost active dialog. */
  private leaf(): DialogContext {
    let dc: DialogContext = this
    for (let child = dc.child; child; child = dc.child) dc = child
    return dc
  }

  private async endActiveDialog(reason: DialogReason, result?: OpenValue): Promise<void> {
    const instance = this.activeDialog
    if (!instance) return
    await this.findDialog(instance.id)?.endDialog(this.context, instance, reason)
    this.stack.pop()
    setTurnValue(this.context, 'lastresult', result)
  }

  private notFound(message: string): DialogContextError {
    return new DialogContextError(message, this)
  }

  /** What fails comes out with the stack it failed on. */
  private async guard<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run()
    } catch (error) {
      throw error instanceof DialogContextError ? error : new DialogContextError(error as Error, this)
    }
  }
}

/** Dialogs that can call each other. */
export class DialogSet {
  private readonly dialogs: { [id: string]: Dialog } = {}
  private readonly dialogState: StatePropertyAccessor<DialogState> | undefined
  private ownTelemetryClient: BotTelemetryClient | undefined
  private version: string | undefined

  /** @param dialogState - Where the stacks of conversations are kept; not needed for the dialogs of a container. */
  constructor(dialogState?: StatePropertyAccessor<DialogState>) {
    this.dialogState = dialogState
  }

  /** Changes when dialogs are added, or were made anew with another version. It is kept until a dialog is added. */
  getVersion(): string {
    return (this.version ??= stableHash(
      this.getDialogs()
        .map((dialog) => dialog.getVersion())
        .filter(Boolean)
        .map((version) => `|${version}`)
        .join(''),
    ))
  }

  /**
   * Adds a dialog and what it depends on. One whose id is taken gets a number after it: `id2`, `id3`.
   *
   * @throws Error: it is not a `Dialog`.
   */
  add<T extends Dialog>(dialog: T): this {
    if (!(dialog instanceof Dialog)) throw new Error('DialogSet.add(): Invalid dialog being added.')
    const { id } = dialog
    if (this.dialogs[id] === dialog) return this
    this.version = undefined
    for (let number = 2; Object.hasOwn(this.dialogs, dialog.id); number++) dialog.id = `${id}${number}`
    if (this.ownTelemetryClient) dialog.telemetryClient = this.ownTelemetryClient
    this.dialogs[dialog.id] = dialog
    for (const dependency of dependenciesOf(dialog)) this.add(dependency)
    return this
  }

  /**
   * The stack of the conversation of this turn.
   *
   * @throws Error: the set has no place where stacks are kept.
   */
  async createContext(context: TurnContext): Promise<DialogContext> {
    if (!this.dialogState) {
      throw new Error('DialogSet.createContext(): the dialog set was not bound to a stateProperty when constructed.')
    }
    return new DialogContext(this, context, await this.dialogState.get(context, { dialogStack: [] }))
  }

  find(dialogId: string): Dialog | undefined {
    return Object.hasOwn(this.dialogs, dialogId) ? this.dialogs[dialogId] : undefined
  }

  /** Where the dialogs report what happens in them; setting it sets that of all. */
  get telemetryClient(): BotTelemetryClient {
    return this.ownTelemetryClient as BotTelemetryClient
  }

  set telemetryClient(client: BotTelemetryClient) {
    this.ownTelemetryClient = client
    for (const dialog of this.getDialogs()) dialog.telemetryClient = client
  }

  getDialogs(): Dialog[] {
    return Object.values(this.dialogs)
  }
}

function dependenciesOf(dialog: Dialog): Dialog[] {
  const { getDependencies } = dialog as Partial<DialogDependencies>
  return typeof getDependencies === 'function' ? getDependencies.call(dialog) : []
}

function copyOf(services: TurnContextStateCollection): TurnContextStateCollection {
  const copy = new TurnContextStateCollection()
  for (const [key, value] of services) copy.set(key, value)
  return copy
}

function toPromptOptions(given: string | Partial<Activity> | PromptOptions, choices?: (string | Choice)[]): object {
  const isOptions = typeof given === 'object' && given !== null && !('type' in given)
  return isOptions ? { ...given, ...(choices ? { choices } : {}) } : { prompt: given, ...(choices ? { choices } : {}) }
}
