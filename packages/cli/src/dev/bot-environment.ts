import type { ProjectEnvironment } from '../project/project-environment.ts'
import { portOf } from '../project/bot-endpoint.ts'
import type { DevBot } from './dev-settings.ts'

/** What a bot needs in its environment to work with the local service. */
export type BotEnvironment = Readonly<Record<string, string>>

/** The variables by which a bot gets to know who it is and whom it works with. */
export function botEnvironment({ appId, secret, tenantId }: DevBot, serviceUrl: string): BotEnvironment {
  return {
    MicrosoftAppId: appId,
    MicrosoftAppPassword: secret,
    MicrosoftAppType: tenantId === undefined ? 'MultiTenant' : 'SingleTenant',
    ...(tenantId === undefined ? {} : { MicrosoftAppTenantId: tenantId }),
    ChannelService: serviceUrl,
  }
}

/** Those and the port, for a bot that is started here. */
export function startEnvironment(bot: DevBot, serviceUrl: string): BotEnvironment {
  return { ...botEnvironment(bot, serviceUrl), PORT: String(portOf(bot.endpoint)) }
}

/** Those that the bot would not find by itself in its `.env`. */
export function missingVariables(needed: BotEnvironment, { dotEnv }: ProjectEnvironment): BotEnvironment {
  const isFound = (name: string, value: string): boolean =>
    dotEnv[name] === value ||
    (name === 'MicrosoftAppType' && (dotEnv[name]?.toLowerCase() ?? 'multitenant') === value.toLowerCase())
  return Object.fromEntries(Object.entries(needed).filter(([name, value]) => !isFound(name, value)))
}
