import { createCertificateTokenSource } from '@parley/auth'
import type { TokenSource } from '@parley/core'
import { AppCredentials } from './app-credentials.ts'
import type { AuthenticatorResult } from './authenticator-result.ts'
import { hide } from './hide.ts'
import { loginOf, sharedTokenSource } from './shared-token-sources.ts'

/** Credentials of an app with a certificate. */
export class CertificateAppCredentials extends AppCredentials {
  /** In hex, SHA-1 or SHA-256. */
  certificateThumbprint: string
  /** In PEM form; not enumerable. */
  declare certificatePrivateKey: string
  /** The certificate and its issuers in PEM form; with it they are sent along. */
  x5c: string | undefined

  constructor(
    appId: string,
    certificateThumbprint: string,
    certificatePrivateKey: string,
    channelAuthTenant?: string,
    oAuthScope?: string,
    x5c?: string,
  ) {
    super(appId, channelAuthTenant, oAuthScope)
    this.certificateThumbprint = certificateThumbprint
    hide(this, 'certificatePrivateKey', certificatePrivateKey)
    this.x5c = x5c
  }

  protected async refreshToken(): Promise<AuthenticatorResult> {
    return this.refreshFrom(this.tokenSource())
  }

  /** @throws InvalidCredentialError `AUTH_CREDENTIAL_INVALID`: certificate and key cannot be used. */
  protected override tokenSource(): TokenSource {
    const { appId, certificateThumbprint, certificatePrivateKey: privateKey, x5c, oAuthEndpoint } = this
    const certificate = x5c?.includes('-----BEGIN CERTIFICATE') ? x5c : { thumbprint: certificateThumbprint }
    const sendCertificateChain = typeof certificate === 'string'
    const make = (): TokenSource =>
      createCertificateTokenSource({ appId, certificate, privateKey, sendCertificateChain, ...loginOf(oAuthEndpoint) })
    return sharedTokenSource(['certificate', appId, certificate, privateKey, oAuthEndpoint], make)
  }
}
