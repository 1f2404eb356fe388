import { publicCloud } from '@parley/auth'
import type { Cloud } from '@parley/auth'
import type { Logger, TokenSource } from '@parley/core'
import { ParleyError } from '@parley/core'
import type { Storage } from '@parley/state'
import { createDefaultLogger } from './default-logger.cts'
import type { MaybeSentPolicy } from './stages/send-journal.ts'
import type { TurnConcurrency } from './stages/turn-queue.ts'
import type { TurnStorageFailurePolicy } from './turn-storage/shared-turns.ts'

/** The options of an adapter contradict each other, or leave something out that it cannot run without. */
export class AdapterOptionsError extends ParleyError {
  static readonly code = 'ADAPTER_OPTIONS_INVALID'
  readonly code: string = AdapterOptionsError.code
}

/** Everything about a {@link CloudAdapter} that can be chosen. All of it is read once, by the constructor. */
export interface CloudAdapterOptions {
  /**
   * The bot's id (`MicrosoftAppId`). Without one nobody has to prove anything, so that only senders on this machine are
   * served; see {@link CloudAdapterOptions.allowAnonymous}.
   */
  readonly appId?: string | undefined
  /** The bot's client secret (`MicrosoftAppPassword`). */
  readonly appPassword?: string | undefined
  /** Tenant of a single-tenant bot (`MicrosoftAppTenantId`). Absent for multi-tenant bots. */
  readonly tenantId?: string | undefined
  /** Source of the tokens the bot sends, instead of the secret: any other kind of credential. */
  readonly tokens?: TokenSource | undefined
  /** Which cloud the bot lives in. Default: public Azure. */
  readonly cloud?: Cloud | undefined
  /** Serve senders that prove nothing, from anywhere. Only without an app id. Default `false`. */
  readonly allowAnonymous?: boolean | undefined
  /** Let in tokens the bot's own credentials obtain, as the Bot Framework Emulator sends them. Default `false`. */
  readonly allowEmulator?: boolean | undefined
  /**
   * Let in the bot's own tokens for the channel `AseChannel`, as the Direct Line App Service Extension sends them. Default
   * `false`.
   */
  readonly allowAppServiceExtension?: boolean | undefined
  /** App ids of the bots that may call this one as a skill; `'*'` for all. Default none. */
  readonly allowedCallers?: readonly string[] | undefined
  /** Service URLs, besides those of known channels, to which the bot may speak first. Default none. */
  readonly trustedServiceUrls?: readonly string[] | undefined
  /** Which turns wait for each other. Default `conversation`: those of one conversation, in order of arrival. */
  readonly concurrency?: TurnConcurrency | undefined
  /**
   * Where all hosts of the bot keep which activities they have and what they sent, so that an activity that is delivered to
   * several hosts, or again after a host was killed, is answered once. May be the storage of the bot's state. Costs four
   * writes for a turn with one reply. Default: each process knows only what was delivered to itself.
   */
  readonly turnStorage?: Storage | undefined
  /**
   * What becomes of a reply that was on its way when its turn was cut off: `resend`, the default, says it at least once,
   * `skip` at most once. A service that honours `Idempotency-Key`, as the local service does, shows it once either way.
   */
  readonly maybeSent?: MaybeSentPolicy | undefined
  /**
   * What happens to activities while {@link CloudAdapterOptions.turnStorage} fails or is slow: `refuse`, the default, has them
   * delivered again later (503); `continue` takes the risk of answering twice.
   */
  readonly onTurnStorageFailure?: TurnStorageFailurePolicy | undefined
  /** Largest body that is read, in bytes, also after inflating. Default 1 MiB. */
  readonly maxBodyBytes?: number | undefined
  /** After how long a running turn is answered, in milliseconds, 100–14 000. It goes on. Default 9 750: within ten seconds. */
  readonly acknowledgeAfterMs?: number | undefined
  /** Where the adapter logs. Default: pino, JSON lines on stdout. */
  readonly logger?: Logger | undefined
}

/** What the constructor works with. */
export interface ResolvedOptions {
  readonly appId: string | undefined
  readonly cloud: Cloud
  readonly logger: Logger
  readonly maxBodyBytes: number
  readonly acknowledgeAfterMs: number
}

/**
 * Fills in defaults and refuses what cannot work.
 *
 * @throws {@link AdapterOptionsError} `ADAPTER_OPTIONS_INVALID`.
 */
export function resolveOptions(options: CloudAdapterOptions): ResolvedOptions {
  const appId = options.appId || undefined
  const { cloud = publicCloud, maxBodyBytes = 1024 * 1024, acknowledgeAfterMs = 9_750 } = options
  if (appId && !options.appPassword && !options.tokens) {
    throw new AdapterOptionsError('`appId` needs `appPassword`, or `tokens` for another kind of credential.')
  }
  if (appId && options.allowAnonymous) {
    throw new AdapterOptionsError('`allowAnonymous` and `appId` contradict each other: leave one of them out.')
  }
  requireWithin('maxBodyBytes', maxBodyBytes, 1024, 64 * 1024 * 1024)
  requireWithin('acknowledgeAfterMs', acknowledgeAfterMs, 100, 14_000)
  requireOneOf('maybeSent', options.maybeSent, ['resend', 'skip'])
  requireOneOf('onTurnStorageFailure', options.onTurnStorageFailure, ['refuse', 'continue'])
  return {
    appId,
    // Without an app id the bot talks to tools on its own machine.
    cloud: appId === undefined ? { ...cloud, allowLoopback: true } : cloud,
    logger: options.logger ?? createDefaultLogger(),
    maxBodyBytes,
    acknowledgeAfterMs,
  }
}

function requireWithin(name: string, value: number, minimum: number, maximum: number): void {
  if (value >= minimum && value <= maximum) return
  throw new AdapterOptionsError(`\`${name}\` is ${value}; it must be from ${minimum} to ${maximum}.`)
}

function requireOneOf(name: string, value: string | undefined, known: readonly string[]): void {
  if (value === undefined || known.includes(value)) return
  throw new AdapterOptionsError(`\`${name}\` is '${value}'; it must be one of ${known.join(', ')}.`)
}
