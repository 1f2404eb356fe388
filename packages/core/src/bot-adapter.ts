import type { ConversationReference } from './accounts.ts'
import type { Activity } from './activity.ts'
import type { ClaimsIdentity } from './claims-identity.ts'
import type { ConversationParameters, ResourceResponse } from './connector-models.ts'
import { ParleyError } from './errors.ts'
import { MiddlewareSet } from './middleware-set.ts'
import type { Middleware, MiddlewareHandler } from './middleware-set.ts'
import type { TurnContext } from './turn-context.ts'

/** What the bot does in a turn. */
export type TurnLogic = (context: TurnContext) => Promise<void>

/** Decides what becomes of an error nobody caught: returning means it is handled, throwing means the turn failed. */
export type TurnErrorHandler = (context: TurnContext, error: Error) => Promise<void>

/** This adapter does not have that operation. */
export class NotImplementedError extends ParleyError {
  static readonly code = 'CORE_NOT_IMPLEMENTED'
  readonly code: string = NotImplementedError.code

  constructor(options?: ErrorOptions) {
    super('NotImplemented', options)
  }
}

/** `onTurnError` failed itself. The cause is the error it was to handle. */
export class TurnErrorHandlerError extends ParleyError {
  static readonly code = 'CORE_TURN_ERROR_HANDLER_FAILED'
  readonly code: string = TurnErrorHandlerError.code
  /** What `onTurnError` threw. */
  readonly failure: Error

  constructor(failure: Error, turnError: Error) {
    super(`onTurnError failed while handling the error in \`cause\`: ${failure.message}`, { cause: turnError })
    this.failure = failure
  }
}

/** Joins a bot to a channel: receives activities, runs them through middleware into the bot, and sends what the bot says. */
export abstract class BotAdapter {
  /** Key in `turnState` of the sender's {@link ClaimsIdentity}. */
  readonly BotIdentityKey: symbol = Symbol('BotIdentity')
  /** Key in `turnState` of the client that talks to the channel of this turn. */
  readonly ConnectorClientKey: symbol = Symbol('ConnectorClient')
  /** Key in `turnState` of the audience that outgoing tokens of this turn are for. */
  readonly OAuthScopeKey: symbol = Symbol('OAuthScope')
  /** Handles errors of turns. Without one, a failed turn is logged and answered with 500. */
  onTurnError: TurnErrorHandler | undefined
  protected middleware: MiddlewareSet = new MiddlewareSet()

  /** Sends activities in order; one response for each. */
  abstract sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]>

  /** Replaces the activity with `activity.id`. */
  abstract updateActivity(context: TurnContext, activity: Partial<Activity>): Promise<ResourceResponse | void>

  /** Deletes the activity with `reference.activityId`. */
  abstract deleteActivity(context: TurnContext, reference: Partial<ConversationReference>): Promise<void>

  /** Runs a turn in a conversation known from before, without an incoming activity. */
  abstract continueConversation(reference: Partial<ConversationReference>, logic: TurnLogic): Promise<void>

  /**
   * Runs a turn in a conversation known from before, as the bot `botAppId` or with the identity of an earlier turn.
   *
   * @throws {@link NotImplementedError} `CORE_NOT_IMPLEMENTED`: unless the adapter supports it.
   */
  continueConversationAsync(
    botAppIdOrIdentity: string | ClaimsIdentity,
    reference: Partial<ConversationReference>,
    logicOrAudience: TurnLogic | string,
    maybeLogic?: TurnLogic,
  ): Promise<void>
  async continueConversationAsync(): Promise<void> {
    throw new NotImplementedError()
  }

  /**
   * Creates a conversation and runs a turn in it.
   *
   * @throws {@link NotImplementedError} `CORE_NOT_IMPLEMENTED`: unless the adapter supports it.
   */
  createConversationAsync(
    botAppId: string,
    channelId: string,
    serviceUrl: string,
    audience: string | undefined,
    parameters: Partial<ConversationParameters>,
    logic: TurnLogic,
  ): Promise<void>
  async createConversationAsync(): Promise<void> {
    throw new NotImplementedError()
  }

  /** Adds middleware, outermost first. */
  use(...middlewares: (MiddlewareHandler | Middleware)[]): this {
    this.middleware.use(...middlewares)
    return this
  }

  /** Runs `logic` inside the middleware; what nobody catches goes to {@link BotAdapter.onTurnError} or to the caller. */
  protected async runMiddleware(context: TurnContext, logic: TurnLogic): Promise<void> {
    try {
      await this.middleware.run(context, () => logic(context))
    } catch (error) {
      if (!this.onTurnError) throw error
      await this.handleTurnError(context, toError(error), this.onTurnError)
    }
  }

  private async handleTurnError(context: TurnContext, error: Error, handle: TurnErrorHandler): Promise<void> {
    try {
      await handle(context, error)
    } catch (failure) {
      throw failure === error ? error : new TurnErrorHandlerError(toError(failure), error)
    }
  }
}

/** The error itself, or an error that says what was thrown instead of one. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown })
}
