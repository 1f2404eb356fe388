import { lookup as systemLookup } from 'node:dns'
import { isIP } from 'node:net'
import type { LookupFunction } from 'node:net'
import { isForbiddenAddress, isLoopbackAddress, silentLogger } from '@parley/core'
import type { Logger } from '@parley/core'
import { guardLookup } from './address-guard.ts'
import { createAgents } from './agents.ts'
import type { Agents } from './agents.ts'
import { systemClock } from './clock.ts'
import type { Clock } from './clock.ts'
import type { OutboundCall, OutboundMethod, OutboundReply } from './outbound.ts'
import { query, segment } from './path.ts'
import { factsOf, ofFailure } from './refuse.ts'
import { createRetry } from './retry.ts'
import { SendAddressForbiddenError } from './send-errors.ts'
import { createCarry, createTransport } from './transport.ts'
import type { Transport } from './transport.ts'
import { TransportFailure } from './transport-failure.ts'

/** One call of a {@link RestClient}. */
export interface RestRequest {
  /** For errors and logs, e.g. `replyToActivity`. */
  readonly operation: string
  readonly method: OutboundMethod
  /** Where to, with path and query as they are sent. */
  readonly url: URL
  /** Signed by whoever calls. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
  /** Largest answer accepted, in bytes; default 20 MiB. */
  readonly maxBytes?: number | undefined
  /** Time for the call, all in one try if need be, in milliseconds. Default: the times of the client. */
  readonly timeoutMs?: number | undefined
  /** `false`: whatever comes of the first try is the answer. Default `true`. */
  readonly isRepeated?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

/** Settings of a {@link RestClient}. */
export interface RestClientOptions {
  /** Default: silent. */
  readonly logger?: Logger | undefined
  /** Lets services be on this machine. Default `false`. */
  readonly allowLoopback?: boolean | undefined
  /**
   * Lets services be at any address, such as the private one of a private endpoint. Only for addresses from the bot's own
   * configuration: nobody else may choose them. Default `false`.
   */
  readonly allowPrivate?: boolean | undefined
  /** Time for name, connection and TLS handshake, in milliseconds; default 3,000. */
  readonly connectTimeoutMs?: number | undefined
  /** Time for one try, in milliseconds; default 5,000. */
  readonly tryTimeoutMs?: number | undefined
  /** Time for a call with all its tries and waits, in milliseconds; default 9,500. */
  readonly totalTimeoutMs?: number | undefined
  /** Resolves host names; what it gives is still checked. Default: the system's. */
  readonly lookup?: LookupFunction | undefined
  /** Default: the machine's. */
  readonly clock?: Clock | undefined
}

const DEFAULT_MAX_BYTES = 20 * 1024 * 1024

/**
 * Calls services of the Bot Framework whose answers somebody else interprets: connections, retries and bounds are those of
 * every outbound call, and any status is an answer.
 */
export class RestClient {
  private readonly agents: Agents
  private readonly allowLoopback: boolean
  private readonly allowPrivate: boolean
  private readonly tryOnce: Transport
  private readonly tryAgain: Transport
  private readonly clock: Clock
  private readonly tryTimeoutMs: number
  private readonly totalTimeoutMs: number

  constructor(options: RestClientOptions = {}) {
    const { clock = systemClock, logger = silentLogger, connectTimeoutMs = 3_000, allowLoopback = false } = options
    this.allowLoopback = allowLoopback
    this.allowPrivate = options.allowPrivate ?? false
    const lookup = this.allowPrivate ? (options.lookup ?? systemLookup) : guardLookup(allowLoopback, options.lookup)
    this.agents = createAgents(lookup)
    this.tryOnce = createTransport(createCarry({ ...this.agents, connectTimeoutMs, clock }))
    this.tryAgain = createRetry({ clock, logger, random: Math.random }, this.tryOnce)
    this.clock = clock
    this.tryTimeoutMs = options.tryTimeoutMs ?? 5_000
    this.totalTimeoutMs = options.totalTimeoutMs ?? 9_500
  }

  /** @throws {@link SendError} `SEND_…`: there was no answer. */
  async send(request: RestRequest): Promise<OutboundReply> {
    const call = this.callOf(request)
    if (this.isForbidden(request.url)) throw new SendAddressForbiddenError(factsOf(call))
    const transport = request.isRepeated === false ? this.tryOnce : this.tryAgain
    try {
      return await transport({ ...call, bearer: undefined })
    } catch (error) {
      throw error instanceof TransportFailure ? ofFailure(call, error) : error
    }
  }

  /** Closes idle connections. */
  close(): void {
    this.agents.destroy()
  }

  /** Names are looked at when they are resolved; addresses are not resolved. */
  private isForbidden({ hostname }: URL): boolean {
    const address = hostname.replace(/^\[(.*)\]$/, '$1')
    if (this.allowPrivate || isIP(address) === 0 || !isForbiddenAddress(address)) return false
    return !(this.allowLoopback && isLoopbackAddress(address))
  }

  private callOf({ operation, method, url, headers, body, maxBytes, timeoutMs, signal }: RestRequest): OutboundCall {
    return {
      operation,
      method,
      origin: url.origin,
      host: url.host,
      path: url.pathname + url.search,
      audience: '',
      headers,
      body,
      maxBytes: maxBytes ?? DEFAULT_MAX_BYTES,
      tryTimeoutMs: timeoutMs ?? this.tryTimeoutMs,
      deadlineAt: this.clock.now() + (timeoutMs ?? this.totalTimeoutMs),
      signal,
    }
  }
}

/** An id in a path, with the name of the parameter it comes from. */
export type PathId = readonly [parameter: string, id: string]

/**
 * The address of an operation below a service's base address. Each id is exactly one segment, whatever characters it has.
 *
 * @param path - Fixed parts and ids in turn.
 * @param parameters - Of the query; `undefined` ones and empty ones are left out.
 * @throws {@link IdInvalidError} `CONNECTOR_ID_INVALID`
 */
export function operationUrl(
  baseUrl: string,
  path: readonly (string | PathId)[],
  parameters: Readonly<Record<string, string | number | undefined>> = {},
): string {
  const segments = path.map((part) => (typeof part === 'string' ? part : segment(...part)))
  return `${baseUrl.replace(/\/+$/, '')}/${segments.join('/')}${query(parameters)}`
}
