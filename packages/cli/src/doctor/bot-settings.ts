import { isLoopbackHost } from '@parley/core'

/** The kinds of bots there are, as `MicrosoftAppType` spells them. */
export const APP_TYPES = ['MultiTenant', 'SingleTenant', 'UserAssignedMsi'] as const
export type AppType = (typeof APP_TYPES)[number]

/** Where the bot's channel and identity are. */
export type ChannelService = 'public' | 'usGov' | URL

type Variables = Readonly<Record<string, string>>

/** The bot's kind; `undefined` when nobody knows such a kind. Not set means MultiTenant. */
export function appTypeOf({ MicrosoftAppType: given = 'MultiTenant' }: Variables): AppType | undefined {
  return APP_TYPES.find((known) => known.toLowerCase() === given.trim().toLowerCase())
}

/** The tenant the bot gets its tokens from, for a bot that has one of its own. */
export function ownTenantOf(variables: Variables): string | undefined {
  return appTypeOf(variables) === 'MultiTenant' ? undefined : variables['MicrosoftAppTenantId']?.trim()
}

/** The bot's cloud, or a local service; `undefined` when the value is none. */
export function channelServiceOf({ ChannelService: given = '' }: Variables): ChannelService | undefined {
  const text = given.trim()
  if (text === '' || text === 'public') return 'public'
  if (text === 'usGov' || text.replace(/\/$/, '') === 'https://botframework.azure.us') return 'usGov'
  if (text === 'local') return new URL('http://127.0.0.1:3979')
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url?.protocol === 'http:' && isLoopbackHost(url.hostname) ? url : undefined
}
