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

/**
 * With one of them set, SDK v4 takes all of them as they are, and leaves `ChannelService` and the defaults of its cloud out. A
 * local service it knows by them only.
 */
export const SDK_V4_ADDRESSES = [
  'ToChannelFromBotLoginUrl',
  'ToChannelFromBotOAuthScope',
  'ToBotFromChannelTokenIssuer',
  'OAuthUrl',
  'ToBotFromChannelOpenIdMetadataUrl',
  'ToBotFromEmulatorOpenIdMetadataUrl',
  'CallerId',
] as const

/** The bot's cloud, or a local service; `undefined` when the value is none. */
export function channelServiceOf(variables: Variables): ChannelService | undefined {
  const { ChannelService: given = '', ToBotFromChannelOpenIdMetadataUrl: metadata = '' } = variables
  const ofSdkV4 = localUrlOf(metadata)
  if (ofSdkV4) return new URL(ofSdkV4.origin)
  const text = given.trim()
  if (text === '' || text === 'public') return 'public'
  if (text === 'usGov' || text.replace(/\/$/, '') === 'https://botframework.azure.us') return 'usGov'
  if (text === 'local') return new URL('http://127.0.0.1:3979')
  return localUrlOf(text)
}

function localUrlOf(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url?.protocol === 'http:' && isLoopbackHost(url.hostname) ? url : undefined
}
