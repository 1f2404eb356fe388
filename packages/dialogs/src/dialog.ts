// oxlint-disable no-underscore-dangle -- names that subclasses and the memory know
import { DialogUsageError } from './dialog-usage-error.ts'
import { NullTelemetryClient } from '@parley/core'
import type { Activity, BotTelemetryClient, OpenValue, TurnContext, TurnContextStateCollection } from '@parley/core'
import type { Choice } from './choices/choice.ts'
import { Configurable } from './configurable.ts'
import { DialogTurnStatus } from './dialog-instance.ts'
import type { DialogEvent, DialogInstance, DialogReason, DialogTurnResult } from './dialog-instance.ts'
import type { DialogStateManager } from './memory/dialog-state-manager.ts'
import type { PromptOptions } from './prompts/prompt-options.ts'

export { DialogReason, DialogTurnStatus } from './dialog-instance.ts'
export type { DialogEvent, DialogInstance, DialogTurnResult } from './dialog-instance.ts'

/** Settings every dialog has. */
export interface DialogConfiguration {
  id?: string
  telemetryClient?: BotTelemetryClient
}

/** A stack of dialogs in a turn, as the dialogs on it see it. `DialogContext` is one. */
export interface DialogStack {
  /** The dialogs that can be begun here. */
  dialogs: OpenValue
  /** The turn. */
  context: TurnContext
  /** The active dialog is last. */
  stack: DialogInstance[]
  /** The stack on which the container of these dialogs is. */
  parent: DialogStack | undefined
  /** What the dialogs remember, by paths. */
  state: DialogStateManager
  /** Services of the turn, which children have, too. */
  services: TurnContextStateCollection
  /** The stack inside of the active dialog, if that is a container. */
  get child(): DialogStack | undefined
  get activeDialog(): DialogInstance | undefined
  /** The `DialogManager` that runs this turn, if one does. */
  get dialogManager(): OpenValue
  /** The language of the turn, as a tag. */
  getLocale(): string

  /**
   * Puts a dialog on the stack and begins it.
   *
   * @throws {@link DialogContextError}: there is no dialog with that id, here or in a parent, or it failed.
   */
  beginDialog(dialogId: string, options?: object): Promise<DialogTurnResult>

  /**
   * Ends all dialogs.
   *
   * @param cancelParents - Those of the parents as well. Default `false`.
   * @param eventName - What each is told before; one that handles the event stops it there. Default `cancelDialog`.
   */
  cancelAllDialogs(cancelParents?: boolean, eventName?: string, eventValue?: OpenValue): Promise<DialogTurnResult>

  /** The dialog with that id, here or in a parent. */
  findDialog(dialogId: string): Dialog | undefined

  /** Begins a prompt. */
  prompt(
    dialogId: string,
    promptOrOptions: string | Partial<Activity> | PromptOptions,
    choices?: (string | Choice)[],
  ): Promise<DialogTurnResult>

  /** Gives the turn to the active dialog. */
  continueDialog(): Promise<DialogTurnResult>

  /** Ends the active dialog and gives `result` to the one that began it. */
  endDialog(result?: OpenValue): Promise<DialogTurnResult>

  /** Ends the active dialog and begins another one in its place. */
  replaceDialog(dialogId: string, options?: object): Promise<DialogTurnResult>

  /** Has the active dialog ask again. */
  repromptDialog(): Promise<void>

  /**
   * Tells dialogs that something happened.
   *
   * @param bubble - Whether parents are told. Default `true`.
   * @param fromLeaf - Whether to begin with the innermost active dialog. Default `false`.
   * @returns Whether one of them has handled it.
   */
  emitEvent(name: string, value?: OpenValue, bubble?: boolean, fromLeaf?: boolean): Promise<boolean>
}

/**
 * A part of a conversation. Dialogs are made once and hold no state of conversations: what a dialog remembers is in its
 * {@link DialogInstance} on the stack.
 */
export abstract class Dialog<O extends object = object> extends Configurable {
  /** What a dialog answers when it waits for the user. */
  static EndOfTurn: DialogTurnResult = { status: DialogTurnStatus.waiting }
  protected _telemetryClient: BotTelemetryClient = new NullTelemetryClient()
  private _id: string | undefined

  /** @param dialogId - Unique in its set. Default: {@link Dialog.onComputeId}, when the id is first asked for. */
  constructor(dialogId?: string) {
    super()
    this._id = dialogId
  }

  get id(): string {
    return (this._id ??= this.onComputeId())
  }

  set id(value: string) {
    this._id = value
  }

  /** Where the dialog reports what happens in it. Default: nowhere. */
  get telemetryClient(): BotTelemetryClient {
    return this._telemetryClient
  }

  set telemetryClient(client: BotTelemetryClient) {
    this._telemetryClient = client ?? new NullTelemetryClient()
  }

  /** Changes with the dialog in ways that matter to stored stacks. Default: the id. */
  getVersion(): string {
    return this.id
  }

  /** Called when the dialog has been put on the stack. */
  abstract beginDialog(dc: DialogStack, options?: O): Promise<DialogTurnResult>

  /** Called when the dialog is active and the user has said something. Default: ends it. */
  continueDialog(dc: DialogStack): Promise<DialogTurnResult> {
    return dc.endDialog()
  }

  /** Called when a dialog it began has ended, with what that returned. Default: ends this one with the same result. */
  resumeDialog(dc: DialogStack, _reason: DialogReason, result?: OpenValue): Promise<DialogTurnResult> {
    return dc.endDialog(result)
  }

  /** Called to ask the user again. Default: nothing. */
  async repromptDialog(_context: TurnContext, _instance: DialogInstance): Promise<void> {}

  /** Called when the dialog is taken from the stack, for whatever reason. Default: nothing. */
  async endDialog(_context: TurnContext, _instance: DialogInstance, _reason: DialogReason): Promise<void> {}

  /**
   * Called when something happened: first this dialog, then its parents, then this dialog again.
   *
   * @returns Whether the event is handled.
   */
  async onDialogEvent(dc: DialogStack, e: DialogEvent): Promise<boolean> {
    if (await this.onPreBubbleEvent(dc, e)) return true
    if (e.bubble && dc.parent && (await dc.parent.emitEvent(e.name, e.value, true, false))) return true
    return this.onPostBubbleEvent(dc, e)
  }

  /** Called before parents get the event; `true` keeps it from them. */
  protected async onPreBubbleEvent(_dc: DialogStack, _e: DialogEvent): Promise<boolean> {
    return false
  }

  /** Called when no parent has handled the event. */
  protected async onPostBubbleEvent(_dc: DialogStack, _e: DialogEvent): Promise<boolean> {
    return false
  }

  /** The id of a dialog that was given none. */
  protected onComputeId(): string {
    throw new DialogUsageError('Dialog.onComputeId(): not implemented.')
  }
}
