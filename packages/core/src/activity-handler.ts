import { ActivityHandlerBase, installationStep } from './activity-handler-base.ts'
import type { MessageReaction } from './activity.ts'
import { InvokeException } from './invoke-exception.ts'
import type {
  AdaptiveCardInvokeResponse,
  AdaptiveCardInvokeValue,
  InvokeResponse,
  SearchInvokeResponse,
  SearchInvokeValue,
} from './invoke-models.ts'
import { parseAdaptiveCardInvokeValue, parseSearchInvokeValue } from './invoke-values.ts'
import { compose } from './middleware.ts'
import type { OpenValue } from './open-types.ts'
import { StatusCodes } from './status-codes.ts'
import { tokenExchangeOperationName, tokenResponseEventName, verifyStateOperationName } from './sign-in-names.ts'
import type { TurnContext } from './turn-context.ts'

/** Handles one event; awaits `next()` to let the handlers after it run. */
export type BotHandler = (context: TurnContext, next: () => Promise<void>) => Promise<OpenValue>

/**
 * Runs the handlers registered for each activity. The usual base of a bot.
 *
 * For one activity they run in this order: `onTurn`, then those of its type (`onMessage`, `onConversationUpdate`, …), then
 * those of what it says (`onMembersAdded`, `onReactionsAdded`, …), then `onDialog`. Within an event they run in the order
 * registered. Each runs only if the one before it awaited `next()`.
 */
export class ActivityHandler extends ActivityHandlerBase {
  protected readonly handlers: { [type: string]: BotHandler[] } = {}

  /** Runs first, for every activity. */
  onTurn(handler: BotHandler): this {
    return this.on('Turn', handler)
  }

  /** A message arrived. */
  onMessage(handler: BotHandler): this {
    return this.on('Message', handler)
  }

  /** A message was edited. */
  onMessageUpdate(handler: BotHandler): this {
    return this.on('MessageUpdate', handler)
  }

  /** A message was deleted. */
  onMessageDelete(handler: BotHandler): this {
    return this.on('MessageDelete', handler)
  }

  /** Members or other properties of the conversation changed. */
  onConversationUpdate(handler: BotHandler): this {
    return this.on('ConversationUpdate', handler)
  }

  /** Members joined; `context.activity.membersAdded` may include the bot itself. */
  onMembersAdded(handler: BotHandler): this {
    return this.on('MembersAdded', handler)
  }

  /** Members left; `context.activity.membersRemoved` may include the bot itself. */
  onMembersRemoved(handler: BotHandler): this {
    return this.on('MembersRemoved', handler)
  }

  /** Reactions to a message were added or removed. */
  onMessageReaction(handler: BotHandler): this {
    return this.on('MessageReaction', handler)
  }

  /** Reactions were added. */
  onReactionsAdded(handler: BotHandler): this {
    return this.on('ReactionsAdded', handler)
  }

  /** Reactions were removed. */
  onReactionsRemoved(handler: BotHandler): this {
    return this.on('ReactionsRemoved', handler)
  }

  /** An event arrived. */
  onEvent(handler: BotHandler): this {
    return this.on('Event', handler)
  }

  /** The other side ended the conversation. */
  onEndOfConversation(handler: BotHandler): this {
    return this.on('EndOfConversation', handler)
  }

  /** The user is typing. */
  onTyping(handler: BotHandler): this {
    return this.on('Typing', handler)
  }

  /** The bot was installed, upgraded or removed. */
  onInstallationUpdate(handler: BotHandler): this {
    return this.on('InstallationUpdate', handler)
  }

  /** The bot was installed or upgraded. */
  onInstallationUpdateAdd(handler: BotHandler): this {
    return this.on('InstallationUpdateAdd', handler)
  }

  /** The bot was removed. */
  onInstallationUpdateRemove(handler: BotHandler): this {
    return this.on('InstallationUpdateRemove', handler)
  }

  /** A sign-in delivered a token (event `tokens/response`). */
  onTokenResponseEvent(handler: BotHandler): this {
    return this.on('TokenResponseEvent', handler)
  }

  /** A command arrived. */
  onCommand(handler: BotHandler): this {
    return this.on('Command', handler)
  }

  /** The result of a command arrived. */
  onCommandResult(handler: BotHandler): this {
    return this.on('CommandResult', handler)
  }

  /** An activity of a type without an event of its own arrived. */
  onUnrecognizedActivityType(handler: BotHandler): this {
    return this.on('UnrecognizedActivityType', handler)
  }

  /** Runs last, for every activity: the place to continue dialogs. */
  onDialog(handler: BotHandler): this {
    return this.on('Dialog', handler)
  }

  protected override async onTurnActivity(context: TurnContext): Promise<void> {
    await this.handle(context, 'Turn', () => super.onTurnActivity(context))
  }

  protected override async onMessageActivity(context: TurnContext): Promise<void> {
    await this.handle(context, 'Message', this.defaultNextEvent(context))
  }

  protected override async onMessageUpdateActivity(context: TurnContext): Promise<void> {
    await this.handle(context, 'MessageUpdate', () => this.dispatchMessageUpdateActivity(context))
  }

  protected override async onMessageDeleteActivity(context: TurnContext): Promise<void> {
    await this.handle(context, 'MessageDelete', () => this.dispatchMessageDeleteActivity(context))
  }

  protected override async onConversationUpdateActivity(context: TurnContext): Promise<void> {
    await this.handle(context, 'ConversationUpdate', () => this.dispatchConversationUpdateActivity(context))
  }

  protected override async onMessageReactionActivity(context: TurnContext): Promise<void> {
    await this.handle(context, 'MessageReaction', () => this.dispatchMessageReactionActivity(context))
  }

  protected override async onEventActivity(context: TurnContext): Promise<void> {
    await this.handle(context, 'Event', () => this.dispatchEventActivity(context))
  }

  protected override async onEndOfConversationActivity(context: TurnContext): Promise<void> {
    await this.handle(context, 'EndOfConversation', this.defaultNextEvent(context))
  }

  protected override async onTypingActivity(context: TurnContext): Promise<void> {
    await this.handle(context, 'Typing', this.defaultNextEvent(context))
  }

  protected override async onInstallationUpdateActivity(context: TurnContext): Promise<void> {
    await this.handle(context, 'InstallationUpdate', () => this.dispatchInstallationUpdateActivity(context))
  }

  protected override async onInstallationUpdateAddActivity(context: TurnContext): Promise<void> {
    await this.handle(context, 'InstallationUpdateAdd', this.defaultNextEvent(context))
  }

  protected override async onInstallationUpdateRemoveActivity(context: TurnContext): Promise<void> {
    await this.handle(context, 'InstallationUpdateRemove', this.defaultNextEvent(context))
  }

  protected override async onCommandActivity(context: TurnContext): Promise<void> {
    await this.handle(context, 'Command', this.defaultNextEvent(context))
  }

  protected override async onCommandResultActivity(context: TurnContext): Promise<void> {
    await this.handle(context, 'CommandResult', this.defaultNextEvent(context))
  }

  protected override async onUnrecognizedActivity(context: TurnContext): Promise<void> {
    await this.handle(context, 'UnrecognizedActivityType', this.defaultNextEvent(context))
  }

  protected override async onReactionsAddedActivity(
    _reactionsAdded: MessageReaction[],
    context: TurnContext,
  ): Promise<void> {
    const goesOn = Boolean(context.activity.reactionsRemoved?.length)
    await this.handle(context, 'ReactionsAdded', goesOn ? async () => {} : this.defaultNextEvent(context))
  }

  protected override async onReactionsRemovedActivity(
    _reactionsRemoved: MessageReaction[],
    context: TurnContext,
  ): Promise<void> {
    await this.handle(context, 'ReactionsRemoved', this.defaultNextEvent(context))
  }

  /**
   * Answers searches, card actions and sign-ins through the methods below; `onDialog` handlers run afterwards.
   * {@link InvokeException} and an error with the message `NotImplemented` become answers, other errors fail the turn.
   */
  protected override async onInvokeActivity(context: TurnContext): Promise<InvokeResponse> {
    try {
      return await this.dispatchInvokeActivity(context)
    } catch (error) {
      if (error instanceof InvokeException) return error.createInvokeResponse()
      if (error instanceof Error && error.message === 'NotImplemented') return { status: StatusCodes.NOT_IMPLEMENTED }
      throw error
    } finally {
      await this.defaultNextEvent(context)()
    }
  }

  /** A sign-in came back: `signin/verifyState` or `signin/tokenExchange`. Default 501. */
  protected async onSignInInvoke(_context: TurnContext): Promise<void> {
    throw new InvokeException(StatusCodes.NOT_IMPLEMENTED)
  }

  /** A user pressed an `Action.Execute`. Default 501. */
  protected async onAdaptiveCardInvoke(
    _context: TurnContext,
    _invokeValue: AdaptiveCardInvokeValue,
  ): Promise<AdaptiveCardInvokeResponse> {
    throw new InvokeException(StatusCodes.NOT_IMPLEMENTED)
  }

  /** A search field wants results. Default 501. */
  protected async onSearchInvoke(
    _context: TurnContext,
    _invokeValue: SearchInvokeValue,
  ): Promise<SearchInvokeResponse> {
    throw new InvokeException(StatusCodes.NOT_IMPLEMENTED)
  }

  /** Goes on to members added, then members removed. */
  protected async dispatchConversationUpdateActivity(context: TurnContext): Promise<void> {
    const { membersAdded, membersRemoved } = context.activity
    const added = Boolean(membersAdded?.length)
    const removed = Boolean(membersRemoved?.length)
    const last = this.defaultNextEvent(context)
    if (added) await this.handle(context, 'MembersAdded', removed ? async () => {} : last)
    if (removed) await this.handle(context, 'MembersRemoved', last)
    if (!added && !removed) await last()
  }

  protected async dispatchMessageUpdateActivity(context: TurnContext): Promise<void> {
    await this.defaultNextEvent(context)()
  }

  protected async dispatchMessageDeleteActivity(context: TurnContext): Promise<void> {
    await this.defaultNextEvent(context)()
  }

  /** Goes on to reactions added, then reactions removed. */
  protected async dispatchMessageReactionActivity(context: TurnContext): Promise<void> {
    const { reactionsAdded, reactionsRemoved } = context.activity
    if (reactionsAdded?.length || reactionsRemoved?.length) await super.onMessageReactionActivity(context)
    else await this.defaultNextEvent(context)()
  }

  protected async dispatchEventActivity(context: TurnContext): Promise<void> {
    const last = this.defaultNextEvent(context)
    if (context.activity.name === tokenResponseEventName) await this.handle(context, 'TokenResponseEvent', last)
    else await last()
  }

  protected async dispatchInstallationUpdateActivity(context: TurnContext): Promise<void> {
    if (installationStep(context)) await super.onInstallationUpdateActivity(context)
    else await this.defaultNextEvent(context)()
  }

  /** What runs after the handlers of an event: the `onDialog` handlers. */
  protected defaultNextEvent(context: TurnContext): () => Promise<void> {
    return async () => {
      await this.handle(context, 'Dialog', async () => {})
    }
  }

  /** Adds a handler for the event `type`. */
  protected on(type: string, handler: BotHandler): this {
    ;(this.handlers[type] ??= []).push(handler)
    return this
  }

  /**
   * Runs the handlers of `type`, then `onNext`. Returns what the outermost handler that returned anything returned.
   *
   * @throws `CORE_NEXT_CALLED_TWICE`, `CORE_NEXT_NOT_AWAITED`: a handler misused `next()`.
   */
  protected async handle(context: TurnContext, type: string, onNext: () => Promise<void>): Promise<OpenValue> {
    const handlers = this.handlers[type]
    if (!handlers) return onNext()
    let result: OpenValue = null
    const layers = handlers.map((handler) => async (turn: TurnContext, next: () => Promise<void>): Promise<void> => {
      const returned: OpenValue = await handler(turn, next)
      if (returned !== undefined) result = returned
    })
    await compose(layers)(context, onNext)
    return result
  }

  /** An answer with status 200. */
  protected static createInvokeResponse(body?: OpenValue): InvokeResponse {
    return { status: StatusCodes.OK, body }
  }

  /** Answers an invoke by its name; handlers for a channel override it to add names. Default 501. */
  protected async dispatchInvokeActivity(context: TurnContext): Promise<InvokeResponse> {
    const { activity } = context
    switch (activity.name) {
      case 'application/search':
        return answered(await this.onSearchInvoke(context, parseSearchInvokeValue(activity)))
      case 'adaptiveCard/action':
        return answered(await this.onAdaptiveCardInvoke(context, parseAdaptiveCardInvokeValue(activity)))
      case verifyStateOperationName:
      case tokenExchangeOperationName:
        await this.onSignInInvoke(context)
        return { status: StatusCodes.OK }
      default:
        throw new InvokeException(StatusCodes.NOT_IMPLEMENTED)
    }
  }
}

/** The status of the answer to a card or a search is also that of the response, as in SDK v4. */
function answered(body: AdaptiveCardInvokeResponse | SearchInvokeResponse | undefined): InvokeResponse {
  return { status: body?.statusCode ?? StatusCodes.OK, body }
}
