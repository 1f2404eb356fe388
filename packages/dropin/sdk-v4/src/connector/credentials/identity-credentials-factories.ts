import { AssertionError } from 'node:assert'
import type { ServiceClientCredentials } from '../../stdlib/index.ts'
import { GovernmentConstants, AuthenticationConstants } from '../auth/authentication-constants.ts'
import type { ConfidentialClientLike } from './app-credentials.ts'
import { CertificateAppCredentials } from './certificate-app-credentials.ts'
import { FederatedAppCredentials } from './federated-app-credentials.ts'
import { hide } from './hide.ts'
import type { IJwtTokenProviderFactory } from './jwt-token-provider-factory.ts'
import { ManagedIdentityAppCredentials, requirePart } from './managed-identity-app-credentials.ts'
import { MsalAppCredentials } from './msal-app-credentials.ts'
import { ServiceClientCredentialsFactory } from './service-client-credentials-factory.ts'

/** Makes credentials of an app with a certificate. */
export class CertificateServiceClientCredentialsFactory extends ServiceClientCredentialsFactory {
  private readonly appId: string
  private readonly certificateThumbprint: string | undefined
  declare private readonly certificatePrivateKey: string
  private readonly tenantId: string | null | undefined
  private readonly x5c: string | undefined

  /** @param certificateThumbprintOrX5c - The thumbprint in hex, or the certificate in PEM form. */
  constructor(
    appId: string,
    certificateThumbprintOrX5c: string,
    certificatePrivateKey: string,
    tenantId?: string,
    x5c?: string,
  ) {
    super()
    requirePart(appId?.trim(), 'CertificateServiceClientCredentialsFactory', 'appId')
    requirePart(certificatePrivateKey?.trim(), 'CertificateServiceClientCredentialsFactory', 'certificatePrivateKey')
    const isCertificate = certificateThumbprintOrX5c?.includes('-----BEGIN CERTIFICATE')
    const certificate = isCertificate ? certificateThumbprintOrX5c : x5c
    const hasProof = certificateThumbprintOrX5c?.trim() || certificate?.trim()
    requirePart(hasProof, 'CertificateServiceClientCredentialsFactory', 'certificateThumbprint or x5c value')
    this.certificateThumbprint = isCertificate ? undefined : certificateThumbprintOrX5c
    this.x5c = certificate
    this.appId = appId
    hide(this, 'certificatePrivateKey', certificatePrivateKey)
    this.tenantId = tenantId
  }

  async isValidAppId(appId: string): Promise<boolean> {
    return appId === this.appId
  }

  async isAuthenticationDisabled(): Promise<boolean> {
    return false
  }

  async createCredentials(appId: string, audience?: string): Promise<ServiceClientCredentials> {
    requireAppId(await this.isValidAppId(appId), 'CertificateServiceClientCredentialsFactory', 'Managed ID')
    return new CertificateAppCredentials(
      this.appId,
      this.certificateThumbprint as string,
      this.certificatePrivateKey,
      this.tenantId ?? undefined,
      audience,
      this.x5c,
    )
  }
}

/** Makes credentials of a managed identity. */
export class ManagedIdentityServiceClientCredentialsFactory extends ServiceClientCredentialsFactory {
  private readonly appId: string
  private readonly tokenProviderFactory: IJwtTokenProviderFactory

  constructor(appId: string, tokenProviderFactory: IJwtTokenProviderFactory) {
    super()
    requirePart(appId?.trim(), 'ManagedIdentityServiceClientCredentialsFactory', 'appId')
    requirePart(tokenProviderFactory, 'ManagedIdentityServiceClientCredentialsFactory', 'tokenProviderFactory')
    this.appId = appId
    this.tokenProviderFactory = tokenProviderFactory
  }

  async isValidAppId(appId: string): Promise<boolean> {
    return appId === this.appId
  }

  async isAuthenticationDisabled(): Promise<boolean> {
    return false
  }

  async createCredentials(appId: string, audience?: string): Promise<ServiceClientCredentials> {
    requireAppId(await this.isValidAppId(appId), 'ManagedIdentityServiceClientCredentialsFactory', 'Managed ID')
    return new ManagedIdentityAppCredentials(this.appId, audience as string, this.tokenProviderFactory)
  }
}

/** Makes credentials of an app that trusts a managed identity. */
export class FederatedServiceClientCredentialsFactory extends ServiceClientCredentialsFactory {
  private readonly appId: string
  private readonly clientId: string
  private readonly tenantId: string | undefined
  private readonly clientAudience: string | undefined

  constructor(appId: string, clientId: string, tenantId?: string, clientAudience?: string) {
    super()
    requirePart(appId?.trim(), 'FederatedServiceClientCredentialsFactory', 'appId')
    requirePart(clientId?.trim(), 'FederatedServiceClientCredentialsFactory', 'clientId')
    this.appId = appId
    this.clientId = clientId
    this.tenantId = tenantId
    this.clientAudience = clientAudience
  }

  async isValidAppId(appId = ''): Promise<boolean> {
    return appId === this.appId
  }

  async isAuthenticationDisabled(): Promise<boolean> {
    return false
  }

  async createCredentials(appId: string, audience?: string): Promise<ServiceClientCredentials> {
    requireAppId(await this.isValidAppId(appId), 'FederatedServiceClientCredentialsFactory', 'App ID')
    return new FederatedAppCredentials(this.appId, this.clientId, this.tenantId, audience, this.clientAudience)
  }
}

/** Makes credentials of an app through a client of MSAL. */
export class MsalServiceClientCredentialsFactory implements ServiceClientCredentialsFactory {
  private readonly appId: string
  declare private readonly clientApplication: ConfidentialClientLike

  constructor(appId: string, clientApplication: ConfidentialClientLike) {
    this.appId = appId
    hide(this, 'clientApplication', clientApplication)
  }

  async isValidAppId(appId: string): Promise<boolean> {
    return appId === this.appId
  }

  async isAuthenticationDisabled(): Promise<boolean> {
    return !this.appId
  }

  /** @throws Error - The app id is another one; the text is v4's. */
  async createCredentials(
    appId: string,
    audience: string | undefined,
    loginEndpoint: string,
    _validateAuthority: boolean,
  ): Promise<ServiceClientCredentials> {
    if (await this.isAuthenticationDisabled()) return MsalAppCredentials.Empty
    if (!(await this.isValidAppId(appId))) throw new Error('Invalid appId.')
    const isGovernment = loginEndpoint?.toLowerCase().startsWith(GovernmentConstants.ToChannelFromBotLoginUrlPrefix)
    const constants = isGovernment ? GovernmentConstants : AuthenticationConstants
    const scope = audience ?? constants.ToChannelFromBotOAuthScope
    return new MsalAppCredentials(this.clientApplication, appId, loginEndpoint, scope)
  }
}

function requireAppId(isValid: boolean, className: string, what: string): void {
  if (!isValid) throw new AssertionError({ message: `${className}.createCredentials(): Invalid ${what}.` })
}
