import { ActivityRoad } from '@parley/adapter/internal'
import type { Answer, RoadTurn } from '@parley/adapter/internal'
import type { VerifiedIdentity } from '@parley/auth'
import {
  ActivityTypes,
  BotCallbackHandlerKey,
  CallerIdConstants,
  Channels,
  INVOKE_RESPONSE_KEY,
  TurnContext,
} from '@parley/core'
import type {
  Activity,
  ChannelAccount,
  ConversationParameters,
  ConversationReference,
  ConversationsResult,
  ResourceResponse,
  SignInUrlResponse,
  TokenExchangeRequest,
  TokenResponse,
  TokenStatus,
} from '@parley/core'
import { toError } from '@parley/core/internal'
import { setTimeout as sleep } from 'node:timers/promises'
import { AuthenticationConfiguration } from '../../connector/auth/authentication-configuration.ts'
import { AuthenticationConstants, GovernmentConstants } from '../../connector/auth/authentication-constants.ts'
import { ChannelValidation } from '../../connector/auth/channel-validation.ts'
import type { Claim, ClaimsIdentity } from '../../connector/auth/claims-identity.ts'
import { SimpleCredentialProvider } from '../../connector/auth/credential-provider.ts'
import { GovernmentChannelValidation } from '../../connector/auth/government-channel-validation.ts'
import { JwtTokenValidation } from '../../connector/auth/jwt-token-validation.ts'
import { SkillValidation } from '../../connector/auth/skill-validation.ts'
import { ConnectorClient } from '../../connector/clients/connector-client.ts'
import { EmulatorApiClient } from '../../connector/clients/emulator-api-client.ts'
import { TokenApiClient } from '../../connector/clients/token-api-client.ts'
import type { AppCredentials } from '../../connector/credentials/app-credentials.ts'
import { BotAdapter } from '../../core/bot-adapter.ts'
import type { CoreAppCredentials, ExtendedUserTokenProvider } from '../../core/user-token-provider.ts'
import type {
  INodeBuffer,
  INodeSocket,
  IReceiveRequest,
  RequestHandler,
  StreamingResponse,
} from '../../streaming/index.ts'
import { unsupportedStreaming } from '../../streaming/unsupported-streaming.ts'
import { AdapterAuthentication } from './bot-framework-adapter/adapter-authentication.ts'
import { continuationEvent, conversationParameters, creationEvent } from './bot-framework-adapter/conversation-parts.ts'
import { credentialsFor } from './bot-framework-adapter/credentials.ts'
import { processingError, refusalIn } from './bot-framework-adapter/processing-error.ts'
import { missing, requireConversation, requireServiceUrl } from './bot-framework-adapter/requirements.ts'
import { resolveSettings } from './bot-framework-adapter/settings.ts'
import type { BotFrameworkAdapterSettings } from './bot-framework-adapter/settings.ts'
import { setTeamsTenant } from './bot-framework-adapter/teams-tenant.ts'
import { turnAnswer } from './bot-framework-adapter/turn-answer.ts'
import { USER_AGENT } from './bot-framework-adapter/user-agent.ts'
import { UserTokens } from './bot-framework-adapter/user-tokens.ts'
import { WebExchange } from './bot-framework-adapter/web-exchange.ts'
import type { BotFrameworkHttpAdapter } from './bot-framework-http-adapter.ts'
import { consoleLogger } from './console-logger.ts'
import { writeWebAnswer } from './http-exchange.ts'
import { refuseStreaming } from './refuse-streaming.ts'
import type { Request, Response, WebRequest, WebResponse } from './web-messages.ts'

export { USER_AGENT } from './bot-framework-adapter/user-agent.ts'
export type { BotFrameworkAdapterSettings } from './bot-framework-adapter/settings.ts'

/** A bot's logic, as v4 types it. */
type Logic = (context: TurnContext) => Promise<void>
// oxlint-disable-next-line typescript/no-explicit-any -- SDK v4's signature
type AnyLogic = (context: TurnContext) => Promise<any>

const MAX_BODY_BYTES = 1024 * 1024
const ACKNOWLEDGE_AFTER_MS = 9_750
/** How long an activity of type `delay` that does not say waits, in milliseconds. */
const DEFAULT_DELAY_MS = 1000

/**
 * v4's older adapter, which has the bot's id and password itself. Requests take the same road as those of `CloudAdapter`: the
 * sender is proven before the body is read, deliveries of one activity are one turn, and the turns of a conversation run one
 * after the other.
 *
 * @deprecated `CloudAdapter` with `ConfigurationBotFrameworkAuthentication` does the same and more.
 */
export class BotFrameworkAdapter
  extends BotAdapter
  implements BotFrameworkHttpAdapter, ExtendedUserTokenProvider, RequestHandler
{
  /** Key in `turnState` of the client of the user token service. */
  readonly TokenApiClientCredentialsKey: symbol = Symbol('TokenApiClientCredentials')
  protected readonly settings: BotFrameworkAdapterSettings
  /** Of calls for which nothing else says whose they are. */
  protected readonly credentials: AppCredentials
  protected readonly credentialsProvider: SimpleCredentialProvider
  private isEmulatingOAuthCards = false
  private readonly authConfiguration: AuthenticationConfiguration
  private readonly authentication: AdapterAuthentication
  private readonly road: ActivityRoad

  /** @param settings - What is absent is read from the environment, see {@link BotFrameworkAdapterSettings}. */
  constructor(settings?: Partial<BotFrameworkAdapterSettings>) {
    super()
    this.settings = resolveSettings(settings)
    const { appId, appPassword, openIdMetadata, authConfig } = this.settings
    this.credentials = credentialsFor(this.settings)
    this.credentialsProvider = new SimpleCredentialProvider(this.credentials.appId, appPassword)
    this.authConfiguration = authConfig ?? new AuthenticationConfiguration()
    if (openIdMetadata) {
      ChannelValidation.OpenIdMetadataEndpoint = openIdMetadata
      GovernmentChannelValidation.OpenIdMetadataEndpoint = openIdMetadata
    }
    this.middleware.use(setTeamsTenant)
    this.authentication = new AdapterAuthentication({
      settings: { ...this.settings, appId },
      authConfiguration: this.authConfiguration,
      credentials: () => this.credentialsProvider,
      buildCredentials: (id, scope) => this.buildCredentials(id, scope),
      decidesItself: () => this.decidesItself(),
      authenticate: (activity, authHeader) => this.authenticateOwnWay(activity, authHeader),
    })
    this.road = new ActivityRoad({
      authenticator: this.authentication,
      logger: consoleLogger,
      servesOnlyThisMachine: () => this.authentication.servesOnlyThisMachine(),
      maxBodyBytes: MAX_BODY_BYTES,
      acknowledgeAfterMs: ACKNOWLEDGE_AFTER_MS,
    })
  }

  /** `false`: there are no streaming connections. */
  get isStreamingConnectionOpen(): boolean {
    return false
  }

  /**
   * Runs a turn in a conversation known from before; its activity is the event `ContinueConversation`.
   *
   * @param oAuthScope - Whom tokens are for: the app id of a skill's caller. Default: the channel service.
   */
  continueConversation(reference: Partial<ConversationReference>, logic: Logic): Promise<void>
  continueConversation(reference: Partial<ConversationReference>, oAuthScope: string, logic: Logic): Promise<void>
  async continueConversation(
    reference: Partial<ConversationReference>,
    oAuthScopeOrLogic: string | Logic,
    maybeLogic?: Logic,
  ): Promise<void> {
    const [scope, logic] =
      typeof oAuthScopeOrLogic === 'function' ? [undefined, oAuthScopeOrLogic] : [oAuthScopeOrLogic, maybeLogic]
    requireLogic(logic)
    const { appId } = this.credentials
    const credentials = scope && appId ? await this.buildCredentials(appId, scope) : this.credentials
    const connectorClient = this.createConnectorClientInternal(reference.serviceUrl as string, credentials)
    const activity = continuationEvent(reference)
    const context = this.createContext(activity)
    context.turnState.set(this.OAuthScopeKey, scope || this.channelScope())
    context.turnState.set(this.ConnectorClientKey, connectorClient)
    await this.runProactive(activity, context, logic)
  }

  /**
   * Creates a conversation with the user of `reference`, and runs a turn in it; its activity is the event
   * `CreateConversation`.
   *
   * @param parameters - What differs from a conversation of that user and that bot.
   */
  createConversation(reference: Partial<ConversationReference>, logic: Logic): Promise<void>
  createConversation(
    reference: Partial<ConversationReference>,
    parameters: Partial<ConversationParameters>,
    logic: Logic,
  ): Promise<void>
  async createConversation(
    reference: Partial<ConversationReference>,
    parametersOrLogic: Partial<ConversationParameters> | Logic,
    maybeLogic?: Logic,
  ): Promise<void> {
    const [given, logic] =
      typeof parametersOrLogic === 'function' ? [undefined, parametersOrLogic] : [parametersOrLogic, maybeLogic]
    requireLogic(logic)
    if (!reference.serviceUrl) throw missing('createConversation', 'missing serviceUrl.')
    const parameters = conversationParameters(reference, given)
    const { conversations } = this.createConnectorClient(reference.serviceUrl)
    const created = await conversations.createConversation(parameters)
    const activity = creationEvent(reference, parameters, created)
    await this.runProactive(activity, this.createContext(activity), logic)
  }

  async deleteActivity(context: TurnContext, reference: Partial<ConversationReference>): Promise<void> {
    const serviceUrl = requireServiceUrl('deleteActivity', reference)
    const conversationId = requireConversation('deleteActivity', reference)
    if (!reference.activityId) throw missing('deleteActivity', 'missing activityId')
    const client = this.getOrCreateConnectorClient(context, serviceUrl, this.credentials)
    await client.conversations.deleteActivity(conversationId, reference.activityId)
  }

  /** Removes a member from the turn's conversation. */
  async deleteConversationMember(context: TurnContext, memberId: string): Promise<void> {
    const { client, conversationId } = this.conversationOf('deleteConversationMember', context)
    await client.conversations.deleteConversationMember(conversationId, memberId)
  }

  /** Who has to do with an activity. Default: that of the turn. */
  async getActivityMembers(context: TurnContext, activityId?: string): Promise<ChannelAccount[]> {
    const id = activityId || context.activity.id
    const { client, conversationId } = this.conversationOf('getActivityMembers', context)
    if (!id) throw missing('getActivityMembers', 'missing both activityId and context.activity.id')
    return client.conversations.getActivityMembers(conversationId, id)
  }

  /** Who is in the turn's conversation. */
  async getConversationMembers(context: TurnContext): Promise<ChannelAccount[]> {
    const { client, conversationId } = this.conversationOf('getConversationMembers', context)
    return client.conversations.getConversationMembers(conversationId)
  }

  /** A page of the conversations of a service. */
  async getConversations(
    contextOrServiceUrl: TurnContext | string,
    continuationToken?: string,
  ): Promise<ConversationsResult> {
    const client =
      typeof contextOrServiceUrl === 'string'
        ? this.createConnectorClient(contextOrServiceUrl)
        : this.getOrCreateConnectorClient(
            contextOrServiceUrl,
            contextOrServiceUrl.activity.serviceUrl,
            this.credentials,
          )
    return client.conversations.getConversations(continuationToken ? { continuationToken } : undefined)
  }

  /** @returns `undefined` while the user has not signed in. */
  async getUserToken(
    context: TurnContext,
    connectionName: string,
    magicCode?: string,
    oAuthAppCredentials?: CoreAppCredentials,
  ): Promise<TokenResponse> {
    return this.userTokens(context, oAuthAppCredentials).getUserToken(connectionName, magicCode)
  }

  async signOutUser(
    context: TurnContext,
    connectionName?: string,
    userId?: string,
    oAuthAppCredentials?: CoreAppCredentials,
  ): Promise<void> {
    return this.userTokens(context, oAuthAppCredentials).signOutUser(connectionName, userId)
  }

  async getSignInLink(
    context: TurnContext,
    connectionName: string,
    oAuthAppCredentials?: CoreAppCredentials,
    userId?: string,
    finalRedirect?: string,
  ): Promise<string> {
    return this.userTokens(context, oAuthAppCredentials).getSignInLink(connectionName, userId, finalRedirect)
  }

  async getTokenStatus(
    context: TurnContext,
    userId?: string,
    includeFilter?: string,
    oAuthAppCredentials?: CoreAppCredentials,
  ): Promise<TokenStatus[]> {
    return this.userTokens(context, oAuthAppCredentials).getTokenStatus(userId, includeFilter)
  }

  async getAadTokens(
    context: TurnContext,
    connectionName: string,
    resourceUrls: string[],
    oAuthAppCredentials?: CoreAppCredentials,
  ): Promise<{ [propertyName: string]: TokenResponse }> {
    return this.userTokens(context, oAuthAppCredentials).getAadTokens(connectionName, resourceUrls)
  }

  async getSignInResource(
    context: TurnContext,
    connectionName: string,
    userId?: string,
    finalRedirect?: string,
    appCredentials?: CoreAppCredentials,
  ): Promise<SignInUrlResponse> {
    return this.userTokens(context, appCredentials).getSignInResource(connectionName, userId, finalRedirect)
  }

  async exchangeToken(
    context: TurnContext,
    connectionName: string,
    userId: string,
    tokenExchangeRequest: TokenExchangeRequest,
    appCredentials?: CoreAppCredentials,
  ): Promise<TokenResponse> {
    return this.userTokens(context, appCredentials).exchangeToken(connectionName, userId, tokenExchangeRequest)
  }

  /** Has the Emulator play OAuth cards, or stop it. */
  async emulateOAuthCards(contextOrServiceUrl: TurnContext | string, emulate: boolean): Promise<void> {
    this.isEmulatingOAuthCards = emulate
    await EmulatorApiClient.emulateOAuthCards(this.credentials, this.oauthApiUrl(contextOrServiceUrl), emulate)
  }

  /**
   * Answers a request to `/api/messages`.
   *
   * @throws Error After an answer of 400 and more, with the status and the stack of what went wrong. Who does not wait for it
   *   is not punished: it is logged, too.
   */
  processActivity(req: WebRequest, res: WebResponse, logic: AnyLogic): Promise<void> {
    const answered = this.answer(new WebExchange(req), res, logic)
    // v4 takes the process of those down who do not wait.
    answered.catch(() => {})
    return answered
  }

  /**
   * Runs the turn of an activity that came some other way, and was proven by whoever took it.
   *
   * @throws Error What the turn threw, as text.
   */
  async processActivityDirect(activity: Activity, logic: AnyLogic): Promise<void> {
    try {
      const context = this.createContext(activity)
      context.turnState.set(BotCallbackHandlerKey, logic)
      await this.runMiddleware(context, logic)
    } catch (error) {
      const { stack } = toError(error)
      throw new Error(`BotFrameworkAdapter.processActivityDirect(): ERROR\n ${stack}`, { cause: error })
    }
  }

  /** Sends activities in order; each waits for the one before it. */
  async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const responses: ResourceResponse[] = []
    for (const activity of activities) responses.push(await this.sendOne(context, activity))
    return responses
  }

  async updateActivity(context: TurnContext, activity: Partial<Activity>): Promise<ResourceResponse | void> {
    const serviceUrl = requireServiceUrl('updateActivity', activity)
    const conversationId = requireConversation('updateActivity', activity)
    if (!activity.id) throw missing('updateActivity', 'missing activity.id')
    const client = this.getOrCreateConnectorClient(context, serviceUrl, this.credentials)
    return client.conversations.updateActivity(conversationId, activity.id, activity)
  }

  /** Makes a client with the adapter's own credentials. */
  createConnectorClient(serviceUrl: string): ConnectorClient {
    return this.createConnectorClientInternal(serviceUrl, this.credentials)
  }

  /**
   * Makes the client for answering a sender.
   *
   * @param audience - Whom tokens are for. Default: the other bot, where the sender is one, else the channel service.
   */
  createConnectorClientWithIdentity(serviceUrl: string, identity: ClaimsIdentity): Promise<ConnectorClient>
  createConnectorClientWithIdentity(
    serviceUrl: string,
    identity: ClaimsIdentity,
    audience: string,
  ): Promise<ConnectorClient>
  async createConnectorClientWithIdentity(
    serviceUrl: string,
    identity: ClaimsIdentity,
    audience?: string,
  ): Promise<ConnectorClient> {
    if (!identity) throw missing('createConnectorClientWithIdentity', 'invalid identity parameter.')
    const appId =
      identity.getClaimValue(AuthenticationConstants.AudienceClaim) ??
      identity.getClaimValue(AuthenticationConstants.AppIdClaim)
    const scope = audience?.trim() || this.getOAuthScope(appId as string, identity.claims)
    return this.createConnectorClientInternal(serviceUrl, await this.buildCredentials(appId as string, scope))
  }

  /** @throws UnsupportedError `DROPIN_UNSUPPORTED`: streaming connections. */
  async processRequest(_request: IReceiveRequest): Promise<StreamingResponse> {
    throw unsupportedStreaming('BotFrameworkAdapter.processRequest')
  }

  /** {@link BotFrameworkAdapter.processActivity}, under the name that `CloudAdapter` has for it. */
  process(req: Request, res: Response, logic: Logic): Promise<void>
  /** @throws UnsupportedError `DROPIN_UNSUPPORTED`: streaming connections. */
  process(req: Request, socket: INodeSocket, head: INodeBuffer, logic: Logic): Promise<void>
  process(
    req: Request,
    resOrSocket: Response | INodeSocket,
    logicOrHead: Logic | INodeBuffer,
    maybeLogic?: Logic,
  ): Promise<void> {
    return maybeLogic === undefined
      ? this.processActivity(req, resOrSocket as Response, logicOrHead as Logic)
      : this.useWebSocket(req, resOrSocket as INodeSocket, logicOrHead as INodeBuffer, maybeLogic)
  }

  /** @throws UnsupportedError `DROPIN_UNSUPPORTED`: streaming connections. */
  async useNamedPipe(logic: AnyLogic, _pipeName?: string, _retryCount?: number, _onListen?: () => void): Promise<void> {
    if (!logic) throw new Error('Bot logic needs to be provided to `useNamedPipe`')
    throw unsupportedStreaming('BotFrameworkAdapter.useNamedPipe')
  }

  /** @throws UnsupportedError `DROPIN_UNSUPPORTED`: streaming connections. */
  async useWebSocket(_req: WebRequest, socket: INodeSocket, _head: INodeBuffer, logic: AnyLogic): Promise<void> {
    if (!logic) throw new Error('Streaming logic needs to be provided to `useWebSocket`')
    refuseStreaming('BotFrameworkAdapter.useWebSocket', socket)
  }

  /** Takes no more requests, which are answered with 503, and waits for the turns that are running. */
  close(options?: { readonly timeoutMs?: number }): Promise<void> {
    return this.road.close(options)
  }

  /**
   * Makes credentials of the bot.
   *
   * @param oAuthScope - Whom tokens are for. Default: the channel service.
   */
  protected async buildCredentials(appId: string, oAuthScope?: string): Promise<AppCredentials> {
    const appPassword = (await this.credentialsProvider.getAppPassword(appId)) as string
    return credentialsFor({ ...this.settings, appId, appPassword }, oAuthScope)
  }

  /** Makes a client of the user token service. */
  protected createTokenApiClient(serviceUrl: string, oAuthAppCredentials?: CoreAppCredentials): TokenApiClient {
    const credentials = (oAuthAppCredentials as AppCredentials | undefined) ?? this.credentials
    return new TokenApiClient(credentials, { baseUri: serviceUrl, userAgent: USER_AGENT })
  }

  /**
   * Proves who sent an activity. An override may refuse more; what v4 itself asks is asked besides.
   *
   * @throws AuthenticationError 401
   */
  protected async authenticateRequest(request: Partial<Activity>, authHeader: string): Promise<void> {
    await this.authenticateRequestInternal(request, authHeader)
  }

  /** Address of the user token service: the Emulator, while it plays it. */
  protected oauthApiUrl(contextOrServiceUrl: TurnContext | string): string {
    if (this.isEmulatingOAuthCards) {
      return typeof contextOrServiceUrl === 'string' ? contextOrServiceUrl : contextOrServiceUrl.activity.serviceUrl
    }
    return this.settings.oAuthEndpoint || this.constants().OAuthUrl
  }

  /** Has the Emulator play the user token service for bots without an app id. */
  protected checkEmulatingOAuthCards(context: TurnContext): void {
    if (context.activity.channelId === Channels.Emulator && !this.credentials.appId) this.isEmulatingOAuthCards = true
  }

  /** Makes the context of a turn. */
  protected createContext(request: Partial<Activity>): TurnContext {
    return new TurnContext(this, request)
  }

  /** Who sent an activity. v4 has it under this name; some bots replace it in their tests. */
  private authenticateRequestInternal(request: Partial<Activity>, authHeader: string): Promise<ClaimsIdentity> {
    const { channelService } = this.settings
    const { credentialsProvider, authConfiguration } = this
    return JwtTokenValidation.authenticateRequest(
      request,
      authHeader,
      credentialsProvider,
      channelService as string,
      authConfiguration,
    )
  }

  private async authenticateOwnWay(activity: Activity, authHeader: string): Promise<ClaimsIdentity> {
    if (this.isOverridden('authenticateRequest')) await this.authenticateRequest(activity, authHeader)
    return this.authenticateRequestInternal(activity, authHeader)
  }

  private decidesItself(): boolean {
    return this.isOverridden('authenticateRequest') || this.isOverridden('authenticateRequestInternal')
  }

  private isOverridden(name: 'authenticateRequest' | 'authenticateRequestInternal'): boolean {
    return this[name] !== BotFrameworkAdapter.prototype[name]
  }

  private async generateCallerId({ claims }: ClaimsIdentity): Promise<string | undefined> {
    if (await this.credentialsProvider.isAuthenticationDisabled()) return undefined
    if (SkillValidation.isSkillClaim(claims)) {
      return `${CallerIdConstants.BotToBotPrefix}${JwtTokenValidation.getAppIdFromClaims(claims)}`
    }
    const { USGovChannel, PublicAzureChannel } = CallerIdConstants
    return this.isInGovernment() ? USGovChannel : PublicAzureChannel
  }

  private getOAuthScope(_botAppId: string, claims: Claim[]): string {
    return SkillValidation.isSkillClaim(claims)
      ? (JwtTokenValidation.getAppIdFromClaims(claims) as string)
      : this.channelScope()
  }

  private createConnectorClientInternal(serviceUrl: string, credentials: AppCredentials): ConnectorClient {
    if (serviceUrl && !/^https?:/i.test(serviceUrl)) throw unsupportedStreaming(`A reply to ${serviceUrl}`)
    const { clientOptions = {} } = this.settings
    const { userAgent: own } = clientOptions
    const userAgent = typeof own === 'function' ? own(USER_AGENT) : [USER_AGENT, own].filter(Boolean).join(' ')
    return new ConnectorClient(credentials, { ...clientOptions, baseUri: serviceUrl, userAgent })
  }

  /** That of the turn, when it is for the same service. */
  private getOrCreateConnectorClient(
    context: TurnContext,
    serviceUrl: string,
    credentials: AppCredentials,
  ): ConnectorClient {
    if (!context?.turnState) throw new Error('invalid context parameter')
    if (!serviceUrl) throw new Error('invalid serviceUrl')
    const client = context.turnState.get<ConnectorClient | undefined>(this.ConnectorClientKey)
    return client?.baseUri === serviceUrl ? client : this.createConnectorClientInternal(serviceUrl, credentials)
  }

  private conversationOf(
    method: string,
    context: TurnContext,
  ): { readonly client: ConnectorClient; readonly conversationId: string } {
    const serviceUrl = requireServiceUrl(method, context.activity)
    const conversationId = requireConversation(method, context.activity)
    return { client: this.getOrCreateConnectorClient(context, serviceUrl, this.credentials), conversationId }
  }

  private userTokens(context: TurnContext, given: CoreAppCredentials | undefined): UserTokens {
    return new UserTokens(context.activity, () => {
      this.checkEmulatingOAuthCards(context)
      const client = this.createTokenApiClient(this.oauthApiUrl(context), given)
      context.turnState.set(this.TokenApiClientCredentialsKey, client)
      const appId = (given as AppCredentials | undefined)?.appId || this.credentials.appId
      return { client, appId }
    })
  }

  private async sendOne(context: TurnContext, activity: Partial<Activity>): Promise<ResourceResponse> {
    switch (activity.type as string) {
      case 'delay':
        await sleep(typeof activity.value === 'number' ? activity.value : DEFAULT_DELAY_MS)
        return {} as ResourceResponse
      case ActivityTypes.InvokeResponse:
        context.turnState.set(INVOKE_RESPONSE_KEY, activity)
        return {} as ResourceResponse
    }
    const { serviceUrl, conversation, replyToId } = activity
    if (!serviceUrl) throw missing('sendActivity', 'missing serviceUrl.')
    if (!conversation?.id) throw missing('sendActivity', 'missing conversation id.')
    if (activity.type === ActivityTypes.Trace && activity.channelId !== Channels.Emulator) return {} as ResourceResponse
    const { conversations } = this.getOrCreateConnectorClient(context, serviceUrl, this.credentials)
    return replyToId
      ? conversations.replyToActivity(conversation.id, replyToId, activity)
      : conversations.sendToConversation(conversation.id, activity)
  }

  private async answer(exchange: WebExchange, res: WebResponse, logic: Logic): Promise<void> {
    const answer = await this.road.handle(exchange.inbound, (sender, activity) =>
      this.turnOf(exchange, { sender, activity, logic }),
    )
    await writeWebAnswer(res as Response, answer)
    if (answer.status >= 400) throw processingError(answer.status, this.reasonOf(exchange, answer))
  }

  private reasonOf(exchange: WebExchange, answer: Answer): unknown {
    return (
      exchange.turnError ??
      this.authentication.reasonFor(exchange.rawHeaders) ??
      (answer.status === 400 ? exchange.bodyError() : undefined) ??
      refusalIn(answer)
    )
  }

  private turnOf(
    exchange: WebExchange,
    { sender, activity, logic }: { sender: VerifiedIdentity; activity: Activity; logic: Logic },
  ): RoadTurn {
    return {
      acknowledged: () => {},
      run: async () => {
        try {
          return await this.runTurn(await this.authentication.identityOf(sender, activity), activity, logic)
        } catch (error) {
          exchange.turnError = error
          throw error
        }
      },
    }
  }

  private async runTurn(identity: ClaimsIdentity, activity: Activity, logic: Logic): Promise<Answer> {
    // What the wire says of the caller is not proven.
    activity.callerId = (await this.generateCallerId(identity)) as string
    const context = this.createContext(activity)
    context.turnState.set(this.BotIdentityKey, identity)
    const client = await this.createConnectorClientWithIdentity(activity.serviceUrl, identity)
    const { oAuthScope } = client.credentials as AppCredentials
    context.turnState.set(this.ConnectorClientKey, client)
    context.turnState.set(this.OAuthScopeKey, oAuthScope)
    context.turnState.set(BotCallbackHandlerKey, logic)
    await this.runMiddleware(context, logic)
    return turnAnswer(context)
  }

  /** In order with the other turns of the conversation. */
  private async runProactive(activity: Partial<Activity>, context: TurnContext, logic: Logic): Promise<void> {
    await this.road.runProactive(activity as Activity, () => this.runMiddleware(context, logic))
  }

  private channelScope(): string {
    return this.constants().ToChannelFromBotOAuthScope
  }

  private constants(): { readonly ToChannelFromBotOAuthScope: string; readonly OAuthUrl: string } {
    return this.isInGovernment() ? GovernmentConstants : AuthenticationConstants
  }

  private isInGovernment(): boolean {
    return JwtTokenValidation.isGovernment(this.settings.channelService as string)
  }
}

function requireLogic(logic: Logic | undefined): asserts logic is Logic {
  if (typeof logic !== 'function') throw new TypeError('`logic` must be a function')
}
