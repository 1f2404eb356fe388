import type { Answer } from '@parley/adapter/internal'
import { BotCallbackHandlerKey, CallerIdConstants, TurnContext } from '@parley/core'
import type { Activity, ConversationParameters, ConversationReference } from '@parley/core'
import { toError } from '@parley/core/internal'
import { AuthenticationConfiguration } from '../../connector/auth/authentication-configuration.ts'
import { ChannelValidation } from '../../connector/auth/channel-validation.ts'
import type { ClaimsIdentity } from '../../connector/auth/claims-identity.ts'
import { GovernmentChannelValidation } from '../../connector/auth/government-channel-validation.ts'
import { JwtTokenValidation } from '../../connector/auth/jwt-token-validation.ts'
import { SkillValidation } from '../../connector/auth/skill-validation.ts'
import type { AppCredentials } from '../../connector/credentials/app-credentials.ts'
import type {
  INodeBuffer,
  INodeSocket,
  IReceiveRequest,
  RequestHandler,
  StreamingResponse,
} from '../../streaming/index.ts'
import { unsupportedStreaming } from '../../streaming/unsupported-streaming.ts'
import { continuationEvent, conversationParameters, creationEvent } from './bot-framework-adapter/conversation-parts.ts'
import { OutgoingAdapter } from './bot-framework-adapter/outgoing-adapter.ts'
import { missing } from './bot-framework-adapter/requirements.ts'
import type { BotFrameworkAdapterSettings } from './bot-framework-adapter/settings.ts'
import { setTeamsTenant } from './bot-framework-adapter/teams-tenant.ts'
import { turnAnswer } from './bot-framework-adapter/turn-answer.ts'
import { WebRoad } from './bot-framework-adapter/web-road.ts'
import type { BotFrameworkHttpAdapter } from './bot-framework-http-adapter.ts'
import { refuseStreaming } from './refuse-streaming.ts'
import type { Request, Response, WebRequest, WebResponse } from './web-messages.ts'

export { USER_AGENT } from './bot-framework-adapter/user-agent.ts'
export type { BotFrameworkAdapterSettings } from './bot-framework-adapter/settings.ts'

/** A bot's logic, as v4 types it. */
type Logic = (context: TurnContext) => Promise<void>
// oxlint-disable-next-line typescript/no-explicit-any -- SDK v4's signature
type AnyLogic = (context: TurnContext) => Promise<any>

/**
 * v4's older adapter, which has the bot's id and password itself. Requests take the same road as those of `CloudAdapter`: the
 * sender is proven before the body is read, deliveries of one activity are one turn, and the turns of a conversation run one
 * after the other.
 *
 * @deprecated `CloudAdapter` with `ConfigurationBotFrameworkAuthentication` does the same and more.
 */
export class BotFrameworkAdapter extends OutgoingAdapter implements BotFrameworkHttpAdapter, RequestHandler {
  private readonly authConfiguration: AuthenticationConfiguration
  private readonly road: WebRoad

  /** @param settings - What is absent is read from the environment, see {@link BotFrameworkAdapterSettings}. */
  constructor(settings?: Partial<BotFrameworkAdapterSettings>) {
    super(settings)
    const { openIdMetadata, authConfig } = this.settings
    this.authConfiguration = authConfig ?? new AuthenticationConfiguration()
    if (openIdMetadata) {
      ChannelValidation.OpenIdMetadataEndpoint = openIdMetadata
      GovernmentChannelValidation.OpenIdMetadataEndpoint = openIdMetadata
    }
    this.middleware.use(setTeamsTenant)
    this.road = new WebRoad({
      settings: this.settings,
      authConfiguration: this.authConfiguration,
      credentials: () => this.credentialsProvider,
      buildCredentials: (appId, scope) => this.buildCredentials(appId, scope),
      decidesItself: () => this.decidesItself(),
      authenticate: (activity, authHeader) => this.authenticateOwnWay(activity, authHeader),
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

  /**
   * Answers a request to `/api/messages`.
   *
   * @throws Error After an answer of 400 and more, with the status and the stack of what went wrong. Who does not wait for it
   *   is not punished: it is logged, too.
   */
  processActivity(req: WebRequest, res: WebResponse, logic: AnyLogic): Promise<void> {
    const answered = this.road.answer(req, res, (sender, activity) => this.runTurn(sender, activity, logic))
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
   * Proves who sent an activity. An override may refuse more; what v4 itself asks is asked besides.
   *
   * @throws AuthenticationError 401
   */
  protected async authenticateRequest(request: Partial<Activity>, authHeader: string): Promise<void> {
    await this.authenticateRequestInternal(request, authHeader)
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
    await this.road.runProactive(activity, () => this.runMiddleware(context, logic))
  }
}

function requireLogic(logic: Logic | undefined): asserts logic is Logic {
  if (typeof logic !== 'function') throw new TypeError('`logic` must be a function')
}
