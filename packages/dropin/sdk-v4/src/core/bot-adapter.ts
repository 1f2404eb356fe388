import { BotAdapter as ParleyBotAdapter, TurnContext } from '@parley/core'
import type {
  ClaimsIdentity,
  ConversationParameters,
  ConversationReference,
  Middleware,
  MiddlewareHandler,
  TurnErrorHandler,
  TurnLogic,
} from '@parley/core'
import { endTurn, toError } from '@parley/core/internal'
import { MiddlewareSet } from './middleware-set.ts'
import { revocable } from './revocable-context.ts'

/**
 * Joins a bot to a channel, as v4 has it: subclasses send, update and delete, and run their turns with
 * {@link BotAdapter.runMiddleware}.
 */
export abstract class BotAdapter extends ParleyBotAdapter {
  /** Handles errors of turns. In v4's types it is never absent, so that code may call it. */
  declare onTurnError: TurnErrorHandler
  protected middleware: MiddlewareSet = new MiddlewareSet()

  constructor() {
    super()
    // Parley has a property here. Without it, a subclass in JavaScript may have a method `onTurnError`.
    if (this.onTurnError === undefined) delete (this as { onTurnError?: unknown }).onTurnError
  }

  /** Adds middleware, outermost first. */
  override use(...middlewares: (MiddlewareHandler | Middleware)[]): this {
    this.middleware.use(...middlewares)
    return this
  }

  /** @throws Error with the message `NotImplemented`, unless the adapter supports it. */
  override continueConversationAsync(
    botAppIdOrIdentity: string | ClaimsIdentity,
    reference: Partial<ConversationReference>,
    logicOrAudience: TurnLogic | string,
    maybeLogic?: TurnLogic,
  ): Promise<void>
  override async continueConversationAsync(): Promise<void> {
    throw new Error('NotImplemented')
  }

  /** @throws Error with the message `NotImplemented`, unless the adapter supports it. */
  override createConversationAsync(
    botAppId: string,
    channelId: string,
    serviceUrl: string,
    audience: string | undefined,
    conversationParameters: Partial<ConversationParameters>,
    logic: TurnLogic,
  ): Promise<void>
  override async createConversationAsync(): Promise<void> {
    throw new Error('NotImplemented')
  }

  /**
   * Runs `next` inside the middleware. Both get the context through a proxy that is closed when the turn has ended; only
   * sending still works then. What nobody catches goes to `onTurnError`, as it was thrown, or to the caller.
   */
  protected override async runMiddleware(
    context: TurnContext,
    next: (revocableContext: TurnContext) => Promise<void>,
  ): Promise<void> {
    if (context?.activity?.locale) context.locale = context.activity.locale
    const { proxy, revoke } = revocable(context)
    try {
      await this.middleware.run(proxy, () => next(proxy))
    } catch (error) {
      if (typeof this.onTurnError !== 'function') throw error
      this.reportTurnError(context, toError(error))
      await this.onTurnError(proxy, error as Error)
    } finally {
      revoke()
      if (context instanceof TurnContext) endTurn(context)
    }
  }
}
