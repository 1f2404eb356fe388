import type { ChannelAccount } from './accounts.ts'
import { ActivityTypes } from './activity-constants.ts'
import type { MessageReaction } from './activity.ts'
import { ParleyError } from './errors.ts'
import type { InvokeResponse } from './invoke-models.ts'
import { INVOKE_RESPONSE_KEY } from './invoke-response.ts'
import { StatusCodes } from './status-codes.ts'
import type { TurnContext } from './turn-context.ts'

/** A handler was run without an activity it could handle. */
export class TurnInvalidError extends ParleyError {
  static readonly code = 'CORE_TURN_INVALID'
  readonly code: string = TurnInvalidError.code
}

/**
 * Routes an activity to the method for its type. Override the methods you need; all others do nothing.
 * For several handlers per event use {@link ActivityHandler}.
 */
export class ActivityHandlerBase {
  /**
   * Handles the activity of `context`.
   *
   * @throws {@link TurnInvalidError} `CORE_TURN_INVALID`: no context, no activity or no type.
   */
  async run(context: TurnContext): Promise<void> {
    if (!context) throw new TurnInvalidError('Missing TurnContext parameter')
    if (!context.activity) throw new TurnInvalidError('TurnContext does not include an activity')
    if (!context.activity.type) throw new TurnInvalidError('Activity is missing its type')
    await this.onTurnActivity(context)
  }

  /** Every activity passes here first. */
  protected async onTurnActivity(context: TurnContext): Promise<void> {
    switch (context.activity.type) {
      case ActivityTypes.Message:
        return this.onMessageActivity(context)
      case ActivityTypes.MessageUpdate:
        return this.onMessageUpdateActivity(context)
      case ActivityTypes.MessageDelete:
        return this.onMessageDeleteActivity(context)
      case ActivityTypes.ConversationUpdate:
        return this.onConversationUpdateActivity(context)
      case ActivityTypes.Invoke:
        return this.answerInvoke(context)
      case ActivityTypes.MessageReaction:
        return this.onMessageReactionActivity(context)
      case ActivityTypes.Event:
        return this.onEventActivity(context)
      case ActivityTypes.EndOfConversation:
        return this.onEndOfConversationActivity(context)
      case ActivityTypes.Typing:
        return this.onTypingActivity(context)
      case ActivityTypes.InstallationUpdate:
        return this.onInstallationUpdateActivity(context)
      case ActivityTypes.Command:
        return this.onCommandActivity(context)
      case ActivityTypes.CommandResult:
        return this.onCommandResultActivity(context)
      default:
        return this.onUnrecognizedActivity(context)
    }
  }

  protected async onMessageActivity(_context: TurnContext): Promise<void> {}

  protected async onMessageUpdateActivity(_context: TurnContext): Promise<void> {}

  protected async onMessageDeleteActivity(_context: TurnContext): Promise<void> {}

  /** Splits by list; the bot's own arrival and departure are left out. */
  protected async onConversationUpdateActivity(context: TurnContext): Promise<void> {
    const { membersAdded, membersRemoved } = context.activity
    if (membersAdded?.length) {
      if (hasOthers(membersAdded, context)) await this.onMembersAddedActivity(membersAdded, context)
    } else if (membersRemoved?.length) {
      if (hasOthers(membersRemoved, context)) await this.onMembersRemovedActivity(membersRemoved, context)
    }
  }

  /** Added reactions first, then removed ones. */
  protected async onMessageReactionActivity(context: TurnContext): Promise<void> {
    const { reactionsAdded, reactionsRemoved } = context.activity
    if (reactionsAdded?.length) await this.onReactionsAddedActivity(reactionsAdded, context)
    if (reactionsRemoved?.length) await this.onReactionsRemovedActivity(reactionsRemoved, context)
  }

  protected async onEventActivity(_context: TurnContext): Promise<void> {}

  /** The returned response answers the invoke; default 501, not implemented. */
  protected async onInvokeActivity(_context: TurnContext): Promise<InvokeResponse> {
    return { status: StatusCodes.NOT_IMPLEMENTED }
  }

  protected async onEndOfConversationActivity(_context: TurnContext): Promise<void> {}

  protected async onTypingActivity(_context: TurnContext): Promise<void> {}

  protected async onInstallationUpdateActivity(context: TurnContext): Promise<void> {
    const step = installationStep(context)
    if (step === 'add') await this.onInstallationUpdateAddActivity(context)
    if (step === 'remove') await this.onInstallationUpdateRemoveActivity(context)
  }

  protected async onInstallationUpdateAddActivity(_context: TurnContext): Promise<void> {}

  protected async onInstallationUpdateRemoveActivity(_context: TurnContext): Promise<void> {}

  protected async onUnrecognizedActivity(_context: TurnContext): Promise<void> {}

  protected async onMembersAddedActivity(_membersAdded: ChannelAccount[], _context: TurnContext): Promise<void> {}

  protected async onMembersRemovedActivity(_membersRemoved: ChannelAccount[], _context: TurnContext): Promise<void> {}

  protected async onReactionsAddedActivity(_reactionsAdded: MessageReaction[], _context: TurnContext): Promise<void> {}

  protected async onReactionsRemovedActivity(
    _reactionsRemoved: MessageReaction[],
    _context: TurnContext,
  ): Promise<void> {}

  protected async onCommandActivity(_context: TurnContext): Promise<void> {}

  protected async onCommandResultActivity(_context: TurnContext): Promise<void> {}

  /** A response a dialog or handler has sent itself wins over the returned one. */
  private async answerInvoke(context: TurnContext): Promise<void> {
    const response = await this.onInvokeActivity(context)
    if (!response || context.turnState.get(INVOKE_RESPONSE_KEY)) return
    await context.sendActivity({ type: ActivityTypes.InvokeResponse, value: response })
  }
}

/** Whether an installation update says the bot was added or removed, upgrades included. */
export function installationStep(context: TurnContext): 'add' | 'remove' | undefined {
  switch (context.activity.action) {
    case 'add':
    case 'add-upgrade':
      return 'add'
    case 'remove':
    case 'remove-upgrade':
      return 'remove'
    default:
      return undefined
  }
}

function hasOthers(members: ChannelAccount[], context: TurnContext): boolean {
  return members.some(({ id }) => id !== context.activity.recipient?.id)
}
