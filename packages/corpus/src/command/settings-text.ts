import { BOT_APP_ID, BOT_PASSWORD } from '../world/world.ts'
import type { WorldPorts } from '../world/world.ts'

/** What a foreign bot must be told, so that it takes the world of this command for the Bot Framework. */
export function settingsText({ identity, connector }: WorldPorts): string {
  const base = `http://127.0.0.1:${identity}`
  return `The bot under test needs these settings; start it anew for every run, because the keys are new in every run.

Any bot
  app id                     ${BOT_APP_ID}
  app password               ${BOT_PASSWORD}
  channel issuer             https://api.botframework.com
  channel OpenID metadata    ${base}/public/channel/.well-known/openid-configuration
  tenant OpenID metadata     ${base}/public/tenant/.well-known/openid-configuration
  token endpoint             ${base}/login/botframework.com/oauth2/v2.0/token
  the connector it replies to, named by every activity: http://127.0.0.1:${connector}/

Parley
  cloud: resolveCloud('public', {
    loginUrl: '${base}/login/',
    channelMetadataUrl: '${base}/public/channel/.well-known/openid-configuration',
    tenantMetadataUrl: '${base}/public/tenant/.well-known/openid-configuration',
    allowLoopback: true,
  })

botbuilder, in the environment or the configuration
  MicrosoftAppId=${BOT_APP_ID}
  MicrosoftAppPassword=${BOT_PASSWORD}
  ToChannelFromBotLoginUrl=${base}/login/botframework.com
  ToChannelFromBotOAuthScope=https://api.botframework.com
  ToBotFromChannelTokenIssuer=https://api.botframework.com
  OAuthUrl=${base}
  ToBotFromChannelOpenIdMetadataUrl=${base}/public/channel/.well-known/openid-configuration
  ToBotFromEmulatorOpenIdMetadataUrl=${base}/public/tenant/.well-known/openid-configuration
  CallerId=urn:botframework:azure
  Its token client refuses plain http: give it a credentials factory that returns any text as a token.

Its handler must reply once to every activity it is given, of whatever type.
`
}
