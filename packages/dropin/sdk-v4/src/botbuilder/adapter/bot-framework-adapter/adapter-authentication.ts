import type { RoadAuthenticator } from '@parley/adapter/internal'
import type { AdmittedActivity, InboundHeaders, VerifiedIdentity } from '@parley/auth'
import { InboundRefusedError } from '@parley/core'
import type { Activity } from '@parley/core'
import { toError } from '@parley/core/internal'
import { AuthenticationError } from '../../../connector/auth/authentication-error.ts'
import { toAuthenticationError } from '../../../connector/auth/authentication-failure.ts'
import { BotFrameworkAuthenticationFactory } from '../../../connector/auth/bot-framework-authentication-factory.ts'
import { authorizationOf } from '../../../connector/auth/claimed.ts'
import type { ClaimsIdentity } from '../../../connector/auth/claims-identity.ts'
import type { ICredentialProvider } from '../../../connector/auth/credential-provider.ts'
import { parleyAuthenticationOf, provideParleyAuthentication } from '../../../connector/auth/parley-authentication.ts'
import type { AuthenticationConfiguration } from '../../../connector/auth/authentication-configuration.ts'
import { isGovernment } from '../../../connector/auth/tenant-settings.ts'
import type { AppCredentials } from '../../../connector/credentials/app-credentials.ts'
import type { ServiceClientCredentialsFactory } from '../../../connector/credentials/service-client-credentials-factory.ts'
import { RoadAuthentication } from '../road-authentication.ts'
import type { BotFrameworkAdapterSettings } from './settings.ts'

/** What an adapter knows about senders. It is asked each time, because bots replace these things. */
export interface AdapterRules {
  readonly settings: BotFrameworkAdapterSettings
  readonly authConfiguration: AuthenticationConfiguration
  credentials(): ICredentialProvider
  buildCredentials(appId: string, scope?: string): Promise<AppCredentials>
  /** Whether the adapter's own class decides who may send. */
  decidesItself(): boolean
  /** v4's way: on the activity, after its body was read. */
  authenticate(activity: Activity, authHeader: string): Promise<ClaimsIdentity>
}

/**
 * Proves senders for a `BotFrameworkAdapter`: on Parley's road, before the body is read, where its settings alone decide, and
 * else in v4's way. It remembers why it refused, in v4's words.
 */
export class AdapterAuthentication implements RoadAuthenticator {
  private readonly rules: AdapterRules
  private readonly inner: RoadAuthentication
  private readonly requests: WeakMap<VerifiedIdentity, InboundHeaders> = new WeakMap()
  private readonly reasons: WeakMap<object, Error> = new WeakMap()

  constructor(rules: AdapterRules) {
    this.rules = rules
    const ownWay = { authenticateRequest: (activity: Activity, header: string) => this.askAdapter(activity, header) }
    const parley = channelAuthentication(rules)
    provideParleyAuthentication(ownWay, () =>
      parley && !rules.decidesItself() ? parleyAuthenticationOf(parley) : undefined,
    )
    this.inner = new RoadAuthentication(ownWay)
  }

  /** Whether nobody has to prove anything, so that only this machine is let in. */
  async servesOnlyThisMachine(): Promise<boolean> {
    return !this.rules.decidesItself() && this.rules.credentials().isAuthenticationDisabled()
  }

  async authenticate(headers: InboundHeaders): Promise<VerifiedIdentity> {
    try {
      const identity = await this.inner.authenticate(headers)
      this.requests.set(identity, headers)
      return identity
    } catch (error) {
      throw this.refused(error, headers)
    }
  }

  async admit(identity: VerifiedIdentity, activity: AdmittedActivity): Promise<void> {
    try {
      await this.inner.admit(identity, activity)
    } catch (error) {
      throw this.refused(error, this.requests.get(identity) ?? {})
    }
  }

  /** Who a sender is that was admitted. */
  async identityOf(identity: VerifiedIdentity, activity: Activity): Promise<ClaimsIdentity> {
    return (await this.inner.resultOf(identity, activity)).claimsIdentity
  }

  /**
   * Why a request was refused, in v4's words.
   *
   * @param rawHeaders - The array of the request.
   */
  reasonFor(rawHeaders: object): Error | undefined {
    return this.reasons.get(rawHeaders)
  }

  private async askAdapter(
    activity: Activity,
    authHeader: string,
  ): Promise<{ audience: string; claimsIdentity: ClaimsIdentity }> {
    try {
      return { audience: '', claimsIdentity: await this.rules.authenticate(activity, authHeader) }
    } catch (cause) {
      // v4 answers 401, whatever it is.
      const { message } = toError(cause)
      throw new AuthenticationError(message, 401, { cause })
    }
  }

  private refused(error: unknown, headers: InboundHeaders): unknown {
    if (headers.rawHeaders) this.reasons.set(headers.rawHeaders, reasonOf(error, authorizationOf(headers)))
    if (!(error instanceof InboundRefusedError) || error.status !== 403 || !error.code.startsWith('AUTH_')) return error
    return new InboundRefusedError({ code: error.code, status: 401 }, error.message, { cause: error })
  }
}

function reasonOf(error: unknown, authHeader: string | undefined): Error {
  const { cause } = toError(error)
  if (cause instanceof AuthenticationError) return cause.cause instanceof Error ? cause.cause : cause
  if (!(error instanceof InboundRefusedError) || !error.code.startsWith('AUTH_')) return toError(error)
  if (!authHeader?.trim()) return new AuthenticationError('Unauthorized Access. Request is not authorized', 401)
  return toError(toAuthenticationError(error, authHeader, 'Unauthorized. Is not authenticated'))
}

/** The authentication that the settings describe; `undefined` for clouds that only v4's way knows. */
function channelAuthentication(rules: AdapterRules): object | undefined {
  const { channelService } = rules.settings
  if (channelService && !isGovernment(channelService)) return undefined
  const nothing = undefined
  return BotFrameworkAuthenticationFactory.create(
    channelService?.toLowerCase(),
    true,
    ...([nothing, nothing, nothing, nothing, nothing, nothing, nothing] as const),
    credentialsFactoryOf(rules),
    rules.authConfiguration,
  )
}

function credentialsFactoryOf(rules: AdapterRules): ServiceClientCredentialsFactory {
  const factory = {
    appId: rules.settings.appId,
    tenantId: rules.settings.channelAuthTenant,
    isValidAppId: (appId: string) => rules.credentials().isValidAppId(appId),
    isAuthenticationDisabled: () => rules.credentials().isAuthenticationDisabled(),
    createCredentials: (appId: string, audience: string | undefined) => rules.buildCredentials(appId, audience),
  }
  return factory
}
