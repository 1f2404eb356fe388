import {
  createCertificateTokenSource,
  createManagedIdentityTokenSource,
  createWorkloadIdentityTokenSource,
  InvalidCredentialError,
  localCloud,
  managedIdentityEndpointFrom,
  resolveCloud,
} from '@parley/auth'
import type { Cloud, ManagedIdentityEndpoint } from '@parley/auth'
import type { Logger, TokenSource } from '@parley/core'
import { createDefaultLogger } from './default-logger.cts'
import { AdapterOptionsError } from './options.ts'
import type { CloudAdapterOptions } from './options.ts'

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Options from the environment, under SDK v4's names: `MicrosoftAppId`, `MicrosoftAppType` (`MultiTenant`, the default,
 * `SingleTenant` or `UserAssignedMsi`), `MicrosoftAppTenantId`, and `ChannelService`: empty for public Azure,
 * `https://botframework.azure.us` for the US Government, or the address of a local service such as `http://127.0.0.1:3979`.
 *
 * The credential is a managed identity for `UserAssignedMsi`, and otherwise what is set of `MicrosoftAppPassword`, of
 * `CertificateThumbprint` with `CertificatePrivateKey`, or of the platform's `AZURE_FEDERATED_TOKEN_FILE`, which gives way to
 * the others.
 *
 * @param overrides - Options that win over the environment. `tokens` or `appPassword` among them replace its credential;
 * another credential of the environment uses the `appId`, `tenantId`, `cloud` and `logger` given here.
 * @throws {@link AdapterOptionsError} `ADAPTER_OPTIONS_INVALID`: a combination that cannot work, or, with
 * `NODE_ENV=production`, no app id.
 */
export function optionsFromEnv(env: Environment, overrides: CloudAdapterOptions = {}): CloudAdapterOptions {
  const read: Read = (name) => env[name]?.trim() || undefined
  const appType = appTypeOf(read)
  const appId = overrides.appId ?? read('MicrosoftAppId')
  const tenantId = overrides.tenantId ?? tenantOf(appType, read)
  const cloud = overrides.cloud ?? cloudFromEnv(read('ChannelService'))
  if (!appId && read('NODE_ENV') === 'production') {
    throw new AdapterOptionsError(
      'In production a bot must know who speaks to it: set MicrosoftAppId and its credential.',
    )
  }
  const isProven = overrides.tokens !== undefined || overrides.appPassword !== undefined
  const credential = isProven ? {} : credentialOf(appType, read, { ...overrides, appId, tenantId, cloud })
  return { ...credential, appId, tenantId, cloud, ...overrides }
}

/** The value of a variable; blank ones count as not set. */
type Read = (name: string) => string | undefined

const APP_TYPES = ['MultiTenant', 'SingleTenant', 'UserAssignedMsi'] as const
type AppType = (typeof APP_TYPES)[number]

function appTypeOf(read: Read): AppType {
  const given = read('MicrosoftAppType')?.toLowerCase() ?? 'multitenant'
  const appType = APP_TYPES.find((known) => known.toLowerCase() === given)
  if (appType) return appType
  throw new AdapterOptionsError(
    `MicrosoftAppType must be ${APP_TYPES.join(', ')}; other kinds pass \`tokens\` in code.`,
  )
}

function tenantOf(appType: AppType, read: Read): string | undefined {
  if (appType === 'MultiTenant') return undefined
  const tenantId = read('MicrosoftAppTenantId')
  if (tenantId) return tenantId
  throw new AdapterOptionsError(`MicrosoftAppType is ${appType}: set MicrosoftAppTenantId to the tenant of the bot.`)
}

function cloudFromEnv(channelService: string | undefined): Cloud {
  if (channelService?.startsWith('http://')) return localCloud(channelService)
  return resolveCloud(channelService)
}

/** Whose tokens, from where, and who hears when there are none. */
interface Bot {
  readonly appId: string | undefined
  readonly tenantId: string | undefined
  readonly cloud: Cloud
  readonly logger?: Logger | undefined
}

const CERTIFICATE = ['CertificateThumbprint', 'CertificatePrivateKey'] as const
const OWN_CREDENTIALS = ['MicrosoftAppPassword', ...CERTIFICATE]

function credentialOf(appType: AppType, read: Read, bot: Bot): CloudAdapterOptions {
  const own = OWN_CREDENTIALS.find(read)
  const { appId } = bot
  if (!appId) {
    requireAppId(appType, own)
    return {}
  }
  if (appType === 'UserAssignedMsi') {
    if (own)
      throw new AdapterOptionsError(`MicrosoftAppType is UserAssignedMsi, which needs no credential: remove ${own}.`)
    return withTokens(bot, (given) => createManagedIdentityTokenSource({ ...given, appId, endpoint: endpointOf(read) }))
  }
  const appPassword = read('MicrosoftAppPassword')
  const certificate = CERTIFICATE.find(read)
  if (appPassword && certificate) {
    throw new AdapterOptionsError(
      `Both MicrosoftAppPassword and ${certificate} are set: remove one of the credentials.`,
    )
  }
  if (appPassword) return { appPassword }
  if (certificate) return withTokens(bot, (given) => certificateTokens(read, { ...given, appId }))
  const tokenFile = read('AZURE_FEDERATED_TOKEN_FILE')
  if (tokenFile) return withTokens(bot, (given) => createWorkloadIdentityTokenSource({ ...given, appId, tokenFile }))
  throw new AdapterOptionsError(
    'MicrosoftAppId is set without a credential: set MicrosoftAppPassword, or CertificateThumbprint and ' +
      'CertificatePrivateKey, or MicrosoftAppType=UserAssignedMsi; or pass `tokens` in code.',
  )
}

/** A credential without an app is a mistake, except the platform's, which is there for all that runs on it. */
function requireAppId(appType: AppType, credential: string | undefined): void {
  if (credential) throw new AdapterOptionsError(`${credential} is set without an app id: set MicrosoftAppId too.`)
  if (appType !== 'UserAssignedMsi') return
  throw new AdapterOptionsError(
    'MicrosoftAppType is UserAssignedMsi: set MicrosoftAppId to the client id of the identity.',
  )
}

type Given = Pick<Bot, 'tenantId' | 'cloud'> & { readonly logger: Logger }

/** The source has to log where the adapter does; so both are given the same logger. */
function withTokens({ tenantId, cloud, logger }: Bot, create: (given: Given) => TokenSource): CloudAdapterOptions {
  const given = { tenantId, cloud, logger: logger ?? createDefaultLogger() }
  try {
    return { tokens: create(given), logger: given.logger }
  } catch (error) {
    throw error instanceof InvalidCredentialError ? naming(error) : error
  }
}

function certificateTokens(read: Read, given: Given & { readonly appId: string }): TokenSource {
  const [thumbprint, privateKey] = CERTIFICATE.map(read)
  if (!thumbprint || !privateKey) {
    const missing = thumbprint ? 'CertificatePrivateKey' : 'CertificateThumbprint'
    throw new AdapterOptionsError(`Of the certificate only a part is set: set ${missing} too.`)
  }
  return createCertificateTokenSource({
    ...given,
    certificate: { thumbprint },
    // Many places that keep variables cannot keep line breaks.
    privateKey: privateKey.replaceAll('\\n', '\n'),
  })
}

function endpointOf(read: Read): ManagedIdentityEndpoint {
  return managedIdentityEndpointFrom({
    IDENTITY_ENDPOINT: read('IDENTITY_ENDPOINT'),
    IDENTITY_HEADER: read('IDENTITY_HEADER'),
  })
}

/** Variables by the option of a token source that they fill. */
const VARIABLES: Readonly<Record<string, string>> = {
  thumbprint: 'CertificateThumbprint',
  privateKey: 'CertificatePrivateKey',
  'endpoint.url': 'IDENTITY_ENDPOINT',
  'endpoint.header': 'IDENTITY_HEADER',
}

function naming(error: InvalidCredentialError): AdapterOptionsError {
  if (error.option === 'passphrase') {
    return new AdapterOptionsError(
      'CertificatePrivateKey is encrypted, and there is no variable for a passphrase: set the key without one, or pass `tokens` in code.',
      { cause: error },
    )
  }
  return new AdapterOptionsError(`${VARIABLES[error.option] ?? error.option} ${error.problem}`, { cause: error })
}
