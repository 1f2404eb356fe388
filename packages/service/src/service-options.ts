import { randomBytes } from 'node:crypto'
import { silentLogger } from '@parley/core'
import type { Logger } from '@parley/core'
import { resolveBot } from './bots/bot-registration.ts'
import type { BotRegistration } from './bots/bot-registration.ts'
import type { RegisteredBot } from './bots/registered-bot.ts'
import { defaultAssetsDirectory } from './chat-page/page-assets.ts'
import { systemClock } from './clock.ts'
import type { Clock } from './clock.ts'
import { HostNotLoopbackError, ServiceOptionError } from './errors.ts'
import { isLoopbackHost } from './http/loopback.ts'
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
  /** What clients show to get Direct Line tokens. Default a new random one, at least 16 characters if given. */
  readonly directLineSecret?: string
  /** Default: logs nothing. */
  readonly logger?: Logger
  /** `iss` of the tokens sent to bots. Default the service's own address. */
  readonly issuer?: string
  readonly lifetimes?: Partial<TokenLifetimes>
  readonly retention?: Partial<RetentionLimits>
  /** Time a bot has to answer an activity, in milliseconds. Default 15 000, as on the real channel. */
  readonly botTimeoutMs?: number
  /** Pause between two signs of life on an open stream, in milliseconds, at most 30 000. Default 20 000. */
  readonly streamKeepAliveMs?: number
  /** Origins of web pages, beside those of this machine, that may use Direct Line, e.g. `https://example.com`. Default none. */
  readonly trustedOrigins?: readonly string[]
  /** Directory of the built chat page. Default that of this package's build. */
  readonly assetsDirectory?: string
  /** Default: the machine's clock. Timers run on the machine's clock in any case. */
  readonly clock?: Clock
}

/** The options with every default filled in and every value checked. */
export interface ResolvedServiceOptions extends Required<
  Omit<ServiceOptions, 'bots' | 'issuer' | 'lifetimes' | 'retention'>
> {
  readonly bots: readonly RegisteredBot[]
  /** Absent for the service's own address, which is known only when it listens. */
  readonly issuer: string | undefined
  readonly lifetimes: TokenLifetimes
  readonly retention: RetentionLimits
}

const DEFAULT_LIFETIMES: TokenLifetimes = {
  accessTokenSeconds: 3600,
  channelTokenSeconds: 3600,
  directLineTokenSeconds: 3600,
  streamTokenSeconds: 60,
}

const MAX_KEEP_ALIVE_MS = 30_000
const MIN_SECRET_LENGTH = 16

/**
 * Fills in the defaults.
 *
 * @throws HostNotLoopbackError `SERVICE_HOST_NOT_LOOPBACK`; ServiceOptionError `SERVICE_OPTION` naming what cannot be used.
 */
export function resolveServiceOptions(options: ServiceOptions = {}): ResolvedServiceOptions {
  const resolved: ResolvedServiceOptions = {
    port: options.port ?? 3979,
    host: options.host ?? '127.0.0.1',
    bots: (options.bots ?? []).map((bot, index) => resolveBot(bot, `bots[${index}]`)),
    directLineSecret: options.directLineSecret ?? randomBytes(32).toString('base64url'),
    logger: options.logger ?? silentLogger,
    issuer: options.issuer,
    lifetimes: { ...DEFAULT_LIFETIMES, ...options.lifetimes },
    retention: { ...DEFAULT_RETENTION, ...options.retention },
    botTimeoutMs: options.botTimeoutMs ?? 15_000,
    streamKeepAliveMs: options.streamKeepAliveMs ?? 20_000,
    trustedOrigins: options.trustedOrigins ?? [],
    assetsDirectory: options.assetsDirectory ?? defaultAssetsDirectory(),
    clock: options.clock ?? systemClock,
  }
  check(resolved)
  return resolved
}

function check(options: ResolvedServiceOptions): void {
  const { port, host, directLineSecret, issuer, bots, trustedOrigins } = options
  if (!isLoopbackHost(host)) throw new HostNotLoopbackError(host)
  demand('port', Number.isInteger(port) && port >= 0 && port <= 65_535, 'must be a whole number from 0 to 65535')
  const secretProblem = `must be at least ${MIN_SECRET_LENGTH} characters without spaces`
  demand(
    'directLineSecret',
    /^\S+$/.test(directLineSecret) && directLineSecret.length >= MIN_SECRET_LENGTH,
    secretProblem,
  )
  demand('issuer', issuer === undefined || issuer !== '', 'must not be empty')
  demand('bots', new Set(bots.map(({ appId }) => appId)).size === bots.length, 'must not name an app id twice')
  for (const [name, value] of Object.entries({ ...options.lifetimes, ...options.retention })) {
    demand(name, Number.isFinite(value) && value > 0, 'must be above 0')
  }
  demand('botTimeoutMs', options.botTimeoutMs > 0, 'must be above 0')
  const keepAlive = options.streamKeepAliveMs
  demand(
    'streamKeepAliveMs',
    keepAlive > 0 && keepAlive <= MAX_KEEP_ALIVE_MS,
    `must be above 0 and at most ${MAX_KEEP_ALIVE_MS}`,
  )
  for (const origin of trustedOrigins) {
    const isOrigin = URL.canParse(origin) && new URL(origin).origin === origin
    demand('trustedOrigins', isOrigin, 'must hold origins, such as https://example.com')
  }
}

function demand(option: string, isFulfilled: boolean, problem: string): void {
  if (!isFulfilled) throw new ServiceOptionError(option, problem)
}
