import { silentLogger } from '@parley/core'
import type { Logger } from '@parley/core'
import { resolveBot } from './bots/bot-registration.ts'
import type { BotRegistration } from './bots/bot-registration.ts'
import type { RegisteredBot } from './bots/registered-bot.ts'
import { defaultAssetsDirectory } from './chat-page/page-assets.ts'
import { systemClock } from './clock.ts'
import type { Clock } from './clock.ts'
import type { DeterministicOptions } from './conversations/chance.ts'
import type { TeamsMeeting, TeamsTeam } from './connector/teams/teams-model.ts'
import { HostNotLoopbackError, ServiceOptionError } from './errors.ts'
import { SERVICE_CLOUDS } from './identity/service-cloud.ts'
import type { ServiceCloud, ServiceCloudName } from './identity/service-cloud.ts'
import { isLoopbackHost } from './http/loopback.ts'
import { DEFAULT_INSPECTOR_LIMITS } from './inspector/entry-ring.ts'
import type { InspectorLimits } from './inspector/entry-ring.ts'
import { DEFAULT_RETENTION } from './store/retention.ts'
import type { RetentionLimits } from './store/retention.ts'

/** How long the service's tokens live, in seconds. */
export interface TokenLifetimes {
  /** Access tokens, which bots show to the Connector API. Default 3600. */
  readonly accessTokenSeconds: number
  /** Tokens the service shows to bots. Default 3600. */
  readonly channelTokenSeconds: number
  /** Direct Line tokens of clients. Default 3600; clients renew them every 15 minutes, so keep it above 1800. */
  readonly directLineTokenSeconds: number
  /** Time a client has to open a stream after it got its address. Default 60. */
  readonly streamTokenSeconds: number
}

/** How the service runs. Everything has a default. */
export interface ServiceOptions {
  /** TCP port. Default 3979; 0 takes any free one. */
  readonly port?: number
  /** Address to listen on: `127.0.0.1` (default), `::1` or `localhost`. */
  readonly host?: string
  /** The bots to connect. More can be added later with `Service.registerBot`. Default none. */
  readonly bots?: readonly BotRegistration[]
  /**
   * What clients show to get Direct Line tokens, at least 16 characters. Default a random one: new in every run, or with
   * {@link ServiceOptions.dataFolder} the one kept there.
   */
  readonly directLineSecret?: string
  /**
   * A second secret that is as good as the first, at least 16 characters: to change a secret without a break, make the new one
   * the second, then change the programs, then make it the first. Default none.
   */
  readonly secondDirectLineSecret?: string
  /**
   * Folder to keep conversations in, so that they outlive the service, however it ends; created when missing. All is in one
   * SQLite file, `service.sqlite`, which one service at a time may use and only its owner may read: with the conversations it
   * holds the Direct Line secret, unless one is given, and the key of Direct Line tokens, so that programs and web pages come
   * back to their conversations after a restart. Tokens of bots end with the run all the same; bots get new ones by themselves.
   *
   * Needs Node 22.13 or newer, or the package `@photostructure/sqlite`. Default none: everything is forgotten at the end.
   */
  readonly dataFolder?: string
  /**
   * Folder to keep two keys in: that of the tokens the service shows to bots, and that of the tokens bots show to it; made when
   * it is missing. Bots look for new keys now and then only, so one that keeps running would refuse the next run for a while:
   * Parley's for ten seconds, those of SDK v4 for an hour. Whoever can read the folder can speak for the service to bots that
   * trust it, so only its owner can. Default none: new keys in every run.
   */
  readonly keysFolder?: string
  /** Default: logs nothing. */
  readonly logger?: Logger
  /**
   * Plays the public cloud or the one for the US Government, for bots that are configured for it: its issuer, its audience and
   * its tenant of bots. Default: a cloud of its own, which is the public one but for the issuer.
   */
  readonly cloud?: ServiceCloudName
  /**
   * `iss` of the tokens sent to bots. Default that of `cloud`, and without one the service's own address. With the issuer of a
   * tenant, `https://sts.windows.net/{tenant}/`, they are signed with the tenant's keys.
   */
  readonly issuer?: string
  readonly lifetimes?: Partial<TokenLifetimes>
  readonly retention?: Partial<RetentionLimits>
  /** Time a bot has to answer an activity, in milliseconds. Default 15 000, as on the real channel. */
  readonly botTimeoutMs?: number
  /** Teams of Microsoft Teams that bots are in. More can be added later with `Service.teams`. Default none. */
  readonly teams?: readonly TeamsTeam[]
  /** Meetings of Microsoft Teams that bots are in. Default none. */
  readonly meetings?: readonly TeamsMeeting[]
  /** Largest upload, with all its files, in bytes; `retention.maxAttachmentBytes` at most. Default 4 MiB. */
  readonly maxUploadBytes?: number
  /**
   * Offers nothing that the cloud's Direct Line does not have: bots cannot change or take back what they said (405), and clients
   * do not learn what the bot answered to an invoke. Default `false`.
   */
  readonly strictDirectLine?: boolean
  /** Largest data of one bag of Bot State, in bytes of its JSON, at most 10 MiB. Default 32 768, as in the cloud. */
  readonly maxBagBytes?: number
  /**
   * Whether a bag of Bot State is written without an eTag only when it holds nothing, as the old Emulator did, in place of
   * always, as the cloud documented it. Default `false`.
   */
  readonly strictBotState?: boolean
  /** Pause between two signs of life on an open stream, in milliseconds, at most 30 000. Default 20 000. */
  readonly streamKeepAliveMs?: number
  /**
   * Tells bots of new conversations as the Bot Framework Emulator does: one `conversationUpdate` for bot and user together,
   * when the user is known, instead of one for each. Default `false`, as the cloud's Direct Line.
   */
  readonly legacyEmulator?: boolean
  /** Origins of web pages, beside those of this machine, that may use Direct Line, e.g. `https://example.com`. Default none. */
  readonly trustedOrigins?: readonly string[]
  /**
   * Origins under which a reverse proxy makes the service reachable, e.g. `https://bot.example`: requests to their hosts are
   * answered, as are those to this machine with `X-Forwarded-Host` and `X-Forwarded-Proto` of one of them, and addresses sent
   * back begin with them. Whoever reaches one may talk to the bots, so the proxy has to ask for a password or the like. Default
   * none: forwarding headers are ignored.
   */
  readonly publicOrigins?: readonly string[]
  /** Directory of the built chat page. Default that of this package's build. */
  readonly assetsDirectory?: string
  /**
   * Gives conversations, activities and files the same ids in every run, and activities the same times, so that a conversation
   * that is played twice looks the same twice. Tokens are as always, because bots check their times. Ids that come again are
   * for a bot that starts anew: one that still runs takes the second run's activities for repetitions of the first.
   * Default: ids nobody guesses, and the time it is.
   */
  readonly deterministic?: DeterministicOptions
  /**
   * Whether the inspector of the chat page remembers what goes over the wire, and how much of it. It keeps no secrets and
   * forgets all with the run. Default `true`.
   */
  readonly inspector?: boolean | Partial<InspectorLimits>
  /** Default: the machine's clock. Timers run on the machine's clock in any case. */
  readonly clock?: Clock
}

/** The options with every default filled in and every value checked. */
export interface ResolvedServiceOptions extends Required<
  Omit<
    ServiceOptions,
    | 'bots'
    | 'cloud'
    | 'directLineSecret'
    | 'secondDirectLineSecret'
    | 'dataFolder'
    | 'keysFolder'
    | 'issuer'
    | 'lifetimes'
    | 'retention'
    | 'deterministic'
    | 'inspector'
  >
> {
  readonly bots: readonly RegisteredBot[]
  /** Absent for the one that is kept with the conversations. */
  readonly directLineSecret: string | undefined
  readonly secondDirectLineSecret: string | undefined
  /** Absent to keep everything in memory. */
  readonly dataFolder: string | undefined
  /** Absent for new keys. */
  readonly keysFolder: string | undefined
  readonly cloud: ServiceCloud
  /** Absent for the service's own address, which is known only when it listens. */
  readonly issuer: string | undefined
  readonly lifetimes: TokenLifetimes
  readonly retention: RetentionLimits
  /** Absent to leave ids and times to chance. */
  readonly deterministic: DeterministicOptions | undefined
  /** Absent to remember nothing. */
  readonly inspector: InspectorLimits | undefined
}

const DEFAULT_LIFETIMES: TokenLifetimes = {
  accessTokenSeconds: 3600,
  channelTokenSeconds: 3600,
  directLineTokenSeconds: 3600,
  streamTokenSeconds: 60,
}

const MAX_KEEP_ALIVE_MS = 30_000
const MIN_SECRET_LENGTH = 16
const DEFAULT_UPLOAD_BYTES = 4 * 1024 * 1024
const MAX_BAG_BYTES = 10 * 1024 * 1024

/**
 * Fills in the defaults.
 *
 * @throws HostNotLoopbackError `SERVICE_HOST_NOT_LOOPBACK`; ServiceOptionError `SERVICE_OPTION` naming what cannot be used.
 */
export function resolveServiceOptions(options: ServiceOptions = {}): ResolvedServiceOptions {
  const cloud = resolveCloud(options.cloud)
  const resolved: ResolvedServiceOptions = {
    port: options.port ?? 3979,
    host: options.host ?? '127.0.0.1',
    bots: (options.bots ?? []).map((bot, index) => resolveBot(bot, `bots[${index}]`, cloud)),
    directLineSecret: options.directLineSecret,
    secondDirectLineSecret: options.secondDirectLineSecret,
    dataFolder: options.dataFolder,
    keysFolder: options.keysFolder,
    logger: options.logger ?? silentLogger,
    cloud,
    issuer: options.issuer ?? (options.cloud && cloud.channelIssuer),
    lifetimes: { ...DEFAULT_LIFETIMES, ...options.lifetimes },
    retention: { ...DEFAULT_RETENTION, ...options.retention },
    botTimeoutMs: options.botTimeoutMs ?? 15_000,
    teams: options.teams ?? [],
    meetings: options.meetings ?? [],
    maxUploadBytes: options.maxUploadBytes ?? DEFAULT_UPLOAD_BYTES,
    strictDirectLine: options.strictDirectLine ?? false,
    maxBagBytes: options.maxBagBytes ?? 32_768,
    strictBotState: options.strictBotState ?? false,
    legacyEmulator: options.legacyEmulator ?? false,
    streamKeepAliveMs: options.streamKeepAliveMs ?? 20_000,
    deterministic: options.deterministic,
    trustedOrigins: options.trustedOrigins ?? [],
    publicOrigins: options.publicOrigins ?? [],
    assetsDirectory: options.assetsDirectory ?? defaultAssetsDirectory(),
    inspector: resolveInspector(options.inspector),
    clock: options.clock ?? systemClock,
  }
  check(resolved)
  return resolved
}

function resolveInspector(inspector: ServiceOptions['inspector'] = true): InspectorLimits | undefined {
  if (inspector === false) return undefined
  return { ...DEFAULT_INSPECTOR_LIMITS, ...(inspector === true ? {} : inspector) }
}

function check(options: ResolvedServiceOptions): void {
  const { port, host, directLineSecret, dataFolder, issuer, bots } = options
  if (!isLoopbackHost(host)) throw new HostNotLoopbackError(host)
  demand('port', Number.isInteger(port) && port >= 0 && port <= 65_535, 'must be a whole number from 0 to 65535')
  const secretProblem = `must be at least ${MIN_SECRET_LENGTH} characters without spaces`
  demand('directLineSecret', directLineSecret === undefined || isSecret(directLineSecret), secretProblem)
  const second = options.secondDirectLineSecret
  demand('secondDirectLineSecret', second === undefined || isSecret(second), secretProblem)
  const isPath = typeof dataFolder === 'string' && dataFolder !== ''
  demand('dataFolder', dataFolder === undefined || isPath, 'must be the path of a folder')
  const isKeysFolder = typeof options.keysFolder === 'string' && options.keysFolder !== ''
  demand('keysFolder', options.keysFolder === undefined || isKeysFolder, 'must be the path of a folder')
  demand('issuer', issuer === undefined || issuer !== '', 'must not be empty')
  demand('bots', new Set(bots.map(({ appId }) => appId)).size === bots.length, 'must not name an app id twice')
  for (const [name, value] of Object.entries({ ...options.lifetimes, ...options.retention })) {
    demand(name, Number.isFinite(value) && value > 0, 'must be above 0')
  }
  for (const name of [
    'maxActivities',
    'maxConversations',
    'maxAttachments',
    'maxAttachmentBytes',
    'maxBags',
  ] as const) {
    demand(name, Number.isInteger(options.retention[name]), 'must be a whole number')
  }
  for (const [name, value] of Object.entries(options.inspector ?? {})) {
    demand(`inspector.${name}`, Number.isInteger(value) && value > 0, 'must be a whole number above 0')
  }
  demand('botTimeoutMs', options.botTimeoutMs > 0, 'must be above 0')
  const { maxAttachmentBytes } = options.retention
  demand(
    'maxUploadBytes',
    options.maxUploadBytes > 0 && options.maxUploadBytes <= maxAttachmentBytes,
    'must be above 0 and at most retention.maxAttachmentBytes',
  )
  demand(
    'maxBagBytes',
    Number.isInteger(options.maxBagBytes) && options.maxBagBytes > 0 && options.maxBagBytes <= MAX_BAG_BYTES,
    `must be a whole number above 0 and at most ${MAX_BAG_BYTES}`,
  )
  const keepAlive = options.streamKeepAliveMs
  demand(
    'streamKeepAliveMs',
    keepAlive > 0 && keepAlive <= MAX_KEEP_ALIVE_MS,
    `must be above 0 and at most ${MAX_KEEP_ALIVE_MS}`,
  )
  checkDeterministic(options.deterministic)
  for (const name of ['trustedOrigins', 'publicOrigins'] as const) {
    demand(name, options[name].every(isOrigin), 'must hold origins, such as https://example.com')
  }
}

function isOrigin(value: string): boolean {
  return URL.canParse(value) && /^https?:/.test(value) && new URL(value).origin === value
}

function checkDeterministic(options: DeterministicOptions | undefined): void {
  if (options === undefined) return
  const { seed, startAt } = options
  demand('deterministic.seed', typeof seed === 'string' && seed !== '', 'must be a text')
  const isTime = startAt === undefined || !Number.isNaN(new Date(startAt).getTime())
  demand('deterministic.startAt', isTime, 'must be a date, or a text such as 2020-01-01T00:00:00Z')
}

/** Looked up by a name from a file: `constructor` is no cloud. */
function resolveCloud(name: ServiceCloudName = 'public'): ServiceCloud {
  demand('cloud', Object.hasOwn(SERVICE_CLOUDS, name), 'must be public or usGov')
  return SERVICE_CLOUDS[name]
}

function isSecret(value: string): boolean {
  return value.length >= MIN_SECRET_LENGTH && /^\S+$/.test(value)
}

function demand(option: string, isFulfilled: boolean, problem: string): void {
  if (!isFulfilled) throw new ServiceOptionError(option, problem)
}
