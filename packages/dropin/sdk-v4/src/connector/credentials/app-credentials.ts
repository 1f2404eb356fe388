/* oxlint-disable no-underscore-dangle -- names of v4 */
import type { TokenSource } from '@parley/core'
import { AuthenticationConstants } from '../auth/authentication-constants.ts'
import type { ServiceClientCredentials, WebResourceLike } from '../../stdlib/index.ts'
import type { AuthenticatorResult } from './authenticator-result.ts'

/** An app of MSAL, as far as credentials use it. */
export interface ConfidentialClientLike {
  acquireTokenByClientCredential(request: {
    scopes: string[]
    skipCache?: boolean
  }): Promise<{ accessToken: string; expiresOn: Date | null } | null>
}

/** From here on before its end a token is no longer used. */
const EARLY_REFRESH_MS = 5 * 60_000

/** For tokens that do not tell their end: they are asked for again soon, and whoever gives them keeps them. */
const UNKNOWN_LIFE_MS = 10 * 60_000

/** Credentials of an app: they sign requests with its token. */
export abstract class AppCredentials implements ServiceClientCredentials {
  /** Tokens of all credentials by {@link AppCredentials.tokenCacheKey}. */
  private static readonly cache: Map<string, AuthenticatorResult> = new Map()
  appId: string
  private _tenant: string
  private _oAuthEndpoint: string
  private _oAuthScope: string
  tokenCacheKey: string
  declare protected clientApplication: ConfidentialClientLike | undefined

  constructor(appId: string, channelAuthTenant?: string, oAuthScope?: string) {
    this.appId = appId
    this._tenant = channelAuthTenant || this.GetDefaultChannelAuthTenant()
    this._oAuthEndpoint = this.GetToChannelFromBotLoginUrlPrefix() + this._tenant
    this._oAuthScope = oAuthScope || this.GetToChannelFromBotOAuthScope()
    this.tokenCacheKey = `${appId}${this._oAuthScope}-cache`
  }

  /** Where the app is registered. Setting it does not change {@link AppCredentials.oAuthEndpoint}, as in v4. */
  get tenant(): string {
    return this._tenant
  }

  set tenant(value: string) {
    this._tenant = value || this.GetDefaultChannelAuthTenant()
  }

  /** Whom tokens are for. */
  get oAuthScope(): string {
    return this._oAuthScope
  }

  set oAuthScope(value: string) {
    this._oAuthScope = value
    this.tokenCacheKey = `${this.appId}${value}-cache`
  }

  /** Who gives tokens: a login address with the tenant as its last part. */
  get oAuthEndpoint(): string {
    return this._oAuthEndpoint
  }

  set oAuthEndpoint(value: string) {
    this._oAuthEndpoint = value
  }

  /** Does nothing: which service may be called is decided when its activity is let in. */
  static trustServiceUrl(_serviceUrl: string, _expiration?: Date): void {}

  /** @returns `true` always, as in v4. */
  static isTrustedServiceUrl(_serviceUrl: string): boolean {
    return true
  }

  /** Puts the token on a request; without an app id it is left as it is. */
  async signRequest(webResource: WebResourceLike): Promise<WebResourceLike> {
    if (this.shouldSetToken()) {
      const token = await this.getToken()
      webResource.headers.set('Authorization', `Bearer ${token}`)
    }
    return webResource
  }

  /**
   * The app's token.
   *
   * @param forceRefresh - Ask for another one, although there is one.
   */
  async getToken(forceRefresh = false): Promise<string> {
    const known = AppCredentials.cache.get(this.tokenCacheKey)
    if (!forceRefresh && known && isFresh(known)) return known.accessToken
    if (forceRefresh && known) await this.dropToken(known.accessToken)
    const fresh = await this.refreshToken()
    if (!fresh?.accessToken) throw new Error('Authentication: No response or error received from MSAL.')
    AppCredentials.cache.set(this.tokenCacheKey, fresh)
    return fresh.accessToken
  }

  protected GetToChannelFromBotOAuthScope(): string {
    return AuthenticationConstants.ToChannelFromBotOAuthScope
  }

  protected GetToChannelFromBotLoginUrlPrefix(): string {
    return AuthenticationConstants.ToChannelFromBotLoginUrlPrefix
  }

  protected GetDefaultChannelAuthTenant(): string {
    return AuthenticationConstants.DefaultChannelAuthTenant
  }

  /** Asks for a token, whatever the cache holds. */
  protected abstract refreshToken(): Promise<AuthenticatorResult>

  /** The source behind {@link AppCredentials.refreshToken}, when there is one. */
  protected tokenSource(): TokenSource | undefined {
    return undefined
  }

  /** {@link AppCredentials.refreshToken} for credentials with a source. */
  protected async refreshFrom(source: TokenSource): Promise<AuthenticatorResult> {
    const accessToken = (await source.getToken(audienceOf(this.oAuthScope))) ?? ''
    return { accessToken, expiresOn: endOf(accessToken) }
  }

  private async dropToken(token: string): Promise<void> {
    AppCredentials.cache.delete(this.tokenCacheKey)
    this.tokenSource()?.forget(audienceOf(this.oAuthScope), token)
  }

  private shouldSetToken(): boolean {
    return !!this.appId && this.appId !== AuthenticationConstants.AnonymousSkillAppId
  }

  /** Without secrets. */
  private toJSON(): unknown {
    const { appId, tenant, oAuthEndpoint, oAuthScope } = this
    return { name: this.constructor.name, appId, tenant, oAuthEndpoint, oAuthScope }
  }
}

/** A token whose end is unknown is asked for again. */
function isFresh({ expiresOn }: AuthenticatorResult): boolean {
  return expiresOn?.getTime() - EARLY_REFRESH_MS > Date.now()
}

/** A scope without its `/.default`. */
export function audienceOf(scope: string): string {
  return scope.replace(/\/\.default$/, '')
}

function endOf(token: string): Date {
  try {
    const { exp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as {
      exp?: unknown
    }
    if (typeof exp === 'number') return new Date(exp * 1000)
  } catch {
    // Not every token is readable.
  }
  return new Date(Date.now() + UNKNOWN_LIFE_MS)
}
