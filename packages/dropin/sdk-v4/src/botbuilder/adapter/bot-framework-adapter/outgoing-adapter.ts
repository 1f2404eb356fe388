import { setTimeout as sleep } from 'node:timers/promises'
import { ActivityTypes, Channels, INVOKE_RESPONSE_KEY } from '@parley/core'
import type {
  Activity,
  ChannelAccount,
  ConversationReference,
  ConversationsResult,
  ResourceResponse,
  SignInUrlResponse,
  TokenExchangeRequest,
  TokenResponse,
  TokenStatus,
  TurnContext,
} from '@parley/core'
import { AuthenticationConstants, GovernmentConstants } from '../../../connector/auth/authentication-constants.ts'
import type { Claim, ClaimsIdentity } from '../../../connector/auth/claims-identity.ts'
import { SimpleCredentialProvider } from '../../../connector/auth/credential-provider.ts'
import { JwtTokenValidation } from '../../../connector/auth/jwt-token-validation.ts'
import { SkillValidation } from '../../../connector/auth/skill-validation.ts'
import { ConnectorClient } from '../../../connector/clients/connector-client.ts'
import { EmulatorApiClient } from '../../../connector/clients/emulator-api-client.ts'
import { TokenApiClient } from '../../../connector/clients/token-api-client.ts'
import type { AppCredentials } from '../../../connector/credentials/app-credentials.ts'
import { BotAdapter } from '../../../core/bot-adapter.ts'
import type { CoreAppCredentials, ExtendedUserTokenProvider } from '../../../core/user-token-provider.ts'
import { unsupportedStreaming } from '../../../streaming/unsupported-streaming.ts'
import { credentialsFor } from './credentials.ts'
import { missing, requireConversation, requireServiceUrl } from './requirements.ts'
import { resolveSettings } from './settings.ts'
import type { BotFrameworkAdapterSettings } from './settings.ts'
import { USER_AGENT } from './user-agent.ts'
import { UserTokens } from './user-tokens.ts'

/** How long an activity of type `delay` that does not say waits, in milliseconds. */
const DEFAULT_DELAY_MS = 1000

/** The half of `BotFrameworkAdapter` that calls others: with the bot's credentials, at connectors and at the user token service. */
export abstract class OutgoingAdapter extends BotAdapter implements ExtendedUserTokenProvider {
  /** Key in `turnState` of the client of the user token service. */
  readonly TokenApiClientCredentialsKey: symbol = Symbol('TokenApiClientCredentials')
  protected readonly settings: BotFrameworkAdapterSettings
  /** Of calls for which nothing else says whose they are. */
  protected readonly credentials: AppCredentials
  protected readonly credentialsProvider: SimpleCredentialProvider
  private isEmulatingOAuthCards = false

  constructor(settings?: Partial<BotFrameworkAdapterSettings>) {
    super()
    this.settings = resolveSettings(settings)
    this.credentials = credentialsFor(this.settings)
    this.credentialsProvider = new SimpleCredentialProvider(this.credentials.appId, this.settings.appPassword)
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

  protected getOAuthScope(_botAppId: string, claims: Claim[]): string {
    return SkillValidation.isSkillClaim(claims)
      ? (JwtTokenValidation.getAppIdFromClaims(claims) as string)
      : this.channelScope()
  }

  protected createConnectorClientInternal(serviceUrl: string, credentials: AppCredentials): ConnectorClient {
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

  protected channelScope(): string {
    return this.constants().ToChannelFromBotOAuthScope
  }

  protected isInGovernment(): boolean {
    return JwtTokenValidation.isGovernment(this.settings.channelService as string)
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

  private constants(): { readonly ToChannelFromBotOAuthScope: string; readonly OAuthUrl: string } {
    return this.isInGovernment() ? GovernmentConstants : AuthenticationConstants
  }
}
