import { localCloud, resolveCloud } from '@parley/auth'
import type { Cloud } from '@parley/auth'
import { AdapterOptionsError } from './options.ts'
import type { CloudAdapterOptions } from './options.ts'

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>

const APP_TYPES = ['multitenant', 'singletenant']

/**
 * Options from the environment, under SDK v4's names: `MicrosoftAppId`, `MicrosoftAppPassword`, `MicrosoftAppType`
 * (`MultiTenant`, the default, or `SingleTenant`), `MicrosoftAppTenantId`, and `ChannelService`: empty for public Azure,
 * `https://botframework.azure.us` for the US Government, or the address of a local service such as `http://127.0.0.1:3979`.
 *
 * @throws {@link AdapterOptionsError} `ADAPTER_OPTIONS_INVALID`: a combination that cannot work, or, with
 * `NODE_ENV=production`, no app id.
 */
export function optionsFromEnv(env: Environment): CloudAdapterOptions {
  const appId = blankToUndefined(env['MicrosoftAppId'])
  const appPassword = blankToUndefined(env['MicrosoftAppPassword'])
  const tenantId = blankToUndefined(env['MicrosoftAppTenantId'])
  const appType = blankToUndefined(env['MicrosoftAppType'])?.toLowerCase() ?? 'multitenant'
  if (!APP_TYPES.includes(appType)) {
    throw new AdapterOptionsError(
      'MicrosoftAppType must be MultiTenant or SingleTenant; other kinds pass `tokens` in code.',
    )
  }
  if (appType === 'singletenant' && !tenantId) {
    throw new AdapterOptionsError(
      'MicrosoftAppType is SingleTenant: set MicrosoftAppTenantId to the tenant of the bot.',
    )
  }
  if (appId && !appPassword) throw new AdapterOptionsError('MicrosoftAppId is set: set MicrosoftAppPassword too.')
  if (!appId && env['NODE_ENV'] === 'production') {
    throw new AdapterOptionsError(
      'In production a bot must know who speaks to it: set MicrosoftAppId and MicrosoftAppPassword.',
    )
  }
  return {
    appId,
    appPassword,
    tenantId: appType === 'singletenant' ? tenantId : undefined,
    cloud: cloudFromEnv(blankToUndefined(env['ChannelService'])),
  }
}

function cloudFromEnv(channelService: string | undefined): Cloud {
  if (channelService?.startsWith('http://')) return localCloud(channelService)
  return resolveCloud(channelService)
}

function blankToUndefined(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value.trim()
}
