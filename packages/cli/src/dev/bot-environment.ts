import type { Service } from '@parley/service'
import { portOf } from '../project/bot-endpoint.ts'
import { cloudOf } from '../project/clouds.ts'
import type { ProjectEnvironment } from '../project/project-environment.ts'
import type { DevBot } from './dev-settings.ts'

/** What a bot needs in its environment to work with the local service. */
export type BotEnvironment = Readonly<Record<string, string>>

/** What of a service a bot has to know. */
export type KnownService = Pick<Service, 'url' | 'issuer'>

/** The variables by which a bot gets to know who it is and whom it works with. */
export function botEnvironment(bot: DevBot, service: KnownService): BotEnvironment {
  const { appId, secret, tenantId } = bot
  return {
    MicrosoftAppId: appId,
    MicrosoftAppPassword: secret,
    MicrosoftAppType: tenantId === undefined ? 'MultiTenant' : 'SingleTenant',
    ...(tenantId === undefined ? {} : { MicrosoftAppTenantId: tenantId }),
    ...(bot.isOfSdkV4 ? sdkV4Environment(bot, service) : { ChannelService: service.url }),
  }
}

/** SDK v4 itself knows no local service by `ChannelService`: a bot written for it is told each address. */
function sdkV4Environment({ tenantId, cloud }: DevBot, { url, issuer }: KnownService): BotEnvironment {
  const { sharedTenant, audience, callerId } = cloudOf(cloud)
  return {
    ToChannelFromBotLoginUrl: `${url}/${tenantId ?? sharedTenant}`,
    ToChannelFromBotOAuthScope: audience,
    ToBotFromChannelTokenIssuer: issuer,
    OAuthUrl: url,
    ToBotFromChannelOpenIdMetadataUrl: `${url}/v1/.well-known/openidconfiguration`,
    ToBotFromEmulatorOpenIdMetadataUrl: `${url}/common/v2.0/.well-known/openid-configuration`,
    CallerId: callerId,
    ValidateAuthority: 'true',
  }
}

/** Those and the port, for a bot that is started here. */
export function startEnvironment(bot: DevBot, service: KnownService): BotEnvironment {
  return { ...botEnvironment(bot, service), PORT: String(portOf(bot.endpoint)) }
}

/** Those that the bot would not find by itself in its `.env`. */
export function missingVariables(needed: BotEnvironment, { dotEnv }: ProjectEnvironment): BotEnvironment {
  const isFound = (name: string, value: string): boolean =>
    dotEnv[name] === value ||
    (name === 'MicrosoftAppType' && (dotEnv[name]?.toLowerCase() ?? 'multitenant') === value.toLowerCase())
  return Object.fromEntries(Object.entries(needed).filter(([name, value]) => !isFound(name, value)))
}
