import type { CloudAdapterOptions } from '@parley/adapter'
import { publicCloud, resolveCloud, usGovCloud } from '@parley/auth'
import type { Cloud } from '@parley/auth'
import type { BotName } from '../cases/bot-name.ts'
import type { Realm } from '../world/identity.ts'
import { BOT_APP_ID, BOT_PASSWORD, OTHER_BOT, OWN_TENANT } from '../world/world.ts'
import type { World } from '../world/world.ts'

/** The options of Parley's adapter for a bot under test, without its logger. */
export function botOptions(name: BotName, world: World): CloudAdapterOptions {
  const own = { appId: BOT_APP_ID, appPassword: BOT_PASSWORD, cloud: cloudOf(world, 'public') }
  switch (name) {
    case 'emulator':
      return { ...own, allowEmulator: true }
    case 'extension':
      return { ...own, tenantId: OWN_TENANT, allowAppServiceExtension: true }
    case 'callers':
      return { ...own, allowedCallers: [OTHER_BOT] }
    case 'anyCaller':
      return { ...own, allowedCallers: ['*'] }
    case 'singleTenant':
      return { ...own, allowedCallers: [OTHER_BOT], tenantId: OWN_TENANT }
    case 'government':
      return { ...own, cloud: cloudOf(world, 'government'), allowEmulator: true, allowedCallers: [OTHER_BOT] }
    case 'unendorsed':
      return { ...own, cloud: cloudOf(world, 'unendorsed') }
    case 'public':
      return { ...own, cloud: resolveCloud(own.cloud, { allowLoopback: false }) }
    case 'local':
      return {}
    case 'channel':
    case 'parsed':
    case 'throws':
      return own
  }
}

/** A real cloud whose keys and tokens come from the world. */
export function cloudOf({ identity }: World, realm: Realm): Cloud {
  return resolveCloud(realm === 'government' ? usGovCloud : publicCloud, {
    loginUrl: `${identity.url}/login/`,
    channelMetadataUrl: identity.metadataUrl(realm, 'channel'),
    tenantMetadataUrl: identity.metadataUrl(realm, 'tenant'),
    userTokenUrl: identity.url,
    allowLoopback: true,
  })
}
