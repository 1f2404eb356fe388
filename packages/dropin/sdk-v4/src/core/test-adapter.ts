/* oxlint-disable no-underscore-dangle -- `_logic`, see there */
import assert from 'node:assert'
import { ActivityTypes, RoleTypes, TurnContext } from '@parley/core'
import type {
  Activity,
  ConversationReference,
  OpenValue,
  ResourceResponse,
  SignInUrlResponse,
  TokenExchangeRequest,
  TokenResponse,
  TurnLogic,
} from '@parley/core'
import { TestAdapter as ParleyTestAdapter } from '@parley/testing'
import type { TestActivityInspector } from '@parley/testing'
import { signInLinkOf, signInResourceOf, UserTokenStore } from '@parley/testing/internal'
import { BotAdapter } from './bot-adapter.ts'
import { TestFlow, wait } from './test-flow.ts'
import type { ExtendedUserTokenProvider } from './user-token-provider.ts'

/** A channel for tests: hands the bot what the test says, and keeps what the bot replies, without a network. */
export class TestAdapter extends BotAdapter implements ExtendedUserTokenProvider {
  /** Where the test takes place. May be changed between turns. */
  conversation: ConversationReference
  /** Properties every incoming activity gets, whatever it says itself. */
  readonly template: Partial<Activity>
  /** Replies not yet looked at, oldest first. */
  readonly activeQueue: Partial<Activity>[] = []
  /** Language of what {@link TestAdapter.makeActivity} makes. */
  locale: string = 'en-us'
  /** The bot. Private by type only, as in v4: test clients in JavaScript reach it by this name. */
  private readonly _logic: TurnLogic
  private tracesAreKept: boolean
  private nextId = 0
  private readonly userTokens: UserTokenStore = new UserTokenStore()

  /**
   * @param logicOrConversation - The bot, or where the test takes place.
   * @param template - See {@link TestAdapter.template}.
   * @param sendTraceActivity - Whether traces are kept among the replies. Default `false`.
   */
  constructor(
    logicOrConversation?: TurnLogic | ConversationReference,
    template?: Partial<Activity>,
    sendTraceActivity?: boolean,
  ) {
    super()
    const isLogic = typeof logicOrConversation === 'function'
    this.tracesAreKept = sendTraceActivity || false
    this.template = template || {}
    this._logic = isLogic ? logicOrConversation : async () => {}
    this.conversation = (isLogic ? undefined : logicOrConversation) || TestAdapter.createConversation('Convo1')
    // The test's own object is completed, which it may look at.
    Object.assign(this.conversation, placeOf(this.template, this.conversation, this.locale))
  }

  /** A conversation on the channel `test`. The ids of the accounts are their names in lower case. */
  static createConversation(name: string, user = 'User1', bot = 'Bot'): ConversationReference {
    return { ...ParleyTestAdapter.createConversation(name, user, bot), locale: 'en-us' }
  }

  /** {@link TestAdapter.activeQueue}. */
  get activityBuffer(): Partial<Activity>[] {
    return this.activeQueue
  }

  /** Whether traces are kept among the replies. */
  get enableTrace(): boolean {
    return this.tracesAreKept
  }

  set enableTrace(value: boolean) {
    this.tracesAreKept = value
  }

  /** Takes the oldest reply; `undefined` when there is none. */
  getNextReply(): Partial<Activity> {
    return this.activeQueue.shift() as Partial<Activity>
  }

  /** A message of the user. */
  makeActivity(text?: string): Partial<Activity> {
    const { conversation, serviceUrl, user, bot } = this.conversation
    const activity = {
      type: ActivityTypes.Message,
      locale: this.locale,
      from: user,
      recipient: bot,
      conversation,
      serviceUrl,
      id: this.createId(),
      text,
    }
    return activity as Partial<Activity>
  }

  /** Runs a turn of `callback` with a message of the user. */
  async sendTextToBot(userSays: string, callback: (context: TurnContext) => Promise<OpenValue>): Promise<OpenValue> {
    return this.processActivity(this.makeActivity(userSays), callback)
  }

  /** Runs a turn of `callback`, by default the adapter's own bot. What the activity leaves open is filled in. */
  async processActivity(
    activity: string | Partial<Activity>,
    callback?: (context: TurnContext) => Promise<OpenValue>,
  ): Promise<OpenValue> {
    const request = this.createRequest(
      typeof activity === 'string' ? { type: ActivityTypes.Message, text: activity } : activity,
    )
    await this.runMiddleware(this.createContext(request), callback ?? this._logic)
  }

  /** Runs a turn of the adapter's own bot. */
  async receiveActivity(activity: string | Partial<Activity>): Promise<void> {
    await this.processActivity(activity, this._logic)
  }

  /** Keeps what the bot sends, and waits where it says so. Traces are dropped unless {@link TestAdapter.enableTrace}. */
  async sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const responses: ResourceResponse[] = []
    for (const activity of activities) {
      activity.id ??= globalThis.crypto.randomUUID()
      activity.timestamp ??= new Date()
      if (activity.type === 'delay') await wait(Number(activity.value) || 0)
      else if (this.tracesAreKept || activity.type !== ActivityTypes.Trace) this.activeQueue.push(activity)
      responses.push({ id: activity.id })
    }
    return responses
  }

  /** Replaces a reply not yet looked at. */
  async updateActivity(_context: TurnContext, activity: Partial<Activity>): Promise<ResourceResponse | void> {
    const index = this.activeQueue.findIndex(({ id }) => id === activity.id)
    if (index !== -1) this.activeQueue[index] = activity
    return { id: activity.id as string }
  }

  /** Removes a reply not yet looked at. */
  async deleteActivity(_context: TurnContext, reference: Partial<ConversationReference>): Promise<void> {
    const index = this.activeQueue.findIndex(({ id }) => id === reference.activityId)
    if (index !== -1) this.activeQueue.splice(index, 1)
  }

  /** @throws Error with the message `not implemented`. */
  async continueConversation(_reference: Partial<ConversationReference>, _logic: TurnLogic): Promise<void> {
    throw new Error('not implemented')
  }

  /** Begins a flow in which the user says something. */
  send(userSays: string | Partial<Activity>): TestFlow {
    return new TestFlow(this.processActivity(userSays), this)
  }

  /** Begins a flow in which the user says something and the bot replies. */
  test(
    userSays: string | Partial<Activity>,
    expected: string | Partial<Activity> | TestActivityInspector,
    description?: string,
    _timeout?: number,
  ): TestFlow {
    return this.send(userSays).assertReply(expected, description)
  }

  /** Replays a recorded conversation: what accounts with the role `bot` said is expected, all else is sent. */
  testActivities(activities: Partial<Activity>[], description?: string, timeout?: number): TestFlow {
    if (!activities) throw new Error('Missing array of activities')
    const about = `reply ${description ? ` from ${description}` : ''}`
    return activities.reduce(
      (flow, activity) =>
        isReply(activity) ? flow.assertReply(transcriptInspector(activity), about, timeout) : flow.send(activity),
      new TestFlow(Promise.resolve(), this),
    )
  }

  /** Signs a user in: at once, or when the bot asks for the token with `magicCode`. */
  addUserToken(connectionName: string, channelId: string, userId: string, token: string, magicCode?: string): void {
    this.userTokens.add({ connectionName, channelId, userId }, token, magicCode)
  }

  /** What a user, by default the sender, is signed in to, with the names of properties in v4's case. */
  async getTokenStatus(
    context: TurnContext,
    userId?: string,
    includeFilter?: string,
    _oAuthAppCredentials?: OpenValue,
  ): Promise<OpenValue[]> {
    if (!context?.activity) throw new Error('testAdapter.getTokenStatus(): context with activity is required')
    const { channelId, from } = context.activity
    if (!userId && !from?.id) throw new Error(`testAdapter.getTokenStatus(): missing userId, from or from.id`)
    return this.userTokens.status(channelId, userId || from.id, includeFilter).map(({ connectionName }) => ({
      ConnectionName: connectionName,
      HasToken: true,
      ServiceProviderDisplayName: connectionName,
    }))
  }

  /** The token of the sender, or `undefined` while the user is not signed in. */
  async getUserToken(context: TurnContext, connectionName: string, magicCode?: string): Promise<TokenResponse> {
    const { channelId, from } = context.activity
    const token = this.userTokens.get({ connectionName, channelId, userId: from.id }, magicCode)
    return (token && { ...token, expiration: undefined, userId: from.id }) as unknown as TokenResponse
  }

  /** Signs a user, by default the sender, out of one connection or of all. */
  async signOutUser(context: TurnContext, connectionName?: string, userId?: string): Promise<void> {
    const { channelId, from } = context.activity
    this.userTokens.remove({ channelId, userId: userId || from.id, ...(connectionName ? { connectionName } : {}) })
  }

  /** A link for a sign-in card. Nobody opens it. */
  async getSignInLink(context: TurnContext, connectionName: string): Promise<string> {
    const { channelId, from } = context.activity
    return signInLinkOf({ connectionName, channelId, userId: from.id })
  }

  /** No tokens for resources. */
  async getAadTokens(
    _context: TurnContext,
    _connectionName: string,
    _resourceUrls: string[],
  ): Promise<{ [propertyName: string]: TokenResponse }> {
    return undefined as unknown as { [propertyName: string]: TokenResponse }
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

  /** What an OAuth card needs. */
  async getSignInResource(
    context: TurnContext,
    connectionName: string,
    userId?: string,
    _finalRedirect?: string,
  ): Promise<SignInUrlResponse> {
    const { channelId } = context.activity
    const { signInLink, tokenExchangeResource } = signInResourceOf({
      connectionName,
      channelId,
      userId: String(userId),
    })
    return { signInLink, tokenExchangeResource: { ...tokenExchangeResource, providerId: null } } as OpenValue
  }

  /** The token for what was exchanged, or `null` when the test added none. */
  async exchangeToken(
    context: TurnContext,
    connectionName: string,
    userId: string,
    tokenExchangeRequest: TokenExchangeRequest,
  ): Promise<TokenResponse> {
    const { channelId } = context.activity
    const token = this.userTokens.exchange({ connectionName, channelId, userId }, tokenExchangeRequest)
    return (token ? { ...token, expiration: null } : null) as unknown as TokenResponse
  }

  /** Lets the exchange of a token fail. */
  throwOnExchangeRequest(connectionName: string, channelId: string, userId: string, exchangeableItem: string): void {
    this.userTokens.addExchange({ connectionName, channelId, userId }, exchangeableItem)
  }

  /** Override to hand the bot a context of your own. */
  protected createContext(request: Partial<Activity>): TurnContext {
    return new TurnContext(this, request)
  }

  private createRequest(activity: Partial<Activity>): Partial<Activity> {
    const { channelId, serviceUrl, conversation, user, bot } = this.conversation
    const isFromUser = activity.from && !isReply(activity)
    const request = {
      ...activity,
      type: activity.type || ActivityTypes.Message,
      channelId: activity.channelId || channelId,
      from: isFromUser ? activity.from : user,
      recipient: activity.recipient || bot,
      conversation: activity.conversation || conversation,
      serviceUrl: activity.serviceUrl || serviceUrl,
      id: activity.id || this.createId(),
      timestamp: activity.timestamp || new Date(),
    }
    return Object.assign(request, this.template)
  }

  private createId(): string {
    return (this.nextId++).toString()
  }
}

/** What `template` changes of the conversation. */
function placeOf(
  { channelId, serviceUrl, locale, from, recipient }: Partial<Activity>,
  conversation: ConversationReference,
  defaultLocale: string,
): Partial<ConversationReference> {
  return {
    channelId: channelId || conversation.channelId,
    serviceUrl: serviceUrl || conversation.serviceUrl,
    locale: locale || conversation.locale || defaultLocale,
    user: from || (conversation.user as Activity['from']),
    bot: recipient || conversation.bot,
  }
}

function isReply({ from }: Partial<Activity>): boolean {
  return from?.role?.toLowerCase() === RoleTypes.Bot
}

/** Compares what the channel does not give: all but ids, times and accounts. */
function transcriptInspector(expected: Partial<Activity>): TestActivityInspector {
  return (actual, description) => {
    for (const name of ['type', 'text', 'speak', 'suggestedActions'] as const) {
      assert.deepEqual(actual[name], expected[name], `failed "${name}" assert on ${description}`)
    }
  }
}
