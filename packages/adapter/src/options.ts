import type { Cloud } from '@parley/auth'
import type { Logger, TokenSource } from '@parley/core'
import { ParleyError } from '@parley/core'
import type { TurnConcurrency } from './stages/turn-queue.ts'

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
  readonly tokens?: TokenSource
  /** Which cloud the bot lives in. Default: public Azure. */
  readonly cloud?: Cloud
  /** Serve senders that prove nothing, from anywhere. Only without an app id. Default `false`. */
  readonly allowAnonymous?: boolean
  /** Let in tokens the bot's own credentials obtain, as the Bot Framework Emulator sends them. Default `false`. */
  readonly allowEmulator?: boolean
  /** App ids of the bots that may call this one as a skill; `'*'` for all. Default none. */
  readonly allowedCallers?: readonly string[]
  /** Service URLs, besides those of known channels, to which the bot may speak first. Default none. */
  readonly trustedServiceUrls?: readonly string[]
  /** Which turns wait for each other. Default `conversation`: those of one conversation, in order of arrival. */
  readonly concurrency?: TurnConcurrency
  /** Largest body that is read, in bytes, also after inflating. Default 1 MiB. */
  readonly maxBodyBytes?: number
  /** After how long a running turn is answered, in milliseconds, 100–14 000. It goes on. Default 10 000. */
  readonly acknowledgeAfterMs?: number
  /** Where the adapter logs. Default: pino, JSON lines on stdout. */
  readonly logger?: Logger
}
