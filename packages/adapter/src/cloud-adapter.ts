import { anonymousTokenSource, createClientSecretTokenSource, createInboundAuthenticator } from '@parley/auth'
import type { Cloud, VerifiedIdentity } from '@parley/auth'
import { ConnectorFactory } from '@parley/connector'
import type { ConnectorClient, UserTokenServiceClient } from '@parley/connector'
import {
  ActivityTypes,
  BotAdapter,
  BotCallbackHandlerKey,
  ClaimsIdentity,
  ParleyError,
  TurnContext,
} from '@parley/core'
import type {
  Activity,
  ConversationParameters,
  ConversationReference,
  Logger,
  ResourceResponse,
  TokenSource,
  TurnLogic,
} from '@parley/core'
import { endTurn, toError } from '@parley/core/internal'
import { ActivityRoad } from './activity-road.ts'
import type { RoadTurn } from './activity-road.ts'
import type { AdapterMetrics } from './adapter-counters.ts'
import { optionsFromEnv } from './from-env.ts'
import type { Environment } from './from-env.ts'
import { fromNodeRequest, writeNodeAnswer } from './hosts/node-messages.ts'
import type { NodeRequest, NodeResponse } from './hosts/node-messages.ts'
import type { Answer, InboundRequest } from './http/inbound-request.ts'
import { resolveOptions } from './options.ts'
import type { CloudAdapterOptions } from './options.ts'
import { continuationActivity, creationActivity } from './proactive.ts'
import { answerTurn } from './stages/answer-turn.ts'
import { reply } from './stages/reply.ts'
import type { SendJournal } from './stages/send-journal.ts'
import { codeOf } from './turn-log.ts'

/** Key in `turnState` of what the runs of a turn have sent. */
const SEND_JOURNAL = Symbol('SendJournal')

/** A context was used with an adapter that did not make it. */
export class ConnectorMissingError extends ParleyError {
  static readonly code = 'ADAPTER_CONNECTOR_MISSING'
  readonly code: string = ConnectorMissingError.code

  constructor(options?: ErrorOptions) {
    super('Unable to extract ConnectorClient from turn context.', options)
  }
}

/**
 * Joins a bot to the channels of the Bot Framework over HTTP. One per bot; give {@link CloudAdapter.process}, or a host's
 * handler such as `createRestifyHandler`, every request to `/api/messages`.
 *
 * A turn that fails is logged and answered with 500, so that the channel delivers again; set `onTurnError` to tell the person
 * instead.
 */
export class CloudAdapter extends BotAdapter {
  /** Key in `turnState` of the factory of connector clients. */
  readonly ConnectorFactoryKey: symbol = Symbol('ConnectorFactory')
  /** Key in `turnState` of the client of the user token service, a `UserTokenClient`. */
  readonly UserTokenClientKey: symbol = Symbol('UserTokenClient')
  /** The bot's id, when it has one. */
  readonly appId: string | undefined
  private readonly cloud: Cloud
  private readonly logger: Logger
  private readonly connectors: ConnectorFactory
  private readonly userTokens: UserTokenServiceClient | undefined
  private readonly road: ActivityRoad

  /** @throws {@link AdapterOptionsError} `ADAPTER_OPTIONS_INVALID`: options that cannot work together. */
  constructor(options: CloudAdapterOptions = {}) {
    super()
    const { appId, cloud, logger, maxBodyBytes, acknowledgeAfterMs } = resolveOptions(options)
    this.appId = appId
    this.cloud = cloud
    this.logger = logger
    const anonymous = { allowAnonymous: appId === undefined }
    this.road = new ActivityRoad({
      ...options,
      logger,
      maxBodyBytes,
      acknowledgeAfterMs,
      servesOnlyThisMachine: appId === undefined && !options.allowAnonymous,
      authenticator: createInboundAuthenticator({ ...options, appId, cloud, logger, ...anonymous }),
    })
    const tokens = options.tokens ?? createTokens(options, cloud, logger)
    this.connectors = new ConnectorFactory({ tokens, allowLoopback: cloud.allowLoopback, logger })
    this.userTokens = createUserTokens(this.connectors, { cloud, appId, logger })
  }

  /**
   * An adapter configured by environment variables under SDK v4's names; see {@link optionsFromEnv}.
   *
   * @param overrides - Options that win over the environment.
   * @throws {@link AdapterOptionsError} `ADAPTER_OPTIONS_INVALID`.
   */
  static fromEnv(overrides: CloudAdapterOptions = {}, env: Environment = process.env): CloudAdapter {
    return new CloudAdapter(optionsFromEnv(env, overrides))
  }

  /** Answers a request of `node:http` or of a framework built on it. Never rejects and never throws. */
  async process(request: NodeRequest, response: NodeResponse, logic: TurnLogic): Promise<void> {
    try {
      writeNodeAnswer(response, await this.handle(fromNodeRequest(request), logic))
    } catch (error) {
      this.logger.error({ ev: 'answer.failed', err: toError(error) }, 'Could not write an answer.')
    }
  }

  /**
   * The road of an activity, from any host. Always answers.
   *
   * @param logic - The bot.
   */
  handle(request: InboundRequest, logic: TurnLogic): Promise<Answer> {
    return this.road.handle(request, (sender, activity, journal) => this.turnOf(sender, activity, logic, journal))
  }

  /** Sends activities in order; each waits for the one before it. */
  override async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const client = this.clientOf(context)
    if (context.hasEnded) this.road.turnLog.sentLate()
    const responses: ResourceResponse[] = []
    try {
      for (const activity of activities) {
        responses.push(await reply(context, client, activity, journalOf(context)))
      }
    } catch (error) {
      this.road.turnLog.notSent(context.activity, toError(error))
      throw error
    }
    return responses
  }

  override async updateActivity(context: TurnContext, activity: Partial<Activity>): Promise<ResourceResponse | void> {
    const { conversations } = this.clientOf(context)
    const { serviceUrl: _serviceUrl, ...sent } = activity
    const response = await conversations.updateActivity(sent.conversation?.id ?? '', sent.id ?? '', sent)
    return response ?? { id: sent.id ?? '' }
  }

  override async deleteActivity(context: TurnContext, reference: Partial<ConversationReference>): Promise<void> {
    const { conversations } = this.clientOf(context)
    await conversations.deleteActivity(reference.conversation?.id ?? '', reference.activityId ?? '')
  }

  /** Runs a turn in a conversation known from before, as this bot. */
  override continueConversation(reference: Partial<ConversationReference>, logic: TurnLogic): Promise<void> {
    return this.continueConversationAsync(this.appId ?? '', reference, logic)
  }

  /**
   * Runs a turn in a conversation known from before, now or after a restart, in order with the other turns of that
   * conversation. Called inside a turn it runs at once, as a part of that turn.
   *
   * @param botAppIdOrIdentity - The bot's own id, or the identity of an earlier turn.
   * @param reference - From `TurnContext.getConversationReference`; may have been stored as JSON.
   * @param logicOrAudience - The bot logic, or whom tokens are for (default the channel) followed by the logic.
   * @throws {@link ReferenceIncompleteError} `ADAPTER_REFERENCE_INCOMPLETE`.
   * @throws {@link ServiceUrlUntrustedError} `ADAPTER_SERVICE_URL_UNTRUSTED`: see `trustedServiceUrls`.
   */
  override async continueConversationAsync(
    botAppIdOrIdentity: string | ClaimsIdentity,
    reference: Partial<ConversationReference>,
    logicOrAudience: TurnLogic | string,
    maybeLogic?: TurnLogic,
  ): Promise<void> {
    const [audience, logic] =
      typeof logicOrAudience === 'string' ? [logicOrAudience, maybeLogic!] : [undefined, logicOrAudience]
    const activity = continuationActivity(reference)
    this.road.trusted.check(activity.serviceUrl)
    await this.runProactive(this.identityOf(botAppIdOrIdentity), activity, audience, logic)
  }

  /**
   * Creates a conversation and runs a turn in it, whose activity is the event `CreateConversation`.
   *
   * @param audience - Whom tokens are for; `undefined` or empty: the channel.
   * @throws {@link ServiceUrlUntrustedError} `ADAPTER_SERVICE_URL_UNTRUSTED`: see `trustedServiceUrls`.
   */
  override async createConversationAsync(
    botAppId: string,
    channelId: string,
    serviceUrl: string,
    audience: string | undefined,
    parameters: Partial<ConversationParameters>,
    logic: TurnLogic,
  ): Promise<void> {
    this.road.trusted.check(serviceUrl)
    const client = this.connectors.create(serviceUrl, audience || this.cloud.outboundAudience)
    const created = await client.conversations.createConversation(parameters as ConversationParameters)
    const activity = creationActivity(channelId, serviceUrl, parameters, created)
    await this.runProactive(this.identityOf(botAppId), activity, audience, logic)
  }

  /** What passed through this adapter since it was made. */
  metrics(): AdapterMetrics {
    return this.road.metrics()
  }

  /**
   * Takes no more turns (they are answered with 503, for another host to take) and waits for those that are running.
   *
   * @param options - `timeoutMs`: how long to wait; default 10 000.
   */
  async close(options?: { readonly timeoutMs?: number }): Promise<void> {
    await this.road.close(options)
    this.connectors.close()
  }

  protected override reportTurnError(context: TurnContext, error: Error): void {
    journalOf(context)?.turnThrew()
    this.road.turnLog.threw(context.activity, error)
  }

  /** Stages 6 to 8. */
  private turnOf(
    identity: VerifiedIdentity,
    activity: Activity,
    logic: TurnLogic,
    journal: SendJournal | undefined,
  ): RoadTurn {
    const context = this.createContext(identity, activity, audienceOf(identity), logic)
    if (journal) context.turnState.set(SEND_JOURNAL, journal)
    return {
      acknowledged: () => this.showTyping(context),
      run: async () => {
        await this.runTurn(context, logic)
        return answerTurn(context)
      },
    }
  }

  private async runTurn(context: TurnContext, logic: TurnLogic): Promise<void> {
    try {
      await this.runMiddleware(context, logic)
    } finally {
      endTurn(context)
    }
  }

  private async runProactive(
    identity: ClaimsIdentity,
    activity: Activity,
    audience: string | undefined,
    logic: TurnLogic,
  ): Promise<void> {
    const context = this.createContext(identity, activity, audience, logic)
    await this.road.runProactive(activity, () => this.runTurn(context, logic))
  }

  private createContext(
    identity: ClaimsIdentity,
    activity: Activity,
    audience: string | undefined,
    logic: TurnLogic,
  ): TurnContext {
    const context = new TurnContext(this, activity)
    const scope = audience || this.cloud.outboundAudience
    context.turnState.set(this.BotIdentityKey, identity)
    context.turnState.set(this.OAuthScopeKey, scope)
    context.turnState.set(this.ConnectorFactoryKey, this.connectors)
    context.turnState.set(this.ConnectorClientKey, this.connectors.create(activity.serviceUrl, scope))
    if (this.userTokens) context.turnState.set(this.UserTokenClientKey, this.userTokens)
    context.turnState.set(BotCallbackHandlerKey, logic)
    return context
  }

  private clientOf(context: TurnContext): ConnectorClient {
    const client = context.turnState.get<ConnectorClient | undefined>(this.ConnectorClientKey)
    if (!client) throw new ConnectorMissingError()
    return client
  }

  private identityOf(botAppIdOrIdentity: string | ClaimsIdentity | undefined): ClaimsIdentity {
    if (botAppIdOrIdentity instanceof ClaimsIdentity) return botAppIdOrIdentity
    const appId = botAppIdOrIdentity || this.appId || ''
    const claims = ['aud', 'appid'].map((type) => ({ type, value: appId }))
    return new ClaimsIdentity(claims, true)
  }

  private showTyping(context: TurnContext): void {
    if (context.activity.type !== ActivityTypes.Message) return
    context.sendActivity({ type: ActivityTypes.Typing }).catch((error: unknown) => {
      this.logger.debug({ ev: 'typing.failed', err: toError(error) }, 'Could not show that the bot is still working.')
    })
  }
}

/** What is sent after the turn belongs to no run of it. */
function journalOf(context: TurnContext): SendJournal | undefined {
  return context.hasEnded ? undefined : context.turnState.get<SendJournal | undefined>(SEND_JOURNAL)
}

function audienceOf(identity: VerifiedIdentity): string | undefined {
  return identity.kind === 'bot' ? identity.callerAppId : undefined
}

/** A bot whose cloud names an address that may not be called does without signing in. */
function createUserTokens(
  connectors: ConnectorFactory,
  { cloud, appId = '', logger }: { cloud: Cloud; appId: string | undefined; logger: Logger },
): UserTokenServiceClient | undefined {
  try {
    const { userTokenUrl: serviceUrl, outboundAudience: audience } = cloud
    return connectors.createUserTokenClient({ serviceUrl, audience, appId })
  } catch (error) {
    logger.warn({ ev: 'user_tokens.unavailable', code: codeOf(toError(error)) }, 'Users cannot sign in.')
    return undefined
  }
}

function createTokens(
  { appId, appPassword, tenantId }: CloudAdapterOptions,
  cloud: Cloud,
  logger: Logger,
): TokenSource {
  if (!appId || !appPassword) return anonymousTokenSource
  return createClientSecretTokenSource({ appId, secret: appPassword, tenantId, cloud, logger })
}
