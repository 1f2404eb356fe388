import { BotClient } from './bots/bot-client.ts'
import { BotHealth } from './bots/bot-health.ts'
import { resolveBot } from './bots/bot-registration.ts'
import { BotRegistry } from './bots/bot-registry.ts'
import type { RegisteredBot } from './bots/registered-bot.ts'
import { ServiceEvents } from './bots/service-events.ts'
import { addChatPageRoutes } from './chat-page/chat-page-routes.ts'
import { PageAssets } from './chat-page/page-assets.ts'
import { PageEvents } from './chat-page/page-events.ts'
import { addConnectorRoutes } from './connector/connector-routes.ts'
import { Attendance } from './conversations/attendance.ts'
import { BotSends } from './conversations/bot-sends.ts'
import { ClientTurns } from './conversations/client-turns.ts'
import { ConversationFeed } from './conversations/conversation-feed.ts'
import { Conversations } from './conversations/conversations.ts'
import { DirectLineAccess } from './direct-line/direct-line-access.ts'
import { addDirectLineRoutes } from './direct-line/direct-line-routes.ts'
import { DirectLineTokens } from './direct-line/direct-line-tokens.ts'
import { Streams } from './direct-line/streams.ts'
import { LocalServer } from './http/local-server.ts'
import { OriginPolicy } from './http/origin-policy.ts'
import { Routes } from './http/routes.ts'
import { AccessTokens } from './identity/access-tokens.ts'
import { ChannelTokens } from './identity/channel-tokens.ts'
import { addIdentityRoutes } from './identity/identity-routes.ts'
import { KeyRing } from './identity/key-ring.ts'
import { ServiceIdentity } from './identity/service-identity.ts'
import { resolveServiceOptions } from './service-options.ts'
import type { ResolvedServiceOptions, ServiceOptions } from './service-options.ts'
import type { ConnectedBot, Service } from './service.ts'
import { MemoryConversationStore } from './store/memory-conversation-store.ts'

/** Channels this service speaks for; bots refuse its token for any other. */
const ENDORSED_CHANNELS: readonly string[] = ['directline', 'webchat']

const FORGET_EVERY_MS = 60_000

/**
 * Starts the service.
 *
 * @throws HostNotLoopbackError `SERVICE_HOST_NOT_LOOPBACK`, ServiceOptionError `SERVICE_OPTION`,
 * PortInUseError `SERVICE_PORT_IN_USE`, ListenFailedError `SERVICE_LISTEN_FAILED`.
 */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const resolved = resolveServiceOptions(options)
  const [channelKeys, tenantKeys, directLineKeys] = await Promise.all([
    KeyRing.create(),
    KeyRing.create(),
    KeyRing.create(),
  ])
  const routes = new Routes()
  const origins = new OriginPolicy(resolved.trustedOrigins)
  const { host, port, logger } = resolved
  const server = new LocalServer({ host, port, logger, routes, origins })
  await server.listen()
  return assemble({ resolved, routes, origins, server, channelKeys, tenantKeys, directLineKeys })
}

interface Parts {
  readonly resolved: ResolvedServiceOptions
  readonly routes: Routes
  readonly origins: OriginPolicy
  readonly server: LocalServer
  readonly channelKeys: KeyRing
  readonly tenantKeys: KeyRing
  readonly directLineKeys: KeyRing
}

/** Joins the parts, and opens the doors last: the address they all need is known only now. */
function assemble({ resolved, routes, origins, server, channelKeys, tenantKeys, directLineKeys }: Parts): Service {
  const { clock, logger, lifetimes, directLineSecret } = resolved
  const url = `http://${resolved.host === '::1' ? '[::1]' : resolved.host}:${server.port}`
  const serviceUrl = `${url}/`
  const issuer = resolved.issuer ?? url

  const bots = new BotRegistry()
  for (const bot of resolved.bots) bots.register(bot)
  const events = new ServiceEvents(logger)
  const channelTokens = new ChannelTokens({
    keys: channelKeys,
    issuer,
    serviceUrl,
    clock,
    lifetimeSeconds: lifetimes.channelTokenSeconds,
  })
  const accessTokens = new AccessTokens({
    keys: tenantKeys,
    bots,
    clock,
    lifetimeSeconds: lifetimes.accessTokenSeconds,
  })

  const store = new MemoryConversationStore(clock, resolved.retention)
  const feed = new ConversationFeed()
  const attendance = new Attendance(clock)
  const conversations = new Conversations({ store, feed, clock, serviceUrl })
  const client = new BotClient({ timeoutMs: resolved.botTimeoutMs, tokenFor: (bot) => channelTokens.get(bot) })
  const attendedOf = ({ appId }: RegisteredBot): readonly string[] =>
    attendance.attended().filter((id) => conversations.get(id)?.botId === appId)
  const health: BotHealth = new BotHealth({
    events,
    isAwaited: (bot) => pageEvents.isWatched(bot.appId) || attendedOf(bot).length > 0,
    onReachable: (bot) => attendedOf(bot).forEach((id) => turns.catchUp(id)),
  })
  const turns = new ClientTurns({ conversations, bots, client, health, logger })
  const sends = new BotSends(conversations, turns)

  const directLineTokens = new DirectLineTokens({
    keys: directLineKeys,
    clock,
    lifetimeSeconds: { client: lifetimes.directLineTokenSeconds, stream: lifetimes.streamTokenSeconds },
  })
  const access = new DirectLineAccess(directLineSecret, directLineTokens)
  const keepAliveMs = resolved.streamKeepAliveMs
  const streams = new Streams({ access, conversations, feed, attendance, keepAliveMs })
  const pageEvents = new PageEvents(events, health)

  addIdentityRoutes(routes, {
    bots,
    accessTokens,
    tenantKeys,
    channelKeys,
    channelIssuer: issuer,
    endorsements: ENDORSED_CHANNELS,
    clock,
    onTokenIssued: (bot) => health.noteTokenIssued(bot),
    onWrongSecret: (bot) => health.noteWrongSecret(bot),
  })
  addConnectorRoutes(routes, { conversations, sends, accessTokens })
  addDirectLineRoutes(
    routes,
    { access, tokens: directLineTokens, bots, conversations, turns, attendance, origins },
    streams,
  )
  const assets = new PageAssets(resolved.assetsDirectory)
  addChatPageRoutes(routes, { assets, events: pageEvents, tokens: directLineTokens, bots })

  const forgetting = setInterval(() => store.forgetExpired(clock.now()), FORGET_EVERY_MS)
  forgetting.unref()
  logger.info({ ev: 'service.started', url, issuer, bots: bots.all().map(({ appId }) => appId) }, 'The service is up.')

  return {
    url,
    serviceUrl,
    issuer,
    directLineSecret,
    get bots() {
      return bots.all().map((bot) => describe(bot, health))
    },
    identity: new ServiceIdentity({
      bots,
      channelTokens,
      accessTokens,
      keys: { channel: channelKeys, tenant: tenantKeys },
    }),
    registerBot(registration) {
      const bot = resolveBot(registration, 'registerBot')
      bots.register(bot)
      health.clear(bot)
    },
    onEvent: (listener) => events.listen(listener),
    cutStream: (conversationId) => streams.cut(conversationId),
    async close() {
      clearInterval(forgetting)
      health.close()
      client.close()
      pageEvents.close()
      await streams.close()
      await server.close()
      logger.info({ ev: 'service.stopped' }, 'The service has stopped.')
    },
  }
}

function describe({ appId, name, endpoint, tenantId }: RegisteredBot, health: BotHealth): ConnectedBot {
  const problem = health.problemOf(appId)
  return {
    appId,
    name,
    endpoint: endpoint.href,
    ...(tenantId === undefined ? {} : { tenantId }),
    ...(problem ? { problem } : {}),
  }
}
