import { DialogUsageError } from './dialog-usage-error.ts'
import { NullTelemetryClient, TurnContextStateCollection } from '@parley/core'
import type { Activity, BotTelemetryClient, OpenValue, TurnContext } from '@parley/core'
import type { BotState, StatePropertyAccessor } from '@parley/state'
import type { Choice } from './choices/choice.ts'
import { DialogContextError } from './dialog-context-error.ts'
import { DialogEvents } from './dialog-events.ts'
import { DialogStateCorruptedError } from './dialog-state-corrupted-error.ts'
import type { DialogInstance, DialogState } from './dialog-instance.ts'
import { DialogTurnStateConstants } from './dialog-turn-state-constants.ts'
import { Dialog, DialogReason, DialogTurnStatus } from './dialog.ts'
import type { DialogStack, DialogTurnResult } from './dialog.ts'
import { activeContainer } from './memory/active-container.ts'
import { DialogStateManager } from './memory/dialog-state-manager.ts'
import { innermost } from './memory/innermost.ts'
import { turnMemory } from './memory/turn-memory.ts'
import { TurnPath } from './memory/turn-path.ts'
import type { PromptOptions } from './prompts/prompt-options.ts'
import { stableHash } from './stable-hash.ts'

export type { DialogState } from './dialog-instance.ts'

/** Names dialogs that come with a dialog. */
export interface DialogDependencies {
  getDependencies(): Dialog[]
}

/** Called when a stored stack of dialogs could not be continued, before it is emptied. */
export type StateCorruptedHandler = (context: TurnContext, error: DialogStateCorruptedError) => void | Promise<void>

/** Settings of a {@link DialogSet}. */
export interface DialogSetOptions {
  /**
   * Makes stacks that cannot be continued empty instead of failing: `continueDialog()` then says `empty`, as in a conversation
   * that begins. Default: `continueDialog()` rejects with `DIALOGS_STATE_CORRUPTED`, once: what is stored is emptied.
   */
  readonly onStateCorrupted?: StateCorruptedHandler | undefined
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
      if (!dialog) {
        const message = `DialogContext.beginDialog(): A dialog with an id of '${dialogId}' wasn't found.`
        throw new DialogContextError(message, this)
      }
      this.stack.push({ id: dialogId, state: {} })
      return dialog.beginDialog(this, options)
    })
  }

  cancelAllDialogs(cancelParents = false, eventName?: string, eventValue?: OpenValue): Promise<DialogTurnResult> {
    return this.guard(async () => {
      if (this.stack.length === 0 && !this.parent) return { status: DialogTurnStatus.empty }
      await cancelFrom(this, cancelParents, eventName || DialogEvents.cancelDialog, eventValue)
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

  async continueDialog(): Promise<DialogTurnResult> {
    try {
      return await this.guard(() => this.continueActive())
    } catch (error) {
      if (await this.recover(error)) return { status: DialogTurnStatus.empty }
      throw error
    }
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

  async repromptDialog(): Promise<void> {
    try {
      await this.guard(() => this.repromptActive())
    } catch (error) {
      if (!(await this.recover(error))) throw error
    }
  }

  emitEvent(name: string, value?: OpenValue, bubble = true, fromLeaf = false): Promise<boolean> {
    return this.guard(async () => {
      const dc = fromLeaf ? innermost<DialogContext>(this) : this
      const instance = dc.activeDialog
      const dialog = instance && dc.findDialog(instance.id)
      return dialog ? dialog.onDialogEvent(dc, { bubble, name, value }) : false
    })
  }

  private async continueActive(): Promise<DialogTurnResult> {
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
  }

  private async repromptActive(): Promise<void> {
    const isHandled = await this.emitEvent(DialogEvents.repromptDialog, undefined, false)
    const instance = this.activeDialog
    if (isHandled || !instance) return
    const dialog = this.findDialog(instance.id)
    if (dialog) return dialog.repromptDialog(this.context, instance)
    throw this.notFound(`DialogContext.repromptDialog(): Can't find a dialog with an id of '${instance.id}'.`)
  }

  private async endActiveDialog(reason: DialogReason, result?: OpenValue): Promise<void> {
    const instance = this.activeDialog
    if (!instance) return
    await this.findDialog(instance.id)?.endDialog(this.context, instance, reason)
    this.stack.pop()
    this.setLastResult(result)
  }

  /** What the last dialog returned, in `turn.lastresult`. Paths are taken only if somebody tracks changes. */
  private setLastResult(result: OpenValue): void {
    const tracker = activeContainer(this)?.instance.state?.['_tracker']
    if (tracker) this.state.setValue(TurnPath.lastResult, result)
    else turnMemory(this.context)['lastresult'] = result
  }

  /** What is on the stack is not here. */
  private notFound(message: string): DialogContextError {
    return new DialogStateCorruptedError(message, this)
  }

  /** Empties a stored stack that cannot be continued. Returns whether the turn is to go on as if it had been empty. */
  private async recover(error: unknown): Promise<boolean> {
    if (this.parent || !(error instanceof DialogStateCorruptedError)) return false
    const { onStateCorrupted } = this.dialogs.options
    if (onStateCorrupted) {
      await onStateCorrupted(this.context, error)
      this.stack.length = 0
      return true
    }
    await this.dialogs.forget(this.context)
    return false
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
  /** What the set was made with. */
  readonly options: DialogSetOptions
  private ownTelemetryClient: BotTelemetryClient | undefined
  private knownVersion: string | undefined

  /** @param dialogState - Where the stacks of conversations are kept; not needed for the dialogs of a container. */
  constructor(dialogState?: StatePropertyAccessor<DialogState>, options: DialogSetOptions = {}) {
    this.dialogState = dialogState
    this.options = options
  }

  /** Changes when dialogs are added, or were made anew with another version. It is kept until a dialog is added. */
  getVersion(): string {
    return (this.knownVersion ??= stableHash(
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
    if (!(dialog instanceof Dialog)) throw new DialogUsageError('DialogSet.add(): Invalid dialog being added.')
    const { id } = dialog
    if (this.dialogs[id] === dialog) return this
    this.knownVersion = undefined
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
   * @throws {@link DialogStateCorruptedError} `DIALOGS_STATE_CORRUPTED`: something else is stored there.
   */
  async createContext(context: TurnContext): Promise<DialogContext> {
    if (!this.dialogState) {
      throw new DialogUsageError(
        'DialogSet.createContext(): the dialog set was not bound to a stateProperty when constructed.',
      )
    }
    return openStack(this, context, this.dialogState)
  }

  /**
   * Empties the stack that is stored for the conversation of this turn, and saves that, so that the next turn does not fail
   * as this one. With it are saved other changes of this turn to the same state.
   */
  async forget(context: TurnContext): Promise<void> {
    const stored = await this.dialogState?.get(context)
    if (!Array.isArray(stored?.dialogStack)) return
    stored.dialogStack.length = 0
    const { state } = this.dialogState as { state?: Partial<BotState> }
    await state?.saveChanges?.(context)
  }

  find(dialogId: string): Dialog | undefined {
    return Object.hasOwn(this.dialogs, dialogId) ? this.dialogs[dialogId] : undefined
  }

  /** Where the dialogs report what happens in them; setting it sets that of all. */
  get telemetryClient(): BotTelemetryClient {
    return this.ownTelemetryClient as BotTelemetryClient
  }

  set telemetryClient(client: BotTelemetryClient) {
    this.ownTelemetryClient = client ?? new NullTelemetryClient()
    for (const dialog of this.getDialogs()) dialog.telemetryClient = this.ownTelemetryClient
  }

  getDialogs(): Dialog[] {
    return Object.values(this.dialogs)
  }
}

/** The stack of `dialogs` that is stored for the conversation of this turn. */
export async function openStack(
  dialogs: DialogSet,
  context: TurnContext,
  accessor: StatePropertyAccessor<DialogState>,
): Promise<DialogContext> {
  const stored: unknown = await accessor.get(context, { dialogStack: [] })
  if (typeof stored === 'object' && stored !== null) return new DialogContext(dialogs, context, stored as DialogState)

  const empty: DialogState = { dialogStack: [] }
  const dc = new DialogContext(dialogs, context, empty)
  const error = new DialogStateCorruptedError('What is stored in the place of the stack of dialogs is no object.', dc)
  const { onStateCorrupted } = dialogs.options
  await onStateCorrupted?.(context, error)
  await accessor.set(context, empty)
  if (onStateCorrupted) return dc
  await dialogs.forget(context)
  throw error
}

function dependenciesOf(dialog: Dialog): Dialog[] {
  const { getDependencies } = dialog as Partial<DialogDependencies>
  return typeof getDependencies === 'function' ? getDependencies.call(dialog) : []
}

/** Whoever cancels knows already: its own active dialog is not told. */
async function cancelFrom(
  caller: DialogContext,
  cancelParents: boolean,
  eventName: string,
  eventValue: OpenValue,
): Promise<void> {
  let isCaller = true
  let dc: DialogContext | undefined = caller
  while (dc) {
    if (dc.stack.length === 0) {
      dc = cancelParents ? dc.parent : undefined
    } else {
      if (!isCaller && (await dc.emitEvent(eventName, eventValue, false))) return
      await dc['endActiveDialog'](DialogReason.cancelCalled)
    }
    isCaller = false
  }
}

function copyOf(services: TurnContextStateCollection): TurnContextStateCollection {
  const copy = new TurnContextStateCollection()
  for (const [key, value] of services) copy.set(key, value)
  return copy
}

function toPromptOptions(given: string | Partial<Activity> | PromptOptions, choices?: (string | Choice)[]): object {
  const isPrompt = typeof given === 'string' || (given as Partial<Activity> | undefined)?.type !== undefined
  const options = isPrompt ? { prompt: given } : { ...(given as PromptOptions) }
  return choices ? { ...options, choices } : options
}
