import { lookup as systemLookup } from 'node:dns'
import { isIP } from 'node:net'
import type { LookupFunction } from 'node:net'
import { isForbiddenAddress, isLoopbackAddress, silentLogger } from '@parley/core'
import type { Logger, TokenSource } from '@parley/core'
import { guardLookup } from './address-guard.ts'
import { createAgents } from './agents.ts'
import type { Agents } from './agents.ts'
import { createAuthorize } from './authorize.ts'
import { systemClock } from './clock.ts'
import type { Clock } from './clock.ts'
import type { OutboundCall, OutboundMethod, OutboundReply, OutboundSend } from './outbound.ts'
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
  /** With the signature, when whoever calls signs. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
  /** Whom the bearer is for; it comes from the `tokens` of the client. Default: the call goes out as it is. */
  readonly audience?: string | undefined
  /** Largest answer accepted, in bytes; default 20 MiB. */
  readonly maxBytes?: number | undefined
  /** Time for the call, all in one try if need be, in milliseconds. Default: the times of the client. */
  readonly timeoutMs?: number | undefined
  /** `false`: whatever comes of the first try is the answer. Default `true`. */
  readonly isRepeated?: boolean | undefined
  /** Statuses that are the answer, though others would be tried again: 412 to a write on a condition, say. Default none. */
  readonly finalStatuses?: readonly number[] | undefined
  readonly signal?: AbortSignal | undefined
}

/** Settings of a {@link RestClient}. */
export interface RestClientOptions {
  /** Default: silent. */
  readonly logger?: Logger | undefined
  /** Gives the bearers of calls that name an `audience`. An answer 401 drops the token and repeats the call once. */
  readonly tokens?: TokenSource | undefined
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
  private readonly tryOnce: OutboundSend
  private readonly tryAgain: OutboundSend
  private readonly clock: Clock
  private readonly tryTimeoutMs: number
  private readonly totalTimeoutMs: number

  constructor(options: RestClientOptions = {}) {
    const { clock = systemClock, logger = silentLogger, connectTimeoutMs = 3_000, allowLoopback = false } = options
    this.allowLoopback = allowLoopback
    this.allowPrivate = options.allowPrivate ?? false
    const lookup = this.allowPrivate ? (options.lookup ?? systemLookup) : guardLookup(allowLoopback, options.lookup)
    this.agents = createAgents(lookup)
    const transport = createTransport(createCarry({ ...this.agents, connectTimeoutMs, clock }))
    this.tryOnce = createSign(options.tokens, clock, transport)
    this.tryAgain = createSign(options.tokens, clock, createRetry({ clock, logger, random: Math.random }, transport))
    this.clock = clock
    this.tryTimeoutMs = options.tryTimeoutMs ?? 5_000
    this.totalTimeoutMs = options.totalTimeoutMs ?? 9_500
  }

  /** @throws {@link SendError} `SEND_…`: there was no answer. What `tokens` throws is thrown as it is. */
  async send(request: RestRequest): Promise<OutboundReply> {
    const call = this.callOf(request)
    if (this.isForbidden(request.url)) throw new SendAddressForbiddenError(factsOf(call))
    const send = request.isRepeated === false ? this.tryOnce : this.tryAgain
    try {
      return await send(call)
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

  private callOf({ url, audience = '', maxBytes, timeoutMs, ...request }: RestRequest): OutboundCall {
    const { operation, method, headers, body, finalStatuses, signal } = request
    return {
      operation,
      method,
      origin: url.origin,
      host: url.host,
      path: url.pathname + url.search,
      audience,
      headers,
      body,
      maxBytes: maxBytes ?? DEFAULT_MAX_BYTES,
      tryTimeoutMs: timeoutMs ?? this.tryTimeoutMs,
      deadlineAt: this.clock.now() + (timeoutMs ?? this.totalTimeoutMs),
      finalStatuses,
      signal,
    }
  }
}

/** Signs the calls that are for somebody, when there are tokens. */
function createSign(tokens: TokenSource | undefined, clock: Clock, next: Transport): OutboundSend {
  const authorize = tokens && createAuthorize({ tokens, clock }, next)
  return (call) => (authorize && call.audience !== '' ? authorize(call) : next({ ...call, bearer: undefined }))
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
