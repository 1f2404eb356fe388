import { AssertionError } from 'node:assert'
import {
  CertificateServiceClientCredentialsFactory,
  ManagedIdentityServiceClientCredentialsFactory,
} from '../../connector/credentials/identity-credentials-factories.ts'
import { JwtTokenProviderFactory } from '../../connector/credentials/jwt-token-provider-factory.ts'
import { PasswordServiceClientCredentialFactory } from '../../connector/credentials/password-service-client-credential-factory.ts'
import type { ServiceClientCredentialsFactory } from '../../connector/credentials/service-client-credentials-factory.ts'
import type { ServiceClientCredentials } from '../../stdlib/index.ts'
import type { Configuration } from './configuration.ts'
import { warnOfMistypedOptions } from './known-options.ts'

/** A bot's credentials under the names of its environment. */
export interface ConfigurationServiceClientCredentialFactoryOptions {
  MicrosoftAppId?: string | undefined
  MicrosoftAppPassword?: string | undefined
  /** `MultiTenant` (default), `SingleTenant` or `UserAssignedMSI`, in any case. */
  MicrosoftAppType?: string | undefined
  MicrosoftAppTenantId?: string | undefined
  /** SHA-1 of a certificate, in hexadecimal; used instead of a password. */
  CertificateThumbprint?: string | undefined
  /** Private key of the certificate, in PEM. */
  CertificatePrivateKey?: string | undefined
}

/** The names of {@link ConfigurationServiceClientCredentialFactoryOptions}. */
export const CREDENTIAL_OPTIONS: readonly (keyof ConfigurationServiceClientCredentialFactoryOptions)[] = [
  'MicrosoftAppId',
  'MicrosoftAppPassword',
  'MicrosoftAppType',
  'MicrosoftAppTenantId',
  'CertificateThumbprint',
  'CertificatePrivateKey',
]

/** Makes the bot's credentials of the kind its settings describe. */
export class ConfigurationServiceClientCredentialFactory extends PasswordServiceClientCredentialFactory {
  private readonly inner: ServiceClientCredentialsFactory

  /**
   * @throws AssertionError A setting that the kind of credential needs is missing; the message names it.
   * @throws TypeError A setting is not a string.
   */
  constructor(factoryOptions: ConfigurationServiceClientCredentialFactoryOptions = {}) {
    checkStrings(factoryOptions)
    const { MicrosoftAppId, MicrosoftAppPassword, MicrosoftAppTenantId } = factoryOptions
    super(
      (MicrosoftAppId ?? null) as string,
      (MicrosoftAppPassword ?? null) as string,
      (MicrosoftAppTenantId ?? null) as string,
    )
    this.inner = createInner(factoryOptions)
    warnOfMistypedOptions(factoryOptions, CREDENTIAL_OPTIONS)
  }

  override isValidAppId(microsoftAppId: string): Promise<boolean> {
    return this.inner.isValidAppId(microsoftAppId)
  }

  override isAuthenticationDisabled(): Promise<boolean> {
    return this.inner.isAuthenticationDisabled()
  }

  override createCredentials(
    microsoftAppId: string,
    audience: string,
    loginEndpoint: string,
    validateAuthority: boolean,
  ): Promise<ServiceClientCredentials> {
    return this.inner.createCredentials(microsoftAppId, audience, loginEndpoint, validateAuthority)
  }
}

/** Makes credentials of the settings of a {@link Configuration}. */
export function createServiceClientCredentialFactoryFromConfiguration(
  configuration: Configuration,
): ConfigurationServiceClientCredentialFactory {
  return new ConfigurationServiceClientCredentialFactory(
    configuration.get<ConfigurationServiceClientCredentialFactoryOptions>(),
  )
}

function createInner(options: ConfigurationServiceClientCredentialFactoryOptions): ServiceClientCredentialsFactory {
  const { MicrosoftAppId, MicrosoftAppTenantId, CertificateThumbprint, CertificatePrivateKey } = options
  switch ((options.MicrosoftAppType ?? 'MultiTenant').trim().toLowerCase()) {
    case 'userassignedmsi':
      requireSetting(MicrosoftAppId, 'MicrosoftAppId is required for MSI in configuration.')
      requireSetting(MicrosoftAppTenantId, 'MicrosoftAppTenantId is required for MSI in configuration.')
      return new ManagedIdentityServiceClientCredentialsFactory(MicrosoftAppId, new JwtTokenProviderFactory())
    case 'singletenant':
      requireSetting(MicrosoftAppId, 'MicrosoftAppId is required for SingleTenant in configuration.')
      requireSetting(MicrosoftAppTenantId, 'MicrosoftAppTenantId is required for SingleTenant in configuration.')
      if (CertificateThumbprint) return createFromCertificate(options, MicrosoftAppTenantId)
      return createFromPassword(options, MicrosoftAppTenantId)
    default:
      if (CertificateThumbprint || CertificatePrivateKey) return createFromCertificate(options)
      return createFromPassword(options, '')
  }
}

function createFromCertificate(
  { MicrosoftAppId, CertificateThumbprint, CertificatePrivateKey }: ConfigurationServiceClientCredentialFactoryOptions,
  tenantId?: string,
): ServiceClientCredentialsFactory {
  requireSetting(CertificateThumbprint, 'CertificateThumbprint is required when using a Certificate in configuration.')
  requireSetting(CertificatePrivateKey, 'CertificatePrivateKey is required when using a Certificate in configuration.')
  requireSetting(MicrosoftAppId, 'MicrosoftAppId is required when using a Certificate in configuration.')
  return new CertificateServiceClientCredentialsFactory(
    MicrosoftAppId,
    CertificateThumbprint,
    CertificatePrivateKey,
    tenantId,
  )
}

function createFromPassword(
  { MicrosoftAppId, MicrosoftAppPassword }: ConfigurationServiceClientCredentialFactoryOptions,
  tenantId: string,
): ServiceClientCredentialsFactory {
  if (MicrosoftAppId && !MicrosoftAppPassword) {
    process.emitWarning('MicrosoftAppId is set and MicrosoftAppPassword is not: the bot cannot send replies.', {
      code: 'DROPIN_CREDENTIAL_MISSING',
    })
  }
  return new PasswordServiceClientCredentialFactory(
    (MicrosoftAppId ?? null) as string,
    (MicrosoftAppPassword ?? null) as string,
    tenantId,
  )
}

function requireSetting(value: string | undefined, message: string): asserts value is string {
  if (!value?.trim()) throw new AssertionError({ message })
}

function checkStrings(options: ConfigurationServiceClientCredentialFactoryOptions): void {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`The settings of the bot's credentials are ${String(options)}; an object is expected.`)
  }
  for (const name of CREDENTIAL_OPTIONS) {
    const value: unknown = options[name]
    if (value === undefined || value === null || typeof value === 'string') continue
    throw new TypeError(`${name} is a ${typeof value}; a string is expected.`)
  }
}
