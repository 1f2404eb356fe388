import { localCloud, resolveCloud } from '@parley/auth'
import type { Cloud, CloudOverrides } from '@parley/auth'
import { ParleyError } from '@parley/core'
import type { IChatConnectorEndpoint, IChatConnectorSettings } from '../contracts/connectors.ts'

/** Settings of a connector, or variables of its environment, cannot work. */
export class SettingsError extends ParleyError {
  static readonly code = 'DROPIN_SETTINGS_INVALID'
  readonly code: string = SettingsError.code
}

/** What a connector works with. */
export interface ResolvedSettings {
  readonly appId: string | undefined
  readonly appPassword: string | undefined
  readonly tenantId: string | undefined
  readonly cloud: Cloud
  /** Where data is kept, when one place is named. */
  readonly stateEndpoint: string | undefined
  /** Address of the service on this machine that `ChannelService` names. */
  readonly localService: string | undefined
  /** As SDK v3 shows them. */
  readonly endpoint: IChatConnectorEndpoint
}

/** Where Microsoft's service was; nothing answers there. */
const RETIRED_STATE_ENDPOINT = 'https://state.botframework.com'
const TOKEN_PATH = /^(https?:\/\/.+\/)([^/]+)\/oauth2\/v2\.0\/token$/

/**
 * Settings, and what the environment adds: `ChannelService` names a cloud or a local service, `MicrosoftAppType` and
 * `MicrosoftAppTenantId` a bot of a single tenant.
 *
 * @throws {@link SettingsError} `DROPIN_SETTINGS_INVALID`.
 */
export function resolveSettings(
  settings: IChatConnectorSettings,
  env: Readonly<Record<string, string | undefined>> = process.env,
): ResolvedSettings {
  const appId = settings.appId?.trim() || undefined
  const appPassword = settings.appPassword?.trim() || undefined
  if (appId && !appPassword) throw new SettingsError('`appId` needs `appPassword`: set both, or none on this machine.')
  if (!appId && env['NODE_ENV'] === 'production') {
    throw new SettingsError('In production a bot must know who speaks to it: set `appId` and `appPassword`.')
  }
  const channelService = env['ChannelService']?.trim() ?? ''
  const localService = channelService.startsWith('http://') ? channelService : undefined
  const preset = localService ? localCloud(localService) : resolveCloud(channelService)
  const cloud = resolveCloud(preset, { ...overridesOf(settings), ...(appId ? {} : { allowLoopback: true }) })
  const isSingleTenant = env['MicrosoftAppType']?.trim().toLowerCase() === 'singletenant'
  const tenantId = (isSingleTenant && env['MicrosoftAppTenantId']?.trim()) || undefined
  const given = settings.stateEndpoint ?? settings.endpoint?.stateEndpoint
  const stateEndpoint = given === RETIRED_STATE_ENDPOINT ? undefined : given || undefined
  return { appId, appPassword, tenantId, cloud, stateEndpoint, localService, endpoint: endpointOf(settings, cloud) }
}

function overridesOf({ endpoint: given, openIdMetadata }: IChatConnectorSettings): CloudOverrides {
  const endpoint: Partial<IChatConnectorEndpoint> = given ?? {}
  const { botConnectorIssuer, emulatorOpenIdMetadata, oAuthEndpoint, refreshScope } = endpoint
  const channelMetadataUrl = openIdMetadata ?? endpoint.botConnectorOpenIdMetadata
  const addresses = [endpoint.refreshEndpoint, channelMetadataUrl, oAuthEndpoint]
  return {
    ...loginOf(endpoint.refreshEndpoint),
    outboundAudience: refreshScope?.replace(/\/\.default$/, ''),
    channelIssuer: botConnectorIssuer,
    channelMetadataUrl,
    tenantMetadataUrl: emulatorOpenIdMetadata,
    userTokenUrl: oAuthEndpoint,
    // Whoever has the keys of channels or the token endpoint on this machine has the channel there too.
    allowLoopback: addresses.some((address) => address?.startsWith('http://')) || undefined,
  }
}

function loginOf(refreshEndpoint: string | undefined): CloudOverrides {
  if (!refreshEndpoint) return {}
  const [, loginUrl, defaultTenant] = TOKEN_PATH.exec(refreshEndpoint) ?? []
  if (loginUrl) return { loginUrl, defaultTenant }
  throw new SettingsError('`endpoint.refreshEndpoint` must be `<login address>/<tenant>/oauth2/v2.0/token`.')
}

function endpointOf(
  { appId = '', endpoint, stateEndpoint }: IChatConnectorSettings,
  cloud: Cloud,
): IChatConnectorEndpoint {
  const [issuerV1 = '', issuerV2 = ''] = cloud.tenantIssuers
  return {
    refreshEndpoint: `${cloud.loginUrl}${cloud.defaultTenant}/oauth2/v2.0/token`,
    refreshScope: `${cloud.outboundAudience}/.default`,
    botConnectorOpenIdMetadata: cloud.channelMetadataUrl,
    botConnectorIssuer: cloud.channelIssuer,
    botConnectorAudience: appId,
    msaOpenIdMetadata: cloud.tenantMetadataUrl,
    msaIssuer: cloud.tenantIssuers.at(-1) ?? '',
    msaAudience: 'https://graph.microsoft.com',
    emulatorOpenIdMetadata: cloud.tenantMetadataUrl,
    emulatorIssuerV1: issuerV1,
    emulatorIssuerV2: issuerV2,
    emulatorAudience: appId,
    stateEndpoint: stateEndpoint ?? RETIRED_STATE_ENDPOINT,
    oAuthEndpoint: cloud.userTokenUrl,
    ...endpoint,
  }
}
