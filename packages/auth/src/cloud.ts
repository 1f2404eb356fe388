import { CallerIdConstants, ParleyError } from '@parley/core'
import { checkIdentityUrl, isLoopbackHost } from './identity-url.ts'

/**
 * Where a bot's identity comes from and who may speak to it: one flat object per cloud, each field replaceable on its own.
 *
 * Addresses are https; plain http is accepted for loopback hosts only.
 */
export interface Cloud {
  /** For logs. */
  readonly name: string
  /** Prefix of the token endpoints, with its trailing slash: `{loginUrl}{tenant}/oauth2/v2.0/token`. */
  readonly loginUrl: string
  /** Tenant that gives tokens to bots which name none (multi-tenant bots). */
  readonly defaultTenant: string
  /** Whom a token for the channel service is for, without `/.default`. A token for this audience is never let in. */
  readonly outboundAudience: string
  /** The exact `iss` of the channel service's tokens. */
  readonly channelIssuer: string
  /** OpenID metadata that leads to the channel service's keys. */
  readonly channelMetadataUrl: string
  /** OpenID metadata that leads to the keys of tenant (Microsoft Entra) tokens: the Emulator and other bots. */
  readonly tenantMetadataUrl: string
  /** The `iss` values of tenant tokens that are accepted as they are. A bot's own tenant is added by its `tenantId`. */
  readonly tenantIssuers: readonly string[]
  /** How a tenant's issuers are spelt, `{tenant}` standing for its id. Tells a foreign tenant from a foreign issuer. */
  readonly tenantIssuerTemplates: readonly string[]
  /** Hosts (`name` or `name:port`) besides the metadata's own from which keys may be fetched. */
  readonly keyHosts: readonly string[]
  /** Base address of the user-token (OAuth) service. */
  readonly userTokenUrl: string
  /** What handlers read in `activity.callerId` when the channel service called. */
  readonly callerId: string
  /** Whether connector addresses on this machine, also over http, may be called. For development only. */
  readonly allowLoopback: boolean
}

/** Fields of a cloud to replace; absent and `undefined` ones keep the preset's value. */
export type CloudOverrides = { readonly [K in keyof Cloud]?: Cloud[K] | undefined }

/** Tenant of the Bot Framework itself. */
export const BOT_FRAMEWORK_TENANT = 'd6d49420-f39b-4df7-a1dc-d59a935871db'
/** Tenant of other services of Microsoft. */
export const MICROSOFT_SERVICES_TENANT = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a'
const MICROSOFT_TENANT = '72f988bf-86f1-41af-91ab-2d7cd011db47'
const US_GOV_TENANT = 'cab8a31a-1906-4287-a0d8-4eef66b95f6e'

/** Bot Framework in public Azure. */
export const publicCloud: Cloud = Object.freeze({
  name: 'public',
  loginUrl: 'https://login.microsoftonline.com/',
  defaultTenant: 'botframework.com',
  outboundAudience: 'https://api.botframework.com',
  channelIssuer: 'https://api.botframework.com',
  channelMetadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  tenantMetadataUrl: 'https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration',
  tenantIssuers: Object.freeze([
    `https://sts.windows.net/${BOT_FRAMEWORK_TENANT}/`,
    `https://login.microsoftonline.com/${BOT_FRAMEWORK_TENANT}/v2.0`,
    `https://sts.windows.net/${MICROSOFT_SERVICES_TENANT}/`,
    `https://login.microsoftonline.com/${MICROSOFT_SERVICES_TENANT}/v2.0`,
    `https://sts.windows.net/${MICROSOFT_TENANT}/`,
  ]),
  tenantIssuerTemplates: Object.freeze([
    'https://sts.windows.net/{tenant}/',
    'https://login.microsoftonline.com/{tenant}/v2.0',
  ]),
  keyHosts: Object.freeze([]),
  userTokenUrl: 'https://api.botframework.com',
  callerId: CallerIdConstants.PublicAzureChannel,
  allowLoopback: false,
})

/** Bot Framework in Azure for the US Government. */
export const usGovCloud: Cloud = Object.freeze({
  name: 'usGov',
  loginUrl: 'https://login.microsoftonline.us/',
  defaultTenant: 'MicrosoftServices.onmicrosoft.us',
  outboundAudience: 'https://api.botframework.us',
  channelIssuer: 'https://api.botframework.us',
  channelMetadataUrl: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
  tenantMetadataUrl: `https://login.microsoftonline.us/${US_GOV_TENANT}/v2.0/.well-known/openid-configuration`,
  tenantIssuers: Object.freeze([
    `https://sts.windows.net/${US_GOV_TENANT}/`,
    `https://login.microsoftonline.us/${US_GOV_TENANT}/v2.0`,
    `https://sts.windows.net/${MICROSOFT_SERVICES_TENANT}/`,
    `https://login.microsoftonline.us/${MICROSOFT_SERVICES_TENANT}/`,
    `https://login.microsoftonline.us/${MICROSOFT_SERVICES_TENANT}/v2.0`,
  ]),
  tenantIssuerTemplates: Object.freeze([
    'https://sts.windows.net/{tenant}/',
    'https://login.microsoftonline.us/{tenant}/',
    'https://login.microsoftonline.us/{tenant}/v2.0',
  ]),
  keyHosts: Object.freeze([]),
  userTokenUrl: 'https://api.botframework.azure.us',
  callerId: CallerIdConstants.USGovChannel,
  allowLoopback: false,
})

/**
 * A connector service on this machine that plays channel, identity provider and user-token service at one address.
 *
 * @param serviceUrl - Its base address, on a loopback host.
 * @throws {@link InvalidCloudError} `AUTH_CLOUD_INVALID`: the host is not a loopback host.
 */
export function localCloud(serviceUrl = 'http://127.0.0.1:3979', overrides: CloudOverrides = {}): Cloud {
  const service = serviceUrl.replace(/\/+$/, '')
  if (!isLoopbackHost(parseUrl(service).hostname)) {
    throw new InvalidCloudError('The local cloud is a service on this machine: use 127.0.0.1, [::1] or localhost.')
  }
  return override(
    {
      ...publicCloud,
      name: 'local',
      loginUrl: `${service}/`,
      channelIssuer: service,
      channelMetadataUrl: `${service}/v1/.well-known/openidconfiguration`,
      tenantMetadataUrl: `${service}/common/v2.0/.well-known/openid-configuration`,
      tenantIssuers: [...publicCloud.tenantIssuers, `${service}/${BOT_FRAMEWORK_TENANT}/v2.0`],
      tenantIssuerTemplates: [...publicCloud.tenantIssuerTemplates, `${service}/{tenant}/v2.0`],
      userTokenUrl: service,
      allowLoopback: true,
    },
    overrides,
  )
}

/**
 * The cloud of that name, or the given one, with single fields replaced.
 *
 * @param cloud - `'public'`, `'usGov'`, `'local'`, a value of SDK v4's `ChannelService` setting (empty or
 * `https://botframework.azure.us`), or a whole cloud.
 * @throws {@link InvalidCloudError} `AUTH_CLOUD_INVALID`: no cloud has that name.
 * @throws {@link InsecureIdentityUrlError} `AUTH_URL_INSECURE`: an address is neither https nor on a loopback host.
 */
export function resolveCloud(cloud: string | Cloud = 'public', overrides: CloudOverrides = {}): Cloud {
  return override(typeof cloud === 'string' ? presetNamed(cloud) : cloud, overrides)
}

/** A cloud was named or described in a way that cannot work. Raised at start-up, never during a request. */
export class InvalidCloudError extends ParleyError {
  static readonly code = 'AUTH_CLOUD_INVALID'
  readonly code: string = InvalidCloudError.code
}

function presetNamed(name: string): Cloud {
  switch (name) {
    case '':
    case 'public':
      return publicCloud
    case 'https://botframework.azure.us':
    case 'usGov':
      return usGovCloud
    case 'local':
      return localCloud()
    default:
      throw new InvalidCloudError(`There is no cloud named '${name}': use 'public', 'usGov' or 'local'.`)
  }
}

function override(cloud: Cloud, overrides: CloudOverrides): Cloud {
  const given = Object.entries(overrides).filter(([, value]) => value !== undefined)
  const resolved: Cloud = Object.freeze({ ...cloud, ...(Object.fromEntries(given) as Partial<Cloud>) })
  for (const field of ['loginUrl', 'channelMetadataUrl', 'tenantMetadataUrl', 'userTokenUrl'] as const) {
    checkIdentityUrl(resolved[field], field)
  }
  return resolved
}

function parseUrl(url: string): URL {
  if (!URL.canParse(url)) throw new InvalidCloudError('The address of the local service is not a URL.')
  return new URL(url)
}
