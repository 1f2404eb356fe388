import type { Logger } from '@parley/core'
import { addAttachmentRoutes } from './attachments/attachment-routes.ts'
import { Attachments } from './attachments/attachments.ts'
import { openBotState } from './bot-state/open-bot-state.ts'
import { BotClient } from './bots/bot-client.ts'
import { BotHealth } from './bots/bot-health.ts'
import { resolveBot } from './bots/bot-registration.ts'
import { BotRegistry } from './bots/bot-registry.ts'
import type { RegisteredBot } from './bots/registered-bot.ts'
import { ServiceEvents } from './bots/service-events.ts'
import { openChatPage } from './chat-page/open-chat-page.ts'
import { addConnectorRoutes } from './connector/connector-routes.ts'
import { ConnectorFaults } from './connector/faults/connector-faults.ts'
import { addFaultRoutes, withSecret } from './connector/faults/fault-routes.ts'
import { BatchOperations } from './connector/teams/batch-operations.ts'
import { Teams } from './connector/teams/teams.ts'
import { openChance, seededChance } from './conversations/chance.ts'
import { Attendance } from './conversations/attendance.ts'
import { BotSends } from './conversations/bot-sends.ts'
import type { CompleteActivity } from './conversations/bot-sends.ts'
import { ChannelEvents } from './conversations/channel-events.ts'
import { ClientTurns } from './conversations/client-turns.ts'
import { ConversationFeed } from './conversations/conversation-feed.ts'
import { Conversations } from './conversations/conversations.ts'
import { DirectLineAccess } from './direct-line/direct-line-access.ts'
import { addDirectLineRoutes } from './direct-line/direct-line-routes.ts'
import { DirectLineTokens } from './direct-line/direct-line-tokens.ts'
import { Streams } from './direct-line/streams.ts'
import { HostPolicy } from './http/host-policy.ts'
import { LocalServer } from './http/local-server.ts'
import { OriginPolicy } from './http/origin-policy.ts'
import { Routes } from './http/routes.ts'
import { withTokenFaults } from './identity/faulty-token.ts'
import type { KeyRing } from './identity/key-ring.ts'
import { createIdentity, createIssuerKeys, openIdentity } from './identity/open-identity.ts'
import type { Identity } from './identity/open-identity.ts'
import { prepareKeys } from './identity/prepare-keys.ts'
import type { KeyOwner } from './identity/service-identity.ts'
import { openInspector } from './inspector/open-inspector.ts'
import type { OpenedInspector } from './inspector/open-inspector.ts'
import { TokenFaults } from './identity/token-faults.ts'
import { resolveServiceOptions } from './service-options.ts'
import type { ResolvedServiceOptions, ServiceOptions } from './service-options.ts'
import type { ConnectedBot, Service } from './service.ts'
import { fillSignInCards } from './sign-in/fill-sign-in-cards.ts'
import { openSignIn } from './sign-in/open-sign-in.ts'
import { SignIns } from './sign-in/sign-ins.ts'
import { openServiceData } from './store/service-data.ts'
import type { ServiceData } from './store/service-data.ts'

const FORGET_EVERY_MS = 60_000

/**
 * Starts the service.
 *
 * @throws HostNotLoopbackError `SERVICE_HOST_NOT_LOOPBACK`, ServiceOptionError `SERVICE_OPTION`,
 * PortInUseError `SERVICE_PORT_IN_USE`, ListenFailedError `SERVICE_LISTEN_FAILED`. With a data folder also
 * DataEngineMissingError `SERVICE_DATA_ENGINE`, DataFolderInUseError `SERVICE_DATA_IN_USE`, DataFileForeignError
 * `SERVICE_DATA_FOREIGN`, DataFileDamagedError `SERVICE_DATA_DAMAGED`, DataFileNewerError `SERVICE_DATA_NEWER` and
 * DataFolderFailedError `SERVICE_DATA_FAILED`.
 */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const resolved = resolveServiceOptions(options)
  const data = await openServiceData(resolved)
  try {
    return await listen(resolved, data)
  } catch (error) {
    data.close()
    throw error
  }
}

async function listen(options: ResolvedServiceOptions, data: ServiceData): Promise<Service> {
  const { host, port, logger } = options
  const routes = new Routes()
  const origins = new OriginPolicy([...options.trustedOrigins, ...options.publicOrigins])
  const hosts = new HostPolicy(options.publicOrigins)
  const server = new LocalServer({ host, port, logger, routes, hosts, origins })
  await server.listen()
  // The address everything else needs is known only now; until the doors are added, the server answers 404.
  const url = `http://${host === '::1' ? '[::1]' : host}:${server.port}`
  const { directLineKeys: directLine, userTokenKeys: user } = data
  const keys = { ...createIssuerKeys(options), directLine, user }
  return assemble({ options, data, keys, routes, origins, server, url })
}

/** What every part is made from. */
interface Foundation {
  readonly options: ResolvedServiceOptions
  readonly data: ServiceData
  readonly keys: Readonly<Record<KeyOwner | 'directLine', KeyRing>>
  readonly routes: Routes
  readonly origins: OriginPolicy
  readonly server: LocalServer
  readonly url: string
}

function assemble(foundation: Foundation): Service {
  const { options, data, server, url } = foundation
  const bots = new BotRegistry()
  for (const bot of options.bots) bots.register(bot)
  const events = new ServiceEvents(options.logger)
  const issuer = options.issuer ?? url
  const home = { ...foundation, bots, issuer, serviceUrl: serviceUrlOf(url) }
  const identity = createIdentity(home)
  const inspector = openInspector({
    limits: options.inspector,
    clock: options.clock,
    bots,
    events,
    keys: foundation.keys,
    url,
    issuer,
    identity,
    cloud: options.cloud,
    store: data.conversations,
    directLineSecrets: directLineSecretsOf(foundation),
  })
  if (inspector.exchanges) server.observe(inspector.exchanges)
  const tokenFaults = new TokenFaults()
  const talk = createTalk(foundation, bots, events, identity, inspector, tokenFaults)
  const directLine = openDirectLine(foundation, bots, talk)
  const { accessTokens } = identity
  const faults = new ConnectorFaults()
  const controls = openIdentity(home, identity, { health: talk.health, faults, access: directLine.access })
  const teams = new Teams(talk.conversations, bots)
  for (const team of options.teams) teams.addTeam(team)
  for (const meeting of options.meetings) teams.addMeeting(meeting)
  const operations = new BatchOperations()
  addConnectorRoutes(foundation.routes, { ...talk, accessTokens, faults, teams, operations })
  addFaultRoutes(foundation.routes, '/dev/faults', 'faults', faults, withSecret(directLine.access))
  inspector.watchBags(openBotState({ ...foundation, accessTokens, faults }), foundation.routes)
  addAttachmentRoutes(foundation.routes, { ...talk, accessTokens, origins: foundation.origins })
  const userTokens = openSignIn({
    ...foundation,
    ...talk,
    bots,
    accessTokens,
    access: directLine.access,
    keys: foundation.keys.user,
    records: data.records,
    clock: options.clock,
  })
  const channelEvents = new ChannelEvents({ ...talk, bots })
  const pages = openChatPage({
    ...foundation,
    ...talk,
    assetsDirectory: options.assetsDirectory,
    bots,
    events,
    tokens: directLine.tokens,
    tokenKeys: foundation.keys.directLine,
    channelEvents,
    faults,
    tokenFaults,
    identity: controls,
    userTokens,
    inspector,
  })
  // In the order in which a first conversation needs them.
  const { channel, tenant, directLine: directLineKeys, user } = foundation.keys
  const keyPreparation = prepareKeys([directLineKeys, channel, tenant, user])
  // The server before the turns, so that no new ones begin; the data last, because the turns write to it.
  const { health, client, turns } = talk
  const parts: readonly Closable[] = [
    talk,
    health,
    client,
    pages,
    inspector,
    directLine.streams,
    server,
    turns,
    keyPreparation,
    data,
  ]
  const { dataFolder } = options
  options.logger.info(
    { ev: 'service.started', url, issuer, bots: bots.all().map(({ appId }) => appId), dataFolder },
    'The service is up.',
  )
  let closing: Promise<void> | undefined
  return {
    url,
    serviceUrl: serviceUrlOf(url),
    issuer,
    directLineSecret: directLine.secret,
    get bots() {
      return bots.all().map((bot) => describe(bot, talk.health))
    },
    identity: controls,
    registerBot(registration) {
      const bot = resolveBot(registration, 'registerBot', options.cloud)
      bots.register(bot)
      talk.health.clear(bot)
    },
    faults,
    tokenFaults,
    teams,
    userTokens,
    channelEvents,
    onEvent: (listener) => events.listen(listener),
    cutStream: (conversationId) => directLine.streams.cut(conversationId),
    close() {
      closing ??= closeAll(parts, options.logger)
      return closing
    },
  }
}

async function closeAll(parts: readonly Closable[], logger: Logger): Promise<void> {
  for (const part of parts) await part.close()
  logger.info({ ev: 'service.stopped' }, 'The service has stopped.')
}

interface Closable {
  close(): void | Promise<void>
}

/** Conversations, and the ways into them from both sides. */
interface Talk extends Closable {
  readonly conversations: Conversations
  readonly feed: ConversationFeed
  readonly attendance: Attendance
  readonly client: BotClient
  readonly health: BotHealth
  readonly turns: ClientTurns
  readonly sends: BotSends
  readonly signIns: SignIns
  readonly attachments: Attachments
}

function createTalk(
  { options, data, url }: Foundation,
  bots: BotRegistry,
  events: ServiceEvents,
  identity: Identity,
  inspector: OpenedInspector,
  tokenFaults: TokenFaults,
): Talk {
  const { clock, logger } = options
  const store = data.conversations
  const feed = new ConversationFeed()
  const attendance = new Attendance({ clock, onArrival: (id) => meet(id) })
  const chance = options.deterministic ? seededChance(options.deterministic) : openChance(clock)
  const serviceUrl = serviceUrlOf(url)
  const conversations = new Conversations({ store, feed, clock, serviceUrl, chance, observer: inspector.conversations })
  const client = new BotClient({
    timeoutMs: options.botTimeoutMs,
    tokenFor: withTokenFaults(identity, tokenFaults),
    observer: inspector.posts,
  })
  /** Asked by timers and open connections, where nobody could catch an error of the store. */
  const botIdOf = (id: string): string | undefined => {
    try {
      return conversations.get(id)?.botId
    } catch (error) {
      logger.error({ err: error, conversation: id }, 'A conversation could not be read.')
      return undefined
    }
  }
  const attended = ({ appId }: RegisteredBot): readonly string[] =>
    attendance.attended().filter((id) => botIdOf(id) === appId)
  const health: BotHealth = new BotHealth({
    events,
    isAwaited: (bot) => attendance.isWatched(bot.appId) || attended(bot).length > 0,
    onReachable: (bot) => attended(bot).forEach((id) => turns.catchUp(id)),
  })
  const { legacyEmulator } = options
  const turns = new ClientTurns({ conversations, bots, client, health, logger, legacyEmulator })
  /** An earlier run may have ended before the bot was introduced. A bot known to be down is told when it is back. */
  const meet = (id: string): void => {
    if (health.problemOf(botIdOf(id) ?? '')?.kind !== 'bot-unreachable') turns.catchUp(id)
  }
  const forget = (): void => {
    try {
      store.forgetExpired(clock.now())
      data.attachments.forgetExpired(clock.now())
      data.records.forgetExpired(clock.now())
      data.giveBack()
    } catch (error) {
      logger.error({ err: error }, 'What is old could not be forgotten; it is tried again.')
    }
  }
  forget()
  const forgetting = setInterval(forget, FORGET_EVERY_MS)
  forgetting.unref()
  const close = (): void => clearInterval(forgetting)
  const signIns = new SignIns({ records: data.records, conversations, clock, url })
  const complete: CompleteActivity = (activity, place) => fillSignInCards(activity, place, signIns, logger)
  const sends = new BotSends({ conversations, turns, strict: options.strictDirectLine, complete })
  const { maxUploadBytes } = options
  const attachments = new Attachments({ store: data.attachments, conversations, maxUploadBytes })
  return { conversations, feed, attendance, client, health, turns, sends, signIns, attachments, close }
}

interface DirectLine {
  readonly secret: string
  readonly access: DirectLineAccess
  readonly tokens: DirectLineTokens
  readonly streams: Streams
}

/** What programs may show to Direct Line, the first one first. */
function directLineSecretsOf({ options, data }: Foundation): readonly [string, ...string[]] {
  const { directLineSecret = data.directLineSecret, secondDirectLineSecret: second } = options
  return second === undefined ? [directLineSecret] : [directLineSecret, second]
}

function openDirectLine(
  foundation: Foundation,
  bots: BotRegistry,
  { conversations, feed, attendance, turns, attachments }: Talk,
): DirectLine {
  const { options, keys, routes, origins } = foundation
  const { clock, lifetimes, logger } = options
  const secrets = directLineSecretsOf(foundation)
  const { streamKeepAliveMs: keepAliveMs, strictDirectLine: strict } = options
  const lifetimeSeconds = { client: lifetimes.directLineTokenSeconds, stream: lifetimes.streamTokenSeconds }
  const tokens = new DirectLineTokens({ keys: keys.directLine, clock, lifetimeSeconds })
  const access = new DirectLineAccess(secrets, tokens)
  const streams = new Streams({ access, conversations, feed, attendance, keepAliveMs, logger })
  addDirectLineRoutes(
    routes,
    { access, tokens, bots, conversations, turns, attendance, attachments, origins, strict, logger },
    streams,
  )
  return { secret: secrets[0], access, tokens, streams }
}

/** Base addresses of real channels end in a slash, so bots had better join paths to them with care. */
function serviceUrlOf(url: string): string {
  return `${url}/`
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
