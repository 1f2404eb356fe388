import { createCertificateTokenSource, createClientSecretTokenSource } from '@parley/auth'
import type { TokenSource } from '@parley/core'
import { AppCredentials } from './app-credentials.ts'
import type { ConfidentialClientLike } from './app-credentials.ts'
import type { AuthenticatorResult } from './authenticator-result.ts'
import { hide } from './hide.ts'
import { loginOf, sharedTokenSource } from './shared-token-sources.ts'

/** A certificate for {@link MsalAppCredentials}. */
export interface Certificate {
  /** In hex. */
  thumbprint: string
  /** In PEM form. */
  privateKey: string
}

/** Credentials of an app, with a client of MSAL when the bot brings one. */
export class MsalAppCredentials extends AppCredentials {
  /** Credentials that leave requests unsigned. */
  static Empty: MsalAppCredentials = new MsalAppCredentials()
  declare private readonly proof: string | Certificate | undefined
  declare private readonly authority: string | undefined

  constructor(clientApplication: ConfidentialClientLike, appId: string, authority: string, scope: string)
  constructor(appId: string, appPassword: string, authority: string | undefined, scope: string | undefined)
  constructor(appId: string, certificate: Certificate, authority: string | undefined, scope: string | undefined)
  constructor()
  constructor(
    clientOrAppId?: ConfidentialClientLike | string,
    appIdOrProof?: string | Certificate,
    authority?: string,
    scope?: string,
  ) {
    const isClient = typeof clientOrAppId === 'object' && clientOrAppId !== null
    super((isClient ? appIdOrProof : clientOrAppId) as string, undefined, scope)
    hide(this, 'clientApplication', isClient ? clientOrAppId : undefined)
    hide(this, 'proof', isClient ? undefined : appIdOrProof)
    hide(this, 'authority', authority)
  }

  protected async refreshToken(): Promise<AuthenticatorResult> {
    if (!this.clientApplication) return this.refreshFrom(this.tokenSource())
    const scope = this.oAuthScope.endsWith('/.default') ? this.oAuthScope : `${this.oAuthScope}/.default`
    const token = await this.clientApplication.acquireTokenByClientCredential({ scopes: [scope], skipCache: true })
    if (!token?.accessToken) throw new Error('Authentication: No access token received from MSAL.')
    return { accessToken: token.accessToken, expiresOn: token.expiresOn ?? new Date() }
  }

  protected override tokenSource(): TokenSource {
    const { appId, proof } = this
    const authority = this.authority || this.oAuthEndpoint
    const login = loginOf(authority)
    return sharedTokenSource(['msal', appId, proof, authority], () =>
      typeof proof === 'object'
        ? createCertificateTokenSource({
            appId,
            certificate: { thumbprint: proof.thumbprint },
            privateKey: proof.privateKey,
            ...login,
          })
        : createClientSecretTokenSource({ appId, secret: proof ?? '', ...login }),
    )
  }
}
