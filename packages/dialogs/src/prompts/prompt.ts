import { ActivityTypes } from '@parley/core'
import type { Activity, OpenValue, TurnContext } from '@parley/core'
import type { Choice } from '../choices/choice.ts'
import type { ChoiceFactoryOptions } from '../choices/choice-factory.ts'
import { Dialog, type DialogStack } from '../dialog.ts'
import { DialogEvents } from '../dialog-events.ts'
import type { DialogEvent, DialogInstance, DialogReason, DialogTurnResult } from '../dialog-instance.ts'
import { keepRecognized, takeRecognized } from './answer-recognition.ts'
import { appendChoices } from './append-choices.ts'
import type { ListStyle } from './list-style.ts'
import type { PromptOptions } from './prompt-options.ts'
import { beginPromptState, sendPrompt, validate, type PromptState } from './prompt-state.ts'
import type { PromptRecognizerResult, PromptValidator } from './prompt-validator.ts'

/**
 * A dialog that asks one thing, waits for a message, and asks again until it understands the answer and the validator likes it.
 * What it returns to the dialog that began it is the answer.
 *
 * Subclasses say how to ask and how to understand. {@link Prompt.onRecognize} is called once per answer.
 *
 * @typeParam T - What the answer is understood as.
 */
export abstract class Prompt<T> extends Dialog {
  private validator: PromptValidator<T> | undefined

  /**
   * @param dialogId - Unique in its set.
   * @param validator - Asked about each answer; absent, an answer that is understood will do.
   */
  protected constructor(dialogId: string, validator?: PromptValidator<T>) {
    super(dialogId)
    this.validator = validator
  }

  override async beginDialog(dc: DialogStack, options: PromptOptions): Promise<DialogTurnResult> {
    const stored = beginPromptState(dc.activeDialog!, options)
    await this.onPrompt(dc.context, stored.state, stored.options, false)
    return Dialog.EndOfTurn
  }

  /** Takes a message as the answer; waits on through anything else. */
  override async continueDialog(dc: DialogStack): Promise<DialogTurnResult> {
    const { context } = dc
    if (context.activity.type !== ActivityTypes.Message) return Dialog.EndOfTurn

    const stored: PromptState = dc.activeDialog!.state
    const recognized =
      takeRecognized<T>(stored, context.activity) ?? (await this.onRecognize(context, stored.state, stored.options))
    const isValid = this.validator ? await validate(this.validator, context, recognized, stored) : recognized.succeeded
    if (isValid) return dc.endDialog(recognized.value)
    if (!context.responded) await this.onPrompt(context, stored.state, stored.options, true)
    return Dialog.EndOfTurn
  }

  /** Keeps an answer that the prompt understands from the dialogs around it. */
  protected override async onPreBubbleEvent(dc: DialogStack, event: DialogEvent): Promise<boolean> {
    const { activity } = dc.context
    if (event.name !== DialogEvents.activityReceived || activity.type !== ActivityTypes.Message) return false
    const stored: PromptState = dc.activeDialog!.state
    const recognized = await this.onRecognize(dc.context, stored.state, stored.options)
    keepRecognized(stored, activity, recognized)
    return recognized.succeeded
  }

  /** Asks again: a prompt begins no dialogs, but something on top of it has ended. */
  override async resumeDialog(dc: DialogStack, _reason: DialogReason, _result?: OpenValue): Promise<DialogTurnResult> {
    await this.repromptDialog(dc.context, dc.activeDialog!)
    return Dialog.EndOfTurn
  }

  override async repromptDialog(context: TurnContext, instance: DialogInstance): Promise<void> {
    const { state, options } = instance.state as PromptState
    await this.onPrompt(context, state, options, false)
  }

  /**
   * Asks the user: with the prompt, or the retry prompt, as it is.
   *
   * @param _state - What is kept between the attempts.
   * @param isRetry - Whether the last answer would not do.
   */
  protected onPrompt(context: TurnContext, _state: object, options: PromptOptions, isRetry: boolean): Promise<void> {
    return sendPrompt(context, options, isRetry)
  }

  /** Understands the user's message, or says that it could not. */
  protected abstract onRecognize(
    context: TurnContext,
    state: object,
    options: PromptOptions,
  ): Promise<PromptRecognizerResult<T>>

  /**
   * A message that asks and shows choices.
   *
   * @param prompt - The question; of an activity everything but its text is kept, and choices are added. It stays as it is.
   * @returns The message, to be sent.
   */
  protected appendChoices(
    prompt: string | Partial<Activity>,
    channelId: string,
    choices: (string | Choice)[],
    style: ListStyle,
    options?: ChoiceFactoryOptions,
  ): Partial<Activity> {
    return appendChoices(prompt, channelId, choices, style, options)
  }
}
