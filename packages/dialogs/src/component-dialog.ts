import { telemetryTrackDialogView } from '@parley/core'
import type { OpenValue, TurnContext } from '@parley/core'
import { DialogContainer } from './dialog-container.ts'
import { DialogContext } from './dialog-context.ts'
import { DialogResultMissingError } from './dialog-result-missing-error.ts'
import { DialogStateCorruptedError } from './dialog-state-corrupted-error.ts'
import { Dialog, DialogReason, DialogTurnStatus } from './dialog.ts'
import type { DialogInstance, DialogTurnResult } from './dialog.ts'

/** Where the stack inside is kept in the state of the component. */
const STACK = 'dialogs'

/** A dialog made of dialogs that others do not see. It begins with the first one that was added. */
export class ComponentDialog<O extends object = object> extends DialogContainer<O> {
  /** The dialog it begins with. */
  protected initialDialogId!: string

  override async beginDialog(outerDC: DialogContext, options?: O): Promise<DialogTurnResult> {
    telemetryTrackDialogView(this.telemetryClient, this.id)
    await this.checkForVersionChange(outerDC)
    const innerDC = this.createChildContext(outerDC)
    const { status, result } = given(await this.onBeginDialog(innerDC, options), innerDC)
    if (status === DialogTurnStatus.waiting) return Dialog.EndOfTurn
    const ended = await this.endComponent(outerDC, result)
    return status === DialogTurnStatus.cancelled ? { status, result } : ended
  }

  override async continueDialog(outerDC: DialogContext): Promise<DialogTurnResult> {
    await this.checkForVersionChange(outerDC)
    const innerDC = this.createChildContext(outerDC)
    const { status, result } = given(await this.onContinueDialog(innerDC), innerDC)
    if (status === DialogTurnStatus.waiting) return Dialog.EndOfTurn
    return this.endComponent(outerDC, result)
  }

  /** Called when something was put on the stack above the component and has ended: the user is asked again. */
  override async resumeDialog(
    outerDC: DialogContext,
    _reason: DialogReason,
    _result?: OpenValue,
  ): Promise<DialogTurnResult> {
    if (outerDC.activeDialog) await this.repromptDialog(outerDC.context, outerDC.activeDialog)
    return Dialog.EndOfTurn
  }

  override async repromptDialog(context: TurnContext, instance: DialogInstance): Promise<void> {
    await this.createInnerDC(context, instance).repromptDialog()
    await this.onRepromptDialog(context, instance)
  }

  override async endDialog(context: TurnContext, instance: DialogInstance, reason: DialogReason): Promise<void> {
    if (reason === DialogReason.cancelCalled) await this.createInnerDC(context, instance).cancelAllDialogs()
    await this.onEndDialog(context, instance, reason)
  }

  /** Adds a dialog; the component begins with the first. */
  addDialog(dialog: Dialog): this {
    this.dialogs.add(dialog)
    this.initialDialogId ??= dialog.id
    return this
  }

  createChildContext(outerDC: DialogContext): DialogContext {
    return this.createInnerDC(outerDC, outerDC.activeDialog)
  }

  /** Called when the component begins. Default: begins the first dialog inside with the same options. */
  protected onBeginDialog(innerDC: DialogContext, options?: O): Promise<DialogTurnResult> {
    return innerDC.beginDialog(this.initialDialogId, options)
  }

  /** Called when the user has said something. Default: gives the turn to the active dialog inside. */
  protected onContinueDialog(innerDC: DialogContext): Promise<DialogTurnResult> {
    return innerDC.continueDialog()
  }

  /** Called when the component ends, for whatever reason. Default: nothing. */
  protected async onEndDialog(_context: TurnContext, _instance: DialogInstance, _reason: DialogReason): Promise<void> {}

  /** Called when the user was asked again. Default: nothing. */
  protected async onRepromptDialog(_context: TurnContext, _instance: DialogInstance): Promise<void> {}

  /** Called when the last dialog inside has ended. Default: ends the component with the same result. */
  protected endComponent(outerDC: DialogContext, result: OpenValue): Promise<DialogTurnResult> {
    return outerDC.endDialog(result)
  }

  private createInnerDC(outer: TurnContext | DialogContext, instance: DialogInstance | undefined): DialogContext {
    const state: OpenValue = instance?.state
    if (typeof state !== 'object' || state === null) throw corrupted(outer, this.id)
    state[STACK] ??= {}
    if (typeof state[STACK] !== 'object') throw corrupted(outer, this.id)
    return new DialogContext(this.dialogs, outer, state[STACK])
  }
}

/** What a dialog returned: everything, if it was written in JavaScript. */
function given(result: DialogTurnResult | undefined, innerDC: DialogContext): DialogTurnResult {
  if (result) return result
  throw new DialogResultMissingError(innerDC)
}

function corrupted(outer: TurnContext | DialogContext, dialogId: string): Error {
  const message = `The state of the dialog '${dialogId}' has no place for the dialogs inside.`
  return outer instanceof DialogContext ? new DialogStateCorruptedError(message, outer) : new TypeError(message)
}
