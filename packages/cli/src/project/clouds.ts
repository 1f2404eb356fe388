import type { ChannelService } from './bot-settings.ts'

/** Where a bot gets its tokens, and whose tokens it takes. */
export interface BotCloud {
  readonly login: URL
  /** Tenant of bots that are multi-tenant. */
  readonly sharedTenant: string
  /** Whom the bot's tokens are for. */
  readonly audience: string
  /** `iss` of the tokens the channel sends. */
  readonly issuer: string
  /** What bots are told who called, when it was the channel. */
  readonly callerId: string
}

/** The addresses of a cloud, or of a local service in place of one. */
export function cloudOf(service: ChannelService): BotCloud {
  if (service === 'usGov') {
    return {
      login: new URL('https://login.microsoftonline.us/'),
      sharedTenant: 'MicrosoftServices.onmicrosoft.us',
      audience: 'https://api.botframework.us',
      issuer: 'https://api.botframework.us',
      callerId: 'urn:botframework:azureusgov',
    }
  }
  return {
    login: service === 'public' ? new URL('https://login.microsoftonline.com/') : service,
    sharedTenant: 'botframework.com',
    audience: 'https://api.botframework.com',
    issuer: service === 'public' ? 'https://api.botframework.com' : service.origin,
    callerId: 'urn:botframework:azure',
  }
}
