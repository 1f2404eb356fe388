import { ActivityTypes, BotAdapter, RoleTypes, TurnContext, getContinuationActivity } from '@parley/core'
import type {
  Activity,
  ClaimsIdentity,
  ConversationReference,
  ResourceResponse,
  SignInUrlResponse,
  TokenExchangeRequest,
  TokenResponse,
  TokenStatus,
  TurnLogic,
} from '@parley/core'
import { endTurn } from '@parley/core/internal'
import { inspectorOf } from './reply-expectation.ts'
import type { ExpectedReply } from './reply-expectation.ts'
import { TestFlow } from './test-flow.ts'
import { UserTokenStore, signInLinkOf, signInResourceOf } from './user-token-store.ts'
import type { TokenOwner } from './user-token-store.ts'

/**
 * A channel for tests: hands the bot what the test says, and keeps what the bot replies, without a network.
 *
 * ```ts
 * const adapter = new TestAdapter((context) => bot.run(context))
 * await adapter.send('hi').assertReply('Hello World').test('bye', 'Goodbye')
 * ```
 */
export class TestAdapter extends BotAdapter {
  /** Where the test takes place. May be changed between turns. */
  conversation: ConversationReference
  /** Properties every incoming activity gets, whatever it says itself. */
  readonly template: Partial<Activity>
  /** Replies not yet looked at, oldest first. */
  readonly activeQueue: Partial<Activity>[] = []
  /** Language of what {@link TestAdapter.makeActivity} makes. */
  locale: string = 'en-us'
  /** Whether traces are kept among the replies. */
  enableTrace: boolean
  protected logic: TurnLogic
  private nextId = 0
  private readonly userTokens: UserTokenStore = new UserTokenStore()

  /**
   * @param logicOrConversation - The bot; or where the test takes place, for tests that give the bot with each activity.
   * Default: no bot, and a conversation `Convo1` of `User1` with `Bot`.
   * @param template - See {@link TestAdapter.template}.
   * @param sendTraceActivity - See {@link TestAdapter.enableTrace}. Default `false`.
   */
  constructor(
    logicOrConversation?: TurnLogic | ConversationReference,
    template: Partial<Activity> = {},
    sendTraceActivity = false,
  ) {
    super()
    const isLogic = typeof logicOrConversation === 'function'
    this.logic = isLogic ? logicOrConversation : async () => {}
    this.conversation = (isLogic ? undefined : logicOrConversation) ?? TestAdapter.createConversation('Convo1')
    this.template = template
    this.enableTrace = sendTraceActivity
  }

  /** A conversation on the channel `test`. The ids of the accounts are their names in lower case. */
  static createConversation(name: string, user = 'User1', bot = 'Bot'): ConversationReference {
    return {
      channelId: 'test',
      serviceUrl: 'https://test.com',
      conversation: { isGroup: false, id: name, name } as ConversationReference['conversation'],
      user: { id: user.toLowerCase(), name: user },
      bot: { id: bot.toLowerCase(), name: bot },
    }
  }

  /** {@link TestAdapter.activeQueue}. */
  get activityBuffer(): Partial<Activity>[] {
    return this.activeQueue
  }

  /** Takes the oldest reply; `undefined` when there is none. */
  getNextReply(): Partial<Activity> | undefined {
    return this.activeQueue.shift()
  }

  /** A message of the user. */
  makeActivity(text?: string): Partial<Activity> {
    const { channelId, serviceUrl, conversation, user, bot } = this.conversation
    return {
      type: ActivityTypes.Message,
      id: this.createId(),
      locale: this.locale,
      channelId,
      serviceUrl,
      conversation,
      recipient: bot,
      ...(user ? { from: user } : {}),
      ...(text === undefined ? {} : { text }),
    }
  }

  /** Runs a turn of `callback` with a message of the user. */
  async sendTextToBot(userSays: string, callback: (context: TurnContext) => Promise<unknown>): Promise<void> {
    await this.processActivity(this.makeActivity(userSays), callback)
  }

  /**
   * Runs a turn. What the activity leaves open is filled in: it is a message of the user, in {@link TestAdapter.conversation},
   * now, with the next id. The given object is not changed.
   *
   * @param callback - The bot. Default: the adapter's own.
   */
  async processActivity(
    activity: string | Partial<Activity>,
    callback: (context: TurnContext) => Promise<unknown> = this.logic,
  ): Promise<void> {
    await this.runTurn(this.createRequest(typeof activity === 'string' ? { text: activity } : activity), callback)
  }

  /** {@link TestAdapter.processActivity} with the adapter's own bot. */
  async receiveActivity(activity: string | Partial<Activity>): Promise<void> {
    await this.processActivity(activity, this.logic)
  }

  /** Begins a flow in which the user says something. */
  send(userSays: string | Partial<Activity>): TestFlow {
    return this.createFlow().send(userSays)
  }

  /** Begins a flow in which the user says something and the bot replies. See {@link TestFlow.assertReply}. */
  test(
    userSays: string | Partial<Activity>,
    expected: ExpectedReply,
    description?: string,
    timeout?: number,
  ): TestFlow {
    return this.createFlow().test(userSays, expected, description, timeout)
  }

  /**
   * Replays a recorded conversation. Activities from an account with the role `bot` are replies to expect, of which is compared
   * what a person sees; all others are sent.
   */
  testActivities(activities: Partial<Activity>[], description?: string, timeout?: number): TestFlow {
    if (!activities) throw new TypeError('Missing array of activities')
    const assertDescription = description === undefined ? 'reply' : `reply from ${description}`
    return activities.reduce(
      (flow, activity) =>
        isReply(activity) ? flow.assertReply(inspectorOf(activity), assertDescription, timeout) : flow.send(activity),
      this.createFlow(),
    )
  }

  /** Keeps what the bot sends. Traces are dropped unless {@link TestAdapter.enableTrace}. */
  async sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    return activities.map((activity) => {
      if (activity.type === ActivityTypes.Trace && !this.enableTrace) return { id: '' }
      activity.id ??= this.createId()
      activity.timestamp ??= new Date()
      this.activeQueue.push(activity)
      return { id: activity.id }
    })
  }

  /** Replaces a reply not yet looked at. */
  async updateActivity(_context: TurnContext, activity: Partial<Activity>): Promise<ResourceResponse | void> {
    const index = this.activeQueue.findIndex(({ id }) => id === activity.id)
    if (index === -1 || activity.id === undefined) return
    this.activeQueue[index] = activity
    return { id: activity.id }
  }

  /** Removes a reply not yet looked at. */
  async deleteActivity(_context: TurnContext, reference: Partial<ConversationReference>): Promise<void> {
    const index = this.activeQueue.findIndex(({ id }) => id === reference.activityId)
    if (index !== -1) this.activeQueue.splice(index, 1)
  }

  async continueConversation(reference: Partial<ConversationReference>, logic: TurnLogic): Promise<void> {
    await this.runTurn(getContinuationActivity(reference), logic)
  }

  override async continueConversationAsync(
    _botAppIdOrIdentity: string | ClaimsIdentity,
    reference: Partial<ConversationReference>,
    logicOrAudience: TurnLogic | string,
    maybeLogic?: TurnLogic,
  ): Promise<void> {
    const logic = typeof logicOrAudience === 'function' ? logicOrAudience : maybeLogic
    if (!logic) throw new TypeError('continueConversationAsync() needs the logic of the turn.')
    await this.continueConversation(reference, logic)
  }

  /** Signs a user in: at once, or when the bot asks for the token with `magicCode`. */
  addUserToken(connectionName: string, channelId: string, userId: string, token: string, magicCode?: string): void {
    this.userTokens.add({ connectionName, channelId, userId }, token, magicCode)
  }

  /** Lets a token, or the address of one, be exchanged for `token`. */
  addExchangeableToken(
    connectionName: string,
    channelId: string,
    userId: string,
    exchangeableItem: string,
    token: string,
  ): void {
    this.userTokens.addExchange({ connectionName, channelId, userId }, exchangeableItem, token)
  }

  /** Lets the exchange of a token fail. */
  throwOnExchangeRequest(connectionName: string, channelId: string, userId: string, exchangeableItem: string): void {
    this.userTokens.addExchange({ connectionName, channelId, userId }, exchangeableItem)
  }

  /** The token of the sender, or `undefined` while the user is not signed in. */
  async getUserToken(
    context: TurnContext,
    connectionName: string,
    magicCode?: string,
  ): Promise<TokenResponse | undefined> {
    return this.userTokens.get(ownerOf(context, connectionName), magicCode)
  }

  /** Signs a user, by default the sender, out of one connection or of all. */
  async signOutUser(context: TurnContext, connectionName?: string, userId?: string): Promise<void> {
    const { channelId, from } = context.activity
    this.userTokens.remove({ channelId, userId: userId ?? from.id, ...(connectionName ? { connectionName } : {}) })
  }

  /** A link for a sign-in card. Nobody opens it. */
  async getSignInLink(context: TurnContext, connectionName: string): Promise<string> {
    return signInLinkOf(ownerOf(context, connectionName))
  }

  /** What an OAuth card needs. */
  async getSignInResource(context: TurnContext, connectionName: string, userId?: string): Promise<SignInUrlResponse> {
    return signInResourceOf(ownerOf(context, connectionName, userId))
  }

  /** The token for what was exchanged, or `undefined` when the test added none. */
  async exchangeToken(
    context: TurnContext,
    connectionName: string,
    userId: string,
    tokenExchangeRequest: TokenExchangeRequest,
  ): Promise<TokenResponse | undefined> {
    return this.userTokens.exchange(ownerOf(context, connectionName, userId), tokenExchangeRequest)
  }

  /** What a user, by default the sender, is signed in to. */
  async getTokenStatus(context: TurnContext, userId?: string, includeFilter?: string): Promise<TokenStatus[]> {
    const { channelId, from } = context.activity
    return this.userTokens.status(channelId, userId ?? from.id, includeFilter)
  }

  /** No tokens for resources. */
  async getAadTokens(
    _context: TurnContext,
    _connectionName: string,
    _resourceUrls: string[],
  ): Promise<{ [resourceUrl: string]: TokenResponse }> {
    return {}
  }

  /** Override to hand the bot a context of your own. */
  protected createContext(request: Partial<Activity>): TurnContext {
    return new TurnContext(this, request)
  }

  private async runTurn(request: Partial<Activity>, logic: (context: TurnContext) => Promise<unknown>): Promise<void> {
    const context = this.createContext(request)
    try {
      await this.runMiddleware(context, async () => {
        await logic(context)
      })
    } finally {
      endTurn(context)
    }
  }

  private createRequest(activity: Partial<Activity>): Partial<Activity> {
    const { channelId, serviceUrl, conversation, user, bot } = this.conversation
    const isFromUser = activity.from && !isReply(activity)
    return {
      ...activity,
      ...(user && !isFromUser ? { from: user } : {}),
      type: activity.type ?? ActivityTypes.Message,
      channelId: activity.channelId ?? channelId,
      serviceUrl: activity.serviceUrl ?? serviceUrl,
      conversation: activity.conversation ?? conversation,
      recipient: activity.recipient ?? bot,
      id: activity.id ?? this.createId(),
      timestamp: activity.timestamp ?? new Date(),
      ...this.template,
    }
  }

  private createId(): string {
    return String(this.nextId++)
  }

  private createFlow(): TestFlow {
    return new TestFlow(Promise.resolve(), this)
  }
}

function isReply({ from }: Partial<Activity>): boolean {
  return from?.role?.toLowerCase() === RoleTypes.Bot
}

function ownerOf({ activity }: TurnContext, connectionName: string, userId?: string): TokenOwner {
  return { connectionName, channelId: activity.channelId, userId: userId ?? activity.from.id }
}
