import { DialogUsageError } from './dialog-usage-error.ts'
import { ActivityTypes, DeliveryModes, TurnContext } from '@parley/core'
import type { Activity, ConversationReference, OpenValue } from '@parley/core'
import type { DialogContext } from './dialog-context.ts'
import { DialogEvents } from './dialog-events.ts'
import { Dialog, DialogReason } from './dialog.ts'
import type { DialogInstance, DialogTurnResult } from './dialog.ts'
import type { BeginSkillDialogOptions, SkillDialogOptions } from './skill-dialog-options.ts'
import { isSuccess, signInToSkill } from './skill-sign-in.ts'

/** Hands the conversation on to another bot until that ends it. */
export class SkillDialog extends Dialog<Partial<BeginSkillDialogOptions>> {
  protected dialogOptions: SkillDialogOptions
  private readonly DeliveryModeStateKey: string = 'SkillDialog.deliveryMode'
  private readonly SkillConversationIdStateKey: string = 'SkillDialog.skillConversationId'

  /** @throws TypeError: there are no options. */
  constructor(dialogOptions: SkillDialogOptions, dialogId?: string) {
    super(dialogId)
    if (!dialogOptions) throw new TypeError('Missing dialogOptions parameter')
    this.dialogOptions = dialogOptions
  }

  /**
   * Sends the skill its first activity.
   *
   * @throws TypeError: there is no activity.
   * @throws Error: the skill answered with something else than success.
   */
  override async beginDialog(dc: DialogContext, options?: Partial<BeginSkillDialogOptions>): Promise<DialogTurnResult> {
    if (!options) throw new TypeError('Missing options parameter')
    if (!options.activity) throw new TypeError('"activity" is undefined or null in options.')
    const activity = addressed(dc.context, copyOf(options.activity))

    const state = dc.activeDialog?.state
    if (activity.deliveryMode !== undefined) state[this.DeliveryModeStateKey] = activity.deliveryMode
    state[this.SkillConversationIdStateKey] = await this.createSkillConversationId(dc.context, dc.context.activity)
    return this.send(dc, activity)
  }

  /** Hands the activity on; the end of the conversation ends the dialog, with its value. */
  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const { activity } = dc.context
    if (!this.onValidateActivity(activity)) return Dialog.EndOfTurn
    if (activity.type === ActivityTypes.EndOfConversation) return dc.endDialog(activity.value)

    const forwarded = copyOf(activity)
    const deliveryMode = dc.activeDialog?.state?.[this.DeliveryModeStateKey]
    if (deliveryMode !== undefined) forwarded.deliveryMode = deliveryMode
    else delete (forwarded as OpenValue).deliveryMode
    return this.send(dc, forwarded)
  }

  /** Tells the skill that it was cancelled or replaced. */
  override async endDialog(context: TurnContext, instance: DialogInstance, reason: DialogReason): Promise<void> {
    if (reason !== DialogReason.cancelCalled && reason !== DialogReason.replaceCalled) return
    const { channelData } = context.activity
    const activity = addressed(context, { type: ActivityTypes.EndOfConversation })
    if (channelData !== undefined) activity.channelData = channelData
    await this.sendToSkill(context, activity, this.conversationIdOf(instance))
  }

  /** Has the skill ask the user again. */
  override async repromptDialog(context: TurnContext, instance: DialogInstance): Promise<void> {
    const activity = addressed(context, { type: ActivityTypes.Event, name: DialogEvents.repromptDialog })
    await this.sendToSkill(context, activity, this.conversationIdOf(instance))
  }

  override async resumeDialog(
    dc: DialogContext,
    _reason: DialogReason,
    _result?: OpenValue,
  ): Promise<DialogTurnResult> {
    if (dc.activeDialog) await this.repromptDialog(dc.context, dc.activeDialog)
    return Dialog.EndOfTurn
  }

  /** Whether an activity is for the skill. Default: all are. */
  protected onValidateActivity(_activity: Activity): boolean {
    return true
  }

  private async send(dc: DialogContext, activity: Activity): Promise<DialogTurnResult> {
    const id = this.conversationIdOf(dc.activeDialog as DialogInstance)
    const end = await this.sendToSkill(dc.context, activity, id)
    return end ? dc.endDialog(end.value) : Dialog.EndOfTurn
  }

  /** Posts an activity; replies that came with the answer go to the user. Returns the end of the conversation, if it came. */
  private async sendToSkill(
    context: TurnContext,
    activity: Activity,
    skillConversationId: string,
  ): Promise<Partial<Activity> | undefined> {
    const { botId, conversationState, skill, skillClient, skillHostEndpoint } = this.dialogOptions
    // Answers to an invoke have to come with the answer of the call.
    if (activity.type === ActivityTypes.Invoke) activity.deliveryMode = DeliveryModes.ExpectReplies

    // The skill may answer, in a turn of its own, before the call returns.
    await conversationState.saveChanges(context, true)
    const { appId, skillEndpoint } = skill
    const { status, body } = await skillClient.postActivity(
      botId,
      appId,
      skillEndpoint,
      skillHostEndpoint,
      skillConversationId,
      activity,
    )
    if (!isSuccess(status)) {
      throw new DialogUsageError(
        `Error invoking the skill id: "${skill.id}" at "${skillEndpoint}" (status is ${status}). \r\n ${body}`,
      )
    }
    const replies: unknown = activity.deliveryMode === DeliveryModes.ExpectReplies ? body?.activities : undefined
    return Array.isArray(replies) ? this.handOn(context, replies, skillConversationId) : undefined
  }

  private async handOn(
    context: TurnContext,
    replies: Partial<Activity>[],
    skillConversationId: string,
  ): Promise<Partial<Activity> | undefined> {
    let end: Partial<Activity> | undefined
    let hasSignedIn = false
    for (const reply of replies) {
      if (reply.type === ActivityTypes.EndOfConversation) {
        await this.dialogOptions.conversationIdFactory.deleteConversationReference(skillConversationId)
        end = reply
      } else if (!hasSignedIn && (await signInToSkill(context, reply, this.dialogOptions))) {
        // A skill that asks again has not taken the token.
        hasSignedIn = true
      } else {
        await context.sendActivity(reply)
      }
    }
    return end
  }

  private async createSkillConversationId(context: TurnContext, activity: Activity): Promise<string> {
    const { botId, conversationIdFactory, skill } = this.dialogOptions
    try {
      return await conversationIdFactory.createSkillConversationIdWithOptions({
        fromBotOAuthScope: context.turnState.get(context.adapter.OAuthScopeKey),
        fromBotId: botId,
        activity,
        botFrameworkSkill: skill,
      })
    } catch (error) {
      // Factories written before there were options only know the older method.
      if (!/^Not ?Implemented$/.test((error as Error | undefined)?.message ?? '')) throw error
      const reference = TurnContext.getConversationReference(activity) as ConversationReference
      return conversationIdFactory.createSkillConversationId(reference)
    }
  }

  private conversationIdOf({ state }: DialogInstance): string {
    return state?.[this.SkillConversationIdStateKey]
  }
}

/** As the user would have sent it in this conversation. */
function addressed(context: TurnContext, activity: Partial<Activity>): Activity {
  const reference = TurnContext.getConversationReference(context.activity)
  return TurnContext.applyConversationReference(activity, reference, true) as Activity
}

function copyOf(activity: Partial<Activity>): Activity {
  return structuredClone(activity) as Activity
}
