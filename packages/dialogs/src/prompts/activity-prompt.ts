import { ActivityTypes } from '@parley/core'
import type { Activity, OpenValue, TurnContext } from '@parley/core'
import { Dialog, type DialogStack } from '../dialog.ts'
import type { DialogInstance, DialogReason, DialogTurnResult } from '../dialog-instance.ts'
import type { PromptOptions } from './prompt-options.ts'
import { beginPromptState, sendPrompt, validate, type PromptState } from './prompt-state.ts'
import type { PromptRecognizerResult, PromptValidator } from './prompt-validator.ts'

/** Waits for an activity of any type, e.g. an event; the validator says which will do. After others than messages it is silent. */
export class ActivityPrompt extends Dialog {
  private validator: PromptValidator<Activity>

  constructor(dialogId: string, validator: PromptValidator<Activity>) {
    super(dialogId)
    this.validator = validator
  }

  override async beginDialog(dc: DialogStack, options: PromptOptions): Promise<DialogTurnResult> {
    const stored = beginPromptState(dc.activeDialog!, options)
    await this.onPrompt(dc.context, stored.state, stored.options, false)
    return Dialog.EndOfTurn
  }

  override async continueDialog(dc: DialogStack): Promise<DialogTurnResult> {
    const { context } = dc
    const stored: PromptState = dc.activeDialog!.state
    const recognized = await this.onRecognize(context, stored.state, stored.options)
    if (await validate(this.validator, context, recognized, stored)) return dc.endDialog(recognized.value)
    if (context.activity.type === ActivityTypes.Message && !context.responded) {
      await this.onPrompt(context, stored.state, stored.options, true)
    }
    return Dialog.EndOfTurn
  }

  override async resumeDialog(dc: DialogStack, _reason: DialogReason, _result?: OpenValue): Promise<DialogTurnResult> {
    await this.repromptDialog(dc.context, dc.activeDialog!)
    return Dialog.EndOfTurn
  }

  override async repromptDialog(context: TurnContext, instance: DialogInstance): Promise<void> {
    const { state, options } = instance.state as PromptState
    await this.onPrompt(context, state, options, false)
  }

  /** Tells the user what is waited for. */
  protected onPrompt(context: TurnContext, _state: object, options: PromptOptions, isRetry: boolean): Promise<void> {
    return sendPrompt(context, options, isRetry)
  }

  /** What the validator gets: the activity. */
  protected async onRecognize(
    context: TurnContext,
    _state: object,
    _options: PromptOptions,
  ): Promise<PromptRecognizerResult<Activity>> {
    return { succeeded: true, value: context.activity }
  }
}
