/** As its samples set it up. MSAL refuses `http:`, so the outgoing token comes from a credentials factory of the bench. */
import { createRequire } from 'node:module'
import { peersFolder } from './index.mjs'
import { listen } from '../process/listen.mjs'
import { createOutboundToken } from './outbound-token.mjs'

const restify = createRequire(peersFolder)('restify')

/**
 * @param {import('../world/world.d.ts').World} world
 * @param {{ botbuilder: any, connector: any }} sdk - The modules of SDK v4, or their drop-ins.
 */
export function startV4Echo(world, { botbuilder, connector }) {
  const { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication } = botbuilder
  const CachedCredentialsFactory = cachedCredentials(connector.ServiceClientCredentialsFactory)
  const adapter = new CloudAdapter(
    new ConfigurationBotFrameworkAuthentication(settings(world), new CachedCredentialsFactory(world)),
  )
  const bot = new ActivityHandler()
  bot.onMessage(async (/** @type {any} */ context, /** @type {() => Promise<void>} */ next) => {
    await context.sendActivity(`Echo: ${context.activity.text}`)
    await next()
  })
  const server = restify.createServer()
  server.use(restify.plugins.bodyParser())
  // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- restify, unlike express, expects `async` of two parameters.
  server.post('/api/messages', async (/** @type {any} */ request, /** @type {any} */ response) => {
    await adapter.process(request, response, (/** @type {any} */ context) => bot.run(context))
  })
  return listen(server)
}

/**
 * Setting one of these makes the others `undefined` unless they are set too.
 *
 * @param {import('../world/world.d.ts').World} world
 */
function settings({ origin, appId }) {
  return {
    MicrosoftAppId: appId,
    ToChannelFromBotLoginUrl: `${origin}/botframework.com`,
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    ToBotFromChannelTokenIssuer: origin,
    OAuthUrl: origin,
    ToBotFromChannelOpenIdMetadataUrl: `${origin}/v1/.well-known/openidconfiguration`,
    ToBotFromEmulatorOpenIdMetadataUrl: `${origin}/common/v2.0/.well-known/openid-configuration`,
    CallerId: 'urn:botframework:azure',
  }
}

/** @param {any} ServiceClientCredentialsFactory */
function cachedCredentials(ServiceClientCredentialsFactory) {
  return class extends ServiceClientCredentialsFactory {
    /** @param {import('../world/world.d.ts').World} world */
    constructor(world) {
      super()
      this.appId = world.appId
      const token = createOutboundToken(world)
      this.credentials = {
        async signRequest(/** @type {any} */ request) {
          request.headers.set('Authorization', `Bearer ${await token()}`)
          return request
        },
      }
    }

    /** @param {string} appId */
    async isValidAppId(appId) {
      return appId === this.appId
    }

    async isAuthenticationDisabled() {
      return false
    }

    async createCredentials() {
      return this.credentials
    }
  }
}
