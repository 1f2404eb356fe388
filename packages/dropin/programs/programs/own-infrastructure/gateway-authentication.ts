import {
  AuthenticateRequestResult,
  AuthenticationError,
  BotFrameworkAuthentication,
  BotFrameworkClient,
  ClaimsIdentity,
  ConnectorClient,
  ConnectorFactory,
  MicrosoftAppCredentials,
  UserTokenClient,
} from 'botframework-connector'
import {
  Activity,
  SignInUrlResponse,
  StatusCodes,
  TokenExchangeRequest,
  TokenResponse,
  TokenStatus,
} from 'botframework-schema'

class GatewayConnectorFactory extends ConnectorFactory {
  constructor(private readonly tag: string) {
    super()
  }

  async create(serviceUrl: string, _audience?: string): Promise<ConnectorClient> {
    return new ConnectorClient(MicrosoftAppCredentials.Empty, {
      baseUri: serviceUrl,
      userAgent: this.tag,
    })
  }
}

/** Tokens in a map of its own. */
class MemoryTokenClient extends UserTokenClient {
  constructor(private readonly tokens: Map<string, string>) {
    super()
  }

  async getUserToken(
    userId: string,
    connectionName: string,
    channelId: string,
    _magicCode: string,
  ): Promise<TokenResponse> {
    const token = this.tokens.get(`${userId}/${connectionName}`) ?? ''
    return { channelId, connectionName, token, expiration: '' }
  }

  async getSignInResource(
    connectionName: string,
    _activity: Activity,
    _finalRedirect: string,
  ): Promise<SignInUrlResponse> {
    return { signInLink: `https://example.com/${connectionName}` } as SignInUrlResponse
  }

  async signOutUser(userId: string, connectionName: string, _channelId: string): Promise<void> {
    this.tokens.delete(`${userId}/${connectionName}`)
  }

  async getTokenStatus(): Promise<TokenStatus[]> {
    return []
  }

  async getAadTokens(): Promise<Record<string, TokenResponse>> {
    return {}
  }

  async exchangeToken(
    userId: string,
    connectionName: string,
    channelId: string,
    exchangeRequest: TokenExchangeRequest,
  ): Promise<TokenResponse> {
    this.tokens.set(`${userId}/${connectionName}`, `for ${exchangeRequest.token}`)
    return this.getUserToken(userId, connectionName, channelId, '')
  }
}

/** A gateway in front of the bot checked who calls; it vouches with a secret header. */
export class GatewayAuthentication extends BotFrameworkAuthentication {
  private readonly tokens = new Map<string, string>()

  constructor(private readonly secret: string) {
    super()
  }

  async authenticateRequest(activity: Activity, authHeader: string): Promise<AuthenticateRequestResult> {
    if (authHeader !== `Gateway ${this.secret}`)
      throw new AuthenticationError('Not from the gateway', StatusCodes.UNAUTHORIZED)
    const claimsIdentity = new ClaimsIdentity([{ type: 'channel', value: activity.channelId }], 'gateway')
    const connectorFactory = this.createConnectorFactory(claimsIdentity)
    return { audience: 'gateway-audience', claimsIdentity, callerId: 'urn:gateway', connectorFactory }
  }

  async authenticateStreamingRequest(): Promise<AuthenticateRequestResult> {
    throw new Error('No streams here.')
  }

  createConnectorFactory(claimsIdentity: ClaimsIdentity): ConnectorFactory {
    return new GatewayConnectorFactory(`own-${claimsIdentity.getClaimValue('channel') ?? 'proactive'}`)
  }

  async createUserTokenClient(_claimsIdentity: ClaimsIdentity): Promise<UserTokenClient> {
    return new MemoryTokenClient(this.tokens)
  }

  override createBotFrameworkClient(): BotFrameworkClient {
    return { postActivity: async () => ({ status: 503 }) }
  }

  override getOriginatingAudience(): string {
    return 'own-audience'
  }
}
