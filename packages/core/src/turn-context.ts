import type { ConversationReference } from './accounts.ts'
import type { Activity } from './activity.ts'
import { ActivityTypes, DeliveryModes, InputHints } from './activity-constants.ts'
import * as references from './conversation-reference.ts'
import type { ClaimsIdentity } from './claims-identity.ts'
import type { ConversationParameters, ResourceResponse } from './connector-models.ts'
import type { Mention } from './entities.ts'
import { INVOKE_RESPONSE_KEY } from './invoke-response.ts'
import { compose, toMiddlewareFunction } from './middleware.ts'
import type { MiddlewareFunction } from './middleware.ts'
import { NotImplementedError, RespondedResetError, toError, TurnErrorHandlerError } from './turn-errors.ts'
import { TurnContextStateCollection } from './turn-state.ts'

/** Sees the activities about to be sent, may change them, and sends them by calling `next()`. */
export type SendActivitiesHandler = (
  context: TurnContext,
  activities: Partial<Activity>[],
  next: () => Promise<ResourceResponse[]>,
) => Promise<ResourceResponse[]>

/** Sees an activity about to be replaced; replaces it by calling `next()`. */
export type UpdateActivityHandler = (
  context: TurnContext,
  activity: Partial<Activity>,
  next: () => Promise<ResourceResponse | void>,
) => Promise<ResourceResponse | void>

/** Sees which activity is about to be deleted; deletes it by calling `next()`. */
export type DeleteActivityHandler = (
  context: TurnContext,
  reference: Partial<ConversationReference>,
  next: () => Promise<void>,
) => Promise<void>

/** Middleware as a function. */
export type MiddlewareHandler = (context: TurnContext, next: () => Promise<void>) => Promise<void>

/** Middleware as an object, for middleware with state or options. */
export interface Middleware {
  onTurn(context: TurnContext, next: () => Promise<void>): Promise<void>
}

/** What the bot does in a turn. */
export type TurnLogic = (context: TurnContext) => Promise<void>

/** Decides what becomes of an error nobody caught: returning means it is handled, throwing means the turn failed. */
export type TurnErrorHandler = (context: TurnContext, error: Error) => Promise<void>

/** Key in `turnState` of the bot logic the adapter is running, for code that starts another turn. */
export const BotCallbackHandlerKey = 'botCallbackHandler'

/** What a context and its copies have in common. */
interface Turn {
  responded: boolean
  ended: boolean
  readonly onSend: SendActivitiesHandler[]
  readonly onUpdate: UpdateActivityHandler[]
  readonly onDelete: DeleteActivityHandler[]
}

/**
 * Everything a bot needs to handle one incoming activity: the activity, the ways to answer it, and a place for services and
 * middleware to leave things for each other.
 *
 * A context stays usable after its turn: what is sent late goes out through the conversation it came from.
 */
export class TurnContext {
  /** The adapter that runs this turn. */
  readonly adapter: BotAdapter
  /** The activity being handled. */
  readonly activity: Activity
  /** Services and notes of this turn. Not shared with copies of the context. */
  readonly turnState: TurnContextStateCollection = new TurnContextStateCollection()
  /** Replies held back for the HTTP answer, when the sender asked for `deliveryMode: 'expectReplies'`. */
  readonly bufferedReplyActivities: Partial<Activity>[]
  /** Language tag of the incoming activity, e.g. `en-US`; may be set. */
  locale: string | undefined
  private readonly turn: Turn

  constructor(adapter: BotAdapter, activity: Partial<Activity>)
  /** Another context on the same turn, with a turn state of its own. */
  constructor(context: TurnContext)
  constructor(adapterOrContext: BotAdapter | TurnContext, activity?: Partial<Activity>) {
    const other = adapterOrContext instanceof TurnContext ? adapterOrContext : undefined
    this.adapter = other?.adapter ?? (adapterOrContext as BotAdapter)
    this.activity = other?.activity ?? (activity as Activity)
    this.bufferedReplyActivities = other?.bufferedReplyActivities ?? []
    this.turn = other?.turn ?? { responded: false, ended: false, onSend: [], onUpdate: [], onDelete: [] }
    this.locale = other ? other.locale : this.activity?.locale
  }

  /** Whether something a person can notice was sent: anything but traces. Once `true` it stays so. */
  get responded(): boolean {
    return this.turn.responded
  }

  set responded(value: boolean) {
    if (!value) throw new RespondedResetError()
    this.turn.responded = true
  }

  /** Whether the channel has had its answer to this turn; what is sent from now on is sent late. */
  get hasEnded(): boolean {
    return this.turn.ended
  }

  /**
   * Sends one activity, or a text as a message.
   *
   * @param speak - Text, plain or SSML, for channels that speak. Only with a text.
   * @param inputHint - Default `acceptingInput`. Only with a text.
   * @returns What the channel answered (its id for the activity), or `undefined` when a handler held the activity back.
   */
  sendActivity(
    activityOrText: string | Partial<Activity>,
    speak?: string,
    inputHint?: string,
  ): Promise<ResourceResponse | undefined> {
    const activity = typeof activityOrText === 'string' ? message(activityOrText, speak, inputHint) : activityOrText
    return observed(this.sendActivities([activity]).then((responses) => responses?.[0]))
  }

  /** Sends a trace: an activity for developers' tools, dropped by ordinary channels. */
  sendTraceActivity(
    name: string,
    value?: unknown,
    valueType?: string,
    label?: string,
  ): Promise<ResourceResponse | undefined> {
    return this.sendActivity({
      type: ActivityTypes.Trace,
      timestamp: new Date(),
      name,
      value,
      ...(valueType === undefined ? {} : { valueType }),
      ...(label === undefined ? {} : { label }),
    })
  }

  /**
   * Sends activities in order. They are copied and addressed to the conversation of this turn; the caller's objects stay as
   * they are.
   *
   * @returns One response for each activity, in order.
   */
  sendActivities(activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const reference = references.getConversationReference(this.activity)
    const outgoing = activities.map((activity) => address(activity, reference))
    const sending = this.emit(this.turn.onSend, outgoing, async () => {
      const responses = await this.deliver(outgoing)
      outgoing.forEach((activity, index) => {
        // An adapter in JavaScript may return nothing.
        const id = responses?.[index]?.id
        if (id !== undefined) activity.id = id
      })
      if (outgoing.some(({ type }) => type !== ActivityTypes.Trace)) this.turn.responded = true
      return responses
    })
    return observed(sending)
  }

  /** Replaces an activity sent before; `activity.id` says which. The whole activity is replaced, nothing is merged. */
  updateActivity(activity: Partial<Activity>): Promise<ResourceResponse | void> {
    const reference = references.getConversationReference(this.activity)
    const addressed = references.applyConversationReference(activity, reference)
    return observed(this.emit(this.turn.onUpdate, addressed, () => this.adapter.updateActivity(this, addressed)))
  }

  /** Deletes an activity sent before, given by its id or by a reference with `activityId`. */
  deleteActivity(idOrReference: string | Partial<ConversationReference>): Promise<void> {
    const reference =
      typeof idOrReference === 'string'
        ? { ...references.getConversationReference(this.activity), activityId: idOrReference }
        : idOrReference
    return observed(this.emit(this.turn.onDelete, reference, () => this.adapter.deleteActivity(this, reference)))
  }

  /** Adds a layer around sending. Layers run in the order added; one that does not call `next()` sends nothing. */
  onSendActivities(handler: SendActivitiesHandler): this {
    this.turn.onSend.push(handler)
    return this
  }

  /** Adds a layer around replacing an activity. */
  onUpdateActivity(handler: UpdateActivityHandler): this {
    this.turn.onUpdate.push(handler)
    return this
  }

  /** Adds a layer around deleting an activity. */
  onDeleteActivity(handler: DeleteActivityHandler): this {
    this.turn.onDelete.push(handler)
    return this
  }

  /** Removes the bot's own mention from the text of `activity`, in place. Returns the new text. */
  static removeRecipientMention(activity: Partial<Activity>): string {
    return references.removeRecipientMention(activity)
  }

  /** Removes the mention of the account `id` from the text of `activity`, in place. Returns the new text. */
  static removeMentionText(activity: Partial<Activity>, id: string): string {
    return references.removeMentionText(activity, id)
  }

  /** The mentions among the entities of `activity`. */
  static getMentions(activity: Partial<Activity>): Mention[] {
    return references.getMentions(activity)
  }

  /** Where `activity` belongs: enough to continue the conversation later. Safe to store as JSON. */
  static getConversationReference(activity: Partial<Activity>): Partial<ConversationReference> {
    return references.getConversationReference(activity)
  }

  /** Addresses `activity` to the conversation of `reference`, in place; `isIncoming` as if the user had sent it. */
  static applyConversationReference(
    activity: Partial<Activity>,
    reference: Partial<ConversationReference>,
    isIncoming = false,
  ): Partial<Activity> {
    return references.applyConversationReference(activity, reference, isIncoming)
  }

  /** A reference to a reply just sent, for updating or deleting it later. */
  static getReplyConversationReference(
    activity: Partial<Activity>,
    reply: ResourceResponse,
  ): Partial<ConversationReference> {
    return references.getReplyConversationReference(activity, reply)
  }

  /** Makes `context` another view on this turn. */
  protected copyTo(context: TurnContext): void {
    const { adapter, activity, turn, locale, bufferedReplyActivities } = this
    Object.assign(context, { adapter, activity, turn, locale, bufferedReplyActivities })
  }

  private async deliver(outgoing: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const expectsReplies = this.activity.deliveryMode === DeliveryModes.ExpectReplies && !this.turn.ended
    if (!expectsReplies) return this.adapter.sendActivities(this, outgoing)
    for (const activity of outgoing) {
      this.bufferedReplyActivities.push(activity)
      if (activity.type === ActivityTypes.InvokeResponse && !this.turnState.has(INVOKE_RESPONSE_KEY)) {
        this.turnState.set(INVOKE_RESPONSE_KEY, activity)
      }
    }
    // Nobody has given them an id yet.
    return outgoing.map(() => ({ id: undefined }) as unknown as ResourceResponse)
  }

  private async emit<T, R>(
    handlers: readonly ((context: TurnContext, data: T, next: () => Promise<R>) => Promise<R>)[],
    data: T,
    last: () => Promise<R>,
  ): Promise<R> {
    // A handler added meanwhile is for what is sent next.
    const present = [...handlers]
    const run = async (index: number): Promise<R> => {
      const handler = present[index]
      return handler ? handler(this, data, () => run(index + 1)) : last()
    }
    return run(0)
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
  private readonly layers: MiddlewareFunction<TurnContext>[] = []

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
    this.layers.push(...middlewares.map((middleware) => toMiddlewareFunction<TurnContext>(middleware)))
    return this
  }

  /** Runs `logic` inside the middleware; what nobody catches goes to {@link BotAdapter.onTurnError} or to the caller. */
  protected async runMiddleware(context: TurnContext, logic: TurnLogic): Promise<void> {
    try {
      await compose(this.layers)(context, () => logic(context))
    } catch (error) {
      if (!this.onTurnError) throw error
      this.reportTurnError(context, toError(error))
      await this.handleTurnError(context, toError(error), this.onTurnError)
    }
  }

  /** Called with each error before `onTurnError` gets it, for adapters that log. */
  protected reportTurnError(_context: TurnContext, _error: Error): void {}

  private async handleTurnError(context: TurnContext, error: Error, handle: TurnErrorHandler): Promise<void> {
    try {
      await handle(context, error)
    } catch (failure) {
      throw failure === error ? error : new TurnErrorHandlerError(toError(failure), error)
    }
  }
}

/** Marks the turn of `context` as answered. For adapters, once per turn. */
export function endTurn(context: TurnContext): void {
  ;(context as unknown as { turn: Turn }).turn.ended = true
}

/** A failure that nobody waits for must not end the process; adapters log it where it happens. */
function observed<T>(operation: Promise<T>): Promise<T> {
  operation.catch(() => {})
  return operation
}

function message(text: string, speak: string | undefined, inputHint: string | undefined): Partial<Activity> {
  return {
    text,
    inputHint: inputHint || InputHints.AcceptingInput,
    ...(speak ? { speak } : {}),
  }
}

function address(activity: Partial<Activity>, reference: Partial<ConversationReference>): Partial<Activity> {
  // Not a spread: V8 makes of one an object to which adding fields is slow.
  const copy = references.applyConversationReference(Object.assign({}, activity), reference)
  copy.type ??= ActivityTypes.Message
  delete copy.id
  return copy
}
