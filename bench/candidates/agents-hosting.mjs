/**
 * As its samples set it up. It asks for the keys of `api.botframework.com` at a fixed address, so it is sent tokens of a tenant;
 * MSAL refuses `http:`, so the outgoing token comes from a connection of the bench.
 */
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { peersFolder } from './index.mjs'
import { listen } from '../process/listen.mjs'
import { createOutboundToken } from './outbound-token.mjs'

const load = createRequire(peersFolder)
const { ActivityHandler, CloudAdapter, authorizeJWT, getAuthConfigWithDefaults } = load('@microsoft/agents-hosting')
const express = load('express')

/** @param {import('../world/world.d.ts').World} world */
export function start(world) {
  const settings = getAuthConfigWithDefaults({
    clientId: world.appId,
    clientSecret: world.appPassword,
    tenantId: world.tenantId,
    authority: world.origin,
    issuers: [`https://sts.windows.net/${world.tenantId}/`],
    validateIssuer: true,
  })
  const adapter = new CloudAdapter(settings)
  adapter.connectionManager = cachedConnections(settings, createOutboundToken(world))
  const bot = new ActivityHandler()
  bot.onMessage(async (/** @type {any} */ context, /** @type {() => Promise<void>} */ next) => {
    await context.sendActivity(`Echo: ${context.activity.text}`)
    await next()
  })
  const app = express()
  app.use(express.json())
  app.use(authorizeJWT(settings))
  app.post('/api/messages', (/** @type {any} */ request, /** @type {any} */ response) =>
    adapter.process(request, response, (/** @type {any} */ context) => bot.run(context)),
  )
  return listen(createServer(app))
}

/**
 * @param {object} connectionSettings
 * @param {() => Promise<string>} getAccessToken
 */
function cachedConnections(connectionSettings, getAccessToken) {
  const provider = { connectionSettings, getAccessToken }
  return {
    getConnection: () => provider,
    getDefaultConnection: () => provider,
    getTokenProvider: () => provider,
    getTokenProviderFromActivity: () => provider,
    getDefaultConnectionConfiguration: () => connectionSettings,
  }
}
