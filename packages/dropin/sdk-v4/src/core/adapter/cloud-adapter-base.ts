import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  ActivityEventNames,
  ActivityTypes,
  BotCallbackHandlerKey,
  Channels,
  DeliveryModes,
  INVOKE_RESPONSE_KEY,
  TurnContext,
} from '@parley/core'
import type {
  Activity,
  ConversationParameters,
  ConversationReference,
  ConversationResourceResponse,
  InvokeResponse,
  ResourceResponse,
} from '@parley/core'
import { AuthenticationConstants } from '../../connector/auth/authentication-constants.ts'
import { ClaimsIdentity } from '../../connector/auth/claims-identity.ts'
import type { AuthenticateRequestResult } from '../../connector/auth/authenticate-request-result.ts'
import type { BotFrameworkAuthentication } from '../../connector/auth/bot-framework-authentication.ts'
import type { ConnectorClient } from '../../connector/clients/connector-client.ts'
import type { ConnectorFactory } from '../../connector/clients/connector-factory.ts'
import type { UserTokenClient } from '../../connector/clients/user-token-client.ts'
import { ActivityEx } from '../../schema/index.ts'
import { BotAdapter } from '../bot-adapter.ts'

/** A bot's logic, as v4 types it. */
type Logic = (context: TurnContext) => Promise<void>

/** What a turn is run with. */
interface TurnParts {
  readonly claimsIdentity: ClaimsIdentity
  readonly oAuthScope: string | undefined
  readonly connectorClient: ConnectorClient
  readonly userTokenClient: UserTokenClient
  readonly connectorFactory: ConnectorFactory
  readonly logic: Logic
}

/** How long an activity of type `delay` that does not say waits, in milliseconds. */
const DEFAULT_DELAY_MS = 1000

/** The turn, sending and proactive parts of an adapter for channels that are reached over HTTP. */
export abstract class CloudAdapterBase extends BotAdapter {
  /** Key in `turnState` of the factory of connector clients. */
  readonly ConnectorFactoryKey: symbol = Symbol('ConnectorFactory')
  /** Key in `turnState` of the client of the user token service. */
  readonly UserTokenClientKey: symbol = Symbol('UserTokenClient')
  protected readonly botFrameworkAuthentication: BotFrameworkAuthentication

  /** @throws TypeError without an authentication. */
  constructor(botFrameworkAuthentication: BotFrameworkAuthentication) {
    super()
    if (!botFrameworkAuthentication) throw new TypeError('`botFrameworkAuthentication` parameter required')
    this.botFrameworkAuthentication = botFrameworkAuthentication
  }

  /** Sends activities in order; each waits for the one before it. */
  async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    requireParameter('context', context)
    requireParameter('activities', activities)
    if (activities.length === 0) throw new Error('Expecting one or more activities, but the array was empty.')
    const responses: ResourceResponse[] = []
    for (const activity of activities) responses.push(await this.sendOne(context, activity))
    return responses
  }

  async updateActivity(context: TurnContext, activity: Partial<Activity>): Promise<ResourceResponse | void> {
    requireParameter('context', context)
    requireParameter('activity', activity)
    const { conversations } = this.clientOf(context)
    const response = await conversations.updateActivity(activity.conversation?.id ?? '', activity.id ?? '', activity)
    return response?.id ? { id: response.id } : undefined
  }

  async deleteActivity(context: TurnContext, reference: Partial<ConversationReference>): Promise<void> {
    requireParameter('context', context)
    requireParameter('reference', reference)
    const { conversations } = this.clientOf(context)
    await conversations.deleteActivity(reference.conversation?.id ?? '', reference.activityId ?? '')
  }

  /** @throws Error always: v4 has replaced it by {@link CloudAdapterBase.continueConversationAsync}. */
  async continueConversation(_reference: Partial<ConversationReference>, _logic: Logic): Promise<void> {
    throw new Error(
      '`CloudAdapterBase.continueConversation` is deprecated, please use `CloudAdapterBase.continueConversationAsync`',
    )
  }

  /** Runs a turn in a conversation known from before; its activity is the event `ContinueConversation`. */
  override async continueConversationAsync(
    botAppIdOrClaimsIdentity: string | ClaimsIdentity,
    reference: Partial<ConversationReference>,
    logicOrAudience: Logic | string,
    maybeLogic?: Logic,
  ): Promise<void> {
    const [audience, logic] =
      typeof logicOrAudience === 'function' ? [undefined, logicOrAudience] : [logicOrAudience, maybeLogic]
    const identity =
      typeof botAppIdOrClaimsIdentity === 'string' || !botAppIdOrClaimsIdentity
        ? this.createClaimsIdentity(botAppIdOrClaimsIdentity)
        : botAppIdOrClaimsIdentity
    await this.processProactive(identity, ActivityEx.getContinuationActivity(reference), audience, logic as Logic)
  }

  /** Creates a conversation and runs a turn in it; its activity is the event `CreateConversation`. */
  override async createConversationAsync(
    botAppId: string,
    channelId: string,
    serviceUrl: string,
    audience: string,
    conversationParameters: ConversationParameters,
    logic: Logic,
  ): Promise<void> {
    if (typeof serviceUrl !== 'string' || !serviceUrl) throw new TypeError('`serviceUrl` must be a non-empty string')
    if (!conversationParameters) throw new TypeError('`conversationParameters` must be defined')
    if (!logic) throw new TypeError('`logic` must be defined')
    const identity = this.createClaimsIdentity(botAppId)
    identity.claims.push({ type: AuthenticationConstants.ServiceUrlClaim, value: serviceUrl })
    const connectorFactory = this.botFrameworkAuthentication.createConnectorFactory(identity)
    const connectorClient = await connectorFactory.create(serviceUrl, audience)
    const created = await connectorClient.conversations.createConversation(conversationParameters)
    const activity = createActivity(created, channelId, serviceUrl, conversationParameters)
    const userTokenClient = await this.botFrameworkAuthentication.createUserTokenClient(identity)
    const parts = { claimsIdentity: identity, connectorClient, userTokenClient, connectorFactory, logic }
    await this.runProactive(activity, this.createTurnContext(activity, { ...parts, oAuthScope: undefined }), logic)
  }

  /** Runs a turn the bot starts itself. */
  protected async processProactive(
    claimsIdentity: ClaimsIdentity,
    continuationActivity: Partial<Activity>,
    audience: string | undefined,
    logic: Logic,
  ): Promise<void> {
    const connectorFactory = this.botFrameworkAuthentication.createConnectorFactory(claimsIdentity)
    const connectorClient = await connectorFactory.create(continuationActivity.serviceUrl as string, audience)
    const userTokenClient = await this.botFrameworkAuthentication.createUserTokenClient(claimsIdentity)
    const parts = { claimsIdentity, connectorClient, userTokenClient, connectorFactory, logic, oAuthScope: audience }
    const context = this.createTurnContext(continuationActivity, parts)
    await this.runProactive(continuationActivity, context, logic)
  }

  /**
   * Runs the turn of an activity that arrived.
   *
   * @param authHeaderOrResult - The Authorization header, or what came of checking it.
   * @returns What is answered: expected replies, the response to an invoke, or nothing.
   */
  protected processActivity(authHeader: string, activity: Activity, logic: Logic): Promise<InvokeResponse | undefined>
  protected processActivity(
    authenticateRequestResult: AuthenticateRequestResult,
    activity: Activity,
    logic: Logic,
  ): Promise<InvokeResponse | undefined>
  protected async processActivity(
    authHeaderOrResult: string | AuthenticateRequestResult,
    activity: Activity,
    logic: Logic,
  ): Promise<InvokeResponse | undefined> {
    const authenticated =
      typeof authHeaderOrResult === 'string'
        ? await this.botFrameworkAuthentication.authenticateRequest(activity, authHeaderOrResult)
        : authHeaderOrResult
    const { claimsIdentity, audience, callerId } = authenticated
    // What the wire says of the caller is not proven.
    activity.callerId = callerId as string
    const connectorFactory =
      authenticated.connectorFactory ?? this.botFrameworkAuthentication.createConnectorFactory(claimsIdentity)
    const connectorClient = await connectorFactory.create(activity.serviceUrl, audience)
    const userTokenClient = await this.botFrameworkAuthentication.createUserTokenClient(claimsIdentity)
    const parts = { claimsIdentity, connectorClient, userTokenClient, connectorFactory, logic, oAuthScope: audience }
    const context = this.createTurnContext(activity, parts)
    await this.runMiddleware(context, logic)
    return turnResult(context)
  }

  /** The identity of this bot, for turns it starts itself. */
  protected createClaimsIdentity(botAppId: string = ''): ClaimsIdentity {
    return new ClaimsIdentity([
      { type: AuthenticationConstants.AudienceClaim, value: botAppId },
      { type: AuthenticationConstants.AppIdClaim, value: botAppId },
    ])
  }

  /** Runs a proactive turn; an adapter that keeps an order of turns overrides it. */
  protected async runProactive(_activity: Partial<Activity>, context: TurnContext, logic: Logic): Promise<void> {
    await this.runMiddleware(context, logic)
  }

  private createTurnContext(activity: Partial<Activity>, parts: TurnParts): TurnContext {
    const context = new TurnContext(this, activity)
    context.turnState.set(this.BotIdentityKey, parts.claimsIdentity)
    context.turnState.set(this.ConnectorClientKey, parts.connectorClient)
    context.turnState.set(this.UserTokenClientKey, parts.userTokenClient)
    context.turnState.set(BotCallbackHandlerKey, parts.logic)
    context.turnState.set(this.ConnectorFactoryKey, parts.connectorFactory)
    context.turnState.set(this.OAuthScopeKey, parts.oAuthScope)
    return context
  }

  private async sendOne(context: TurnContext, activity: Partial<Activity>): Promise<ResourceResponse> {
    // The channel names what it is sent.
    delete activity.id
    const response = await this.deliver(context, activity)
    return response ?? { id: activity.id ?? '' }
  }

  private async deliver(context: TurnContext, activity: Partial<Activity>): Promise<ResourceResponse | undefined> {
    switch (activity.type as string) {
      case 'delay':
        await sleep(typeof activity.value === 'number' ? activity.value : DEFAULT_DELAY_MS)
        return undefined
      case ActivityTypes.InvokeResponse:
        context.turnState.set(INVOKE_RESPONSE_KEY, activity)
        return undefined
      case ActivityTypes.Trace:
        if (activity.channelId !== Channels.Emulator) return undefined
    }
    const { conversations } = this.clientOf(context)
    const conversationId = activity.conversation?.id ?? ''
    return activity.replyToId
      ? conversations.replyToActivity(conversationId, activity.replyToId, activity)
      : conversations.sendToConversation(conversationId, activity)
  }

  private clientOf(context: TurnContext): ConnectorClient {
    const client = context.turnState.get<ConnectorClient | undefined>(this.ConnectorClientKey)
    if (!client) throw new Error('Unable to extract ConnectorClient from turn context.')
    return client
  }
}

/** What the turn of an activity answers with. Expected replies win over the response to an invoke. */
function turnResult({ activity, bufferedReplyActivities, turnState }: TurnContext): InvokeResponse | undefined {
  if (activity.deliveryMode === DeliveryModes.ExpectReplies) {
    return { status: 200, body: { activities: bufferedReplyActivities } }
  }
  if (activity.type !== ActivityTypes.Invoke) return undefined
  const response = turnState.get<Partial<Activity> | undefined>(INVOKE_RESPONSE_KEY)
  return response ? (response.value as InvokeResponse) : { status: 501 }
}

function createActivity(
  created: ConversationResourceResponse,
  channelId: string,
  serviceUrl: string,
  { isGroup, tenantId, channelData, bot }: ConversationParameters,
): Partial<Activity> {
  const conversation = {
    id: created.id,
    ...(isGroup === undefined ? {} : { isGroup }),
    ...(tenantId ? { tenantId } : {}),
  }
  return {
    type: ActivityTypes.Event,
    name: ActivityEventNames.CreateConversation,
    channelId,
    serviceUrl,
    id: created.id ?? randomUUID(),
    conversation: conversation as Activity['conversation'],
    ...(channelData === undefined ? {} : { channelData: channelData as unknown }),
    recipient: bot,
  }
}

function requireParameter(name: string, value: unknown): void {
  if (!value) throw new TypeError(`\`${name}\` parameter required`)
}
