import { AUTH_REFUSALS, VerifiedIdentity } from '@parley/auth'
import type { AdmittedActivity, Cloud, InboundHeaders } from '@parley/auth'
import { InboundRefusedError, checkServiceUrl } from '@parley/core'
import type { Activity, TokenSource } from '@parley/core'
import { SkillBotFrameworkClient } from '../clients/bot-framework-client.ts'
import type { BotFrameworkClient, BotFrameworkFetch } from '../clients/bot-framework-client.ts'
import type { ConnectorClientOptions } from '../clients/connector-client-options.ts'
import { CredentialsConnectorFactory } from '../clients/connector-factory.ts'
import type { ConnectorFactory } from '../clients/connector-factory.ts'
import { TokenApiUserTokenClient } from '../clients/user-token-client.ts'
import type { UserTokenClient } from '../clients/user-token-client.ts'
import { AppCredentials } from '../credentials/app-credentials.ts'
import { bearerOf } from '../credentials/bearer-of.ts'
import { hide } from '../credentials/hide.ts'
import { loginPartsOf } from '../credentials/login-parts.ts'
import type { ServiceClientCredentialsFactory } from '../credentials/service-client-credentials-factory.ts'
import { AseChannelValidation } from './ase-channel-validation.ts'
import type { AuthenticateRequestResult } from './authenticate-request-result.ts'
import { AuthenticationConfiguration } from './authentication-configuration.ts'
import { AuthenticationError } from './authentication-error.ts'
import { toAuthenticationError } from './authentication-failure.ts'
import { BotFrameworkAuthentication } from './bot-framework-authentication.ts'
import type { ClaimsIdentity } from './claims-identity.ts'
import { validateClaims } from './claims-policy.ts'
import { anonymousIdentity, JwtTokenValidation } from './jwt-token-validation.ts'
import { isUnchanged, methodsOf, provideParleyAuthentication } from './parley-authentication.ts'
import type { ParleyAuthentication } from './parley-authentication.ts'
import { SkillValidation } from './skill-validation.ts'
import { authenticatorFor, cloudOf, isLocal, verifyToken } from './token-verifier.ts'
import type { VerifierSettings } from './token-verifier.ts'
import { ToBotFromBotOrEmulatorTokenValidationParameters, issuersOf } from './token-validation-parameters.ts'
import { requireEndorsements, requireServiceUrl, toClaimsIdentity } from './verify-header.ts'

const INVALID = 'Unauthorized. No valid identity.'
const NOT_AUTHORIZED = 'Unauthorized Access. Request is not authorized'

/** v4's authentication, configured by addresses and credentials. Tokens are verified by Parley's authenticator. */
export class ParameterizedBotFrameworkAuthentication extends BotFrameworkAuthentication {
  private readonly validateAuthority: boolean
  private readonly toChannelFromBotLoginUrl: string
  private readonly toChannelFromBotOAuthScope: string
  private readonly toBotFromChannelTokenIssuer: string
  private readonly oAuthUrl: string
  private readonly toBotFromChannelOpenIdMetadataUrl: string
  private readonly toBotFromEmulatorOpenIdMetadataUrl: string
  private readonly callerId: string
  private readonly credentialsFactory: ServiceClientCredentialsFactory
  private readonly authConfiguration: AuthenticationConfiguration
  private readonly botFrameworkClientFetch?: BotFrameworkFetch | undefined
  private readonly connectorClientOptions: ConnectorClientOptions
  declare private road: ParleyAuthentication | undefined

  constructor(
    validateAuthority: boolean,
    toChannelFromBotLoginUrl: string,
    toChannelFromBotOAuthScope: string,
    toBotFromChannelTokenIssuer: string,
    oAuthUrl: string,
    toBotFromChannelOpenIdMetadataUrl: string,
    toBotFromEmulatorOpenIdMetadataUrl: string,
    callerId: string,
    credentialsFactory: ServiceClientCredentialsFactory,
    authConfiguration: AuthenticationConfiguration,
    botFrameworkClientFetch?: BotFrameworkFetch,
    connectorClientOptions: ConnectorClientOptions = {},
  ) {
    super()
    this.validateAuthority = validateAuthority
    this.toChannelFromBotLoginUrl = toChannelFromBotLoginUrl
    this.toChannelFromBotOAuthScope = toChannelFromBotOAuthScope
    this.toBotFromChannelTokenIssuer = toBotFromChannelTokenIssuer
    this.oAuthUrl = oAuthUrl
    this.toBotFromChannelOpenIdMetadataUrl = toBotFromChannelOpenIdMetadataUrl
    this.toBotFromEmulatorOpenIdMetadataUrl = toBotFromEmulatorOpenIdMetadataUrl
    this.callerId = callerId
    this.credentialsFactory = credentialsFactory
    this.authConfiguration = authConfiguration
    this.botFrameworkClientFetch = botFrameworkClientFetch
    this.connectorClientOptions = connectorClientOptions
    hide(this, 'road', undefined)
    provideParleyAuthentication(this, () => this.forParley())
  }

  override getOriginatingAudience(): string {
    return this.toChannelFromBotOAuthScope
  }

  override async authenticateChannelRequest(authHeader: string): Promise<ClaimsIdentity> {
    if (await this.credentialsFactory.isAuthenticationDisabled()) return SkillValidation.createAnonymousSkillClaim()
    if (!authHeader?.trim()) throw new AuthenticationError(NOT_AUTHORIZED, 401)
    return toClaimsIdentity(await this.proveHeader(authHeader, 'unknown'))
  }

  async authenticateRequest(activity: Activity, authHeader: string): Promise<AuthenticateRequestResult> {
    return this.toResult(await this.identityOf(activity, authHeader))
  }

  async authenticateStreamingRequest(authHeader: string, channelIdHeader: string): Promise<AuthenticateRequestResult> {
    if (!authHeader?.trim()) throw new AuthenticationError(INVALID, 401)
    if (!channelIdHeader?.trim()) throw new AuthenticationError("'channelIdHeader' required.", 401)
    return this.toResult(toClaimsIdentity(await this.proveHeader(authHeader, channelIdHeader)))
  }

  async createUserTokenClient(claimsIdentity: ClaimsIdentity): Promise<UserTokenClient> {
    const appId = appIdFor(claimsIdentity)
    const credentials = await this.credentialsFactory.createCredentials(
      appId as string,
      this.toChannelFromBotOAuthScope,
      this.toChannelFromBotLoginUrl,
      this.validateAuthority,
    )
    return new TokenApiUserTokenClient(appId as string, credentials, this.oAuthUrl, this.connectorClientOptions)
  }

  createConnectorFactory(claimsIdentity: ClaimsIdentity): ConnectorFactory {
    return new CredentialsConnectorFactory(
      appIdFor(claimsIdentity) as string,
      this.toChannelFromBotOAuthScope,
      this.toChannelFromBotLoginUrl,
      this.validateAuthority,
      this.credentialsFactory,
      this.connectorClientOptions,
    )
  }

  override createBotFrameworkClient(): BotFrameworkClient {
    return new SkillBotFrameworkClient(
      this.credentialsFactory,
      this.toChannelFromBotLoginUrl,
      this.botFrameworkClientFetch,
      this.connectorClientOptions,
    )
  }

  /** See {@link ParleyAuthentication}; `undefined` for subclasses and for objects whose methods were replaced. */
  private forParley(): ParleyAuthentication | undefined {
    if (!isUnchanged(this, ParameterizedBotFrameworkAuthentication.prototype, METHODS)) return undefined
    this.road ??= this.createRoad()
    return this.road
  }

  /** Cloud and tokens are made when they are asked for: addresses that cannot be used must not keep activities out. */
  private createRoad(): ParleyAuthentication {
    const { appId } = this.credentialsFactory as { appId?: unknown }
    const known = typeof appId === 'string' && appId !== '' ? appId : undefined
    const makeCloud = (): Cloud => this.cloud()
    const tokens = this.tokens(appId as string)
    return {
      appId: known,
      get cloud() {
        return makeCloud()
      },
      tokens,
      isAuthenticationDisabled: () => this.credentialsFactory.isAuthenticationDisabled(),
      authenticator: {
        authenticate: (headers) => this.prove(headers),
        admit: async (identity, activity) => this.admit(identity, activity),
      },
      resultOf: (identity, activity) =>
        this.toResult(identity.kind === 'anonymous' ? anonymousIdentity(activity) : toClaimsIdentity(identity)),
    }
  }

  private async identityOf(activity: Activity, authHeader: string): Promise<ClaimsIdentity> {
    if (await this.credentialsFactory.isAuthenticationDisabled()) return anonymousIdentity(activity)
    if (!authHeader?.trim()) throw new AuthenticationError(NOT_AUTHORIZED, 401)
    if (AseChannelValidation.isTokenFromAseChannel(activity.channelId)) {
      return AseChannelValidation.authenticateAseChannelToken(authHeader, this.authConfiguration)
    }
    const verified = await this.proveHeader(authHeader, activity.channelId)
    const identity = toClaimsIdentity(verified)
    if (verified.kind === 'channel') requireServiceUrl(identity, activity.serviceUrl)
    this.requireCallable(verified, activity.serviceUrl)
    return identity
  }

  /** Proves who sent a header, in v4's words, and asks the bot's own rule. */
  private async proveHeader(authHeader: string, channelId: string): Promise<VerifiedIdentity> {
    const isSkill = SkillValidation.isSkillToken(authHeader)
    const invalid = isSkill ? 'SkillValidation.validateIdentity(): Invalid identity' : INVALID
    const identity = await this.verify({ authorization: authHeader }).catch((error: unknown) => {
      throw toAuthenticationError(error, authHeader, invalid)
    })
    requireEndorsements(identity, authHeader, channelId, this.requiredEndorsements())
    await validateClaims(this.rules(), [...identity.claims])
    return identity
  }

  /** Stage 1 of Parley's road. */
  private async prove(headers: InboundHeaders): Promise<VerifiedIdentity> {
    if (await this.credentialsFactory.isAuthenticationDisabled()) {
      return new VerifiedIdentity({ kind: 'anonymous', claims: {} })
    }
    const identity = await this.verify(headers)
    try {
      await validateClaims(this.rules(), [...identity.claims])
    } catch (cause) {
      throw new InboundRefusedError(AUTH_REFUSALS.AUTH_CALLER, (cause as Error).message, { cause })
    }
    return identity
  }

  /** Stage 3 of Parley's road. */
  private admit(identity: VerifiedIdentity, activity: AdmittedActivity): void {
    const { appId, endorsements } = identity
    if (appId === undefined) return this.requireCallable(identity, activity.serviceUrl)
    authenticatorFor(appId, this.settings()).admit(identity, activity)
    this.requireCallable(identity, activity.serviceUrl)
    const missing = endorsements && this.requiredEndorsements().find((one) => !endorsements.includes(one))
    if (missing === undefined) return
    const message = 'The signing key lacks an endorsement that the configuration requires.'
    throw new InboundRefusedError(AUTH_REFUSALS.AUTH_ENDORSEMENT, message)
  }

  private verify(headers: InboundHeaders): Promise<VerifiedIdentity> {
    return verifyToken(headers, this.credentialsFactory, this.settings())
  }

  /**
   * Services on this machine may be named by the Emulator, by whoever needs no proof, and where the bot's identity is on this
   * machine too.
   */
  private requireCallable({ kind }: VerifiedIdentity, serviceUrl: string | undefined): void {
    if (!serviceUrl) return
    const isDevelopment =
      kind === 'emulator' ||
      kind === 'anonymous' ||
      isLocal(this.toBotFromChannelOpenIdMetadataUrl) ||
      isLocal(this.toBotFromEmulatorOpenIdMetadataUrl)
    checkServiceUrl(serviceUrl, { allowLoopback: isDevelopment })
  }

  private async toResult(claimsIdentity: ClaimsIdentity): Promise<AuthenticateRequestResult> {
    const { claims } = claimsIdentity
    const audience = SkillValidation.isSkillClaim(claims)
      ? (JwtTokenValidation.getAppIdFromClaims(claims) as string)
      : this.toChannelFromBotOAuthScope
    const callerId = await this.generateCallerId(this.credentialsFactory, claimsIdentity, this.callerId)
    const connectorFactory = this.createConnectorFactory(claimsIdentity)
    return { audience, callerId: callerId as string, claimsIdentity, connectorFactory }
  }

  private rules(): AuthenticationConfiguration {
    return this.authConfiguration ?? new AuthenticationConfiguration()
  }

  private requiredEndorsements(): readonly string[] {
    return this.rules().requiredEndorsements ?? []
  }

  private settings(): VerifierSettings {
    const { tenantId } = this.credentialsFactory as { tenantId?: unknown }
    const { validTokenIssuers = [] } = this.rules()
    return {
      channelIssuer: this.toBotFromChannelTokenIssuer,
      channelMetadataUrl: this.toBotFromChannelOpenIdMetadataUrl,
      tenantMetadataUrl: this.toBotFromEmulatorOpenIdMetadataUrl,
      tenantIssuers: [...issuersOf(ToBotFromBotOrEmulatorTokenValidationParameters), ...validTokenIssuers],
      tenantId: typeof tenantId === 'string' && tenantId !== '' ? tenantId : undefined,
      loginUrl: this.toChannelFromBotLoginUrl ? loginPartsOf(this.toChannelFromBotLoginUrl).loginUrl : undefined,
      callerId: this.callerId,
    }
  }

  private cloud(): Cloud {
    return cloudOf({
      ...this.settings(),
      userTokenUrl: this.oAuthUrl,
      outboundAudience: this.toChannelFromBotOAuthScope,
    })
  }

  private tokens(appId: string): TokenSource {
    const { credentialsFactory, toChannelFromBotLoginUrl, validateAuthority } = this
    const refused = new Set<string>()
    return {
      async getToken(audience) {
        if (await credentialsFactory.isAuthenticationDisabled()) return undefined
        const login = [toChannelFromBotLoginUrl, validateAuthority] as const
        const credentials = await credentialsFactory.createCredentials(appId, audience, ...login)
        if (refused.delete(audience) && credentials instanceof AppCredentials) return credentials.getToken(true)
        return bearerOf(credentials)
      },
      forget: (audience) => void refused.add(audience),
    }
  }
}

const METHODS = methodsOf(ParameterizedBotFrameworkAuthentication.prototype)

/** The app id in whose name the bot acts for a sender. */
function appIdFor(identity: ClaimsIdentity): string | undefined {
  return identity.getClaimValue('aud') ?? identity.getClaimValue('appid') ?? undefined
}
