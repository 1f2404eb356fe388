import type { LookupFunction } from 'node:net'
import { ParleyError, checkServiceUrl, silentLogger } from '@parley/core'
import type { Logger, TokenSource } from '@parley/core'
import { guardLookup } from './address-guard.ts'
import { createAgents } from './agents.ts'
import { createAuthorize } from './authorize.ts'
import { createAxiosTransport } from './axios-transport.ts'
import type { ConnectorAxios } from './axios-transport.ts'
import { systemClock } from './clock.ts'
import type { Clock } from './clock.ts'
import { ConnectorClient } from './connector-client.ts'
import { layer } from './outbound.ts'
import type { OutboundMiddleware } from './outbound.ts'
import { refuse } from './refuse.ts'
import { createRetry } from './retry.ts'
import { Service } from './service.ts'
import type { ServiceOptions } from './service.ts'
import { createCarry, createTransport } from './transport.ts'
import type { Transport } from './transport.ts'
import { UserTokenServiceClient } from './user-token-service-client.ts'
import type { UserTokenServiceOptions } from './user-token-service-client.ts'

/** Settings of a {@link ConnectorFactory}. */
export interface ConnectorFactoryOptions {
  /** Gives the bearers. */
  readonly tokens: TokenSource
  /** Default: silent. */
  readonly logger?: Logger | undefined
  /** Lets service URLs be on this machine, and be `http:` there. For development and tests; default `false`. */
  readonly allowLoopback?: boolean | undefined
  /** Layers around every call, the first outermost. */
  readonly middleware?: readonly OutboundMiddleware[] | undefined
  /**
   * Given the axios instance of all calls once, before the first, to add interceptors. They see every try, without its bearer.
   * They may change path, headers and body of a request and must pass a response on as it is. Without it calls do not go
   * through axios.
   */
  readonly onAxios?: ((axios: ConnectorAxios) => void) | undefined
  /** Time for name, connection and TLS handshake, in milliseconds; default 3,000. */
  readonly connectTimeoutMs?: number | undefined
  /** Time for one try, in milliseconds; default 5,000. */
  readonly tryTimeoutMs?: number | undefined
  /**
   * Time for a call with its token, all its tries and waits, in milliseconds; default 9,500: a channel that waits 10 seconds
   * still hears that the call failed.
   */
  readonly totalTimeoutMs?: number | undefined
  /** Clients kept; beyond it the oldest is made anew when asked for. Default 1,000. */
  readonly maxClients?: number | undefined
  /** Resolves host names; what it gives is still checked. Default: the system's. */
  readonly lookup?: LookupFunction | undefined
  /** Default: the machine's. */
  readonly clock?: Clock | undefined
  /** Spreads the waits between tries, 0 ≤ n < 1. Default: `Math.random`. */
  readonly random?: (() => number) | undefined
}

/** A call after {@link ConnectorFactory.close}. Keep the factory open until the last turn is over. */
export class ConnectorClosedError extends ParleyError {
  static readonly code = 'CONNECTOR_CLOSED'
  readonly code: string = ConnectorClosedError.code

  constructor(options?: ErrorOptions) {
    super('The connector was closed; send before the adapter closes.', options)
  }
}

/**
 * Makes the clients of one adapter. They share its connections, its tokens and its layers:
 * the bot's own middleware, then errors by status, the bearer, retries, and one try.
 */
export class ConnectorFactory {
  private readonly clients = new Map<string, ConnectorClient>()
  private readonly optionsFor: (serviceUrl: string, audience: string) => ServiceOptions
  private readonly maxClients: number
  private readonly destroyAgents: () => void
  private isClosed = false

  constructor(options: ConnectorFactoryOptions) {
    const { allowLoopback = false, clock = systemClock, logger = silentLogger } = options
    const { connectTimeoutMs = 3_000, tryTimeoutMs = 5_000, totalTimeoutMs = 9_500, maxClients = 1_000 } = options
    const agents = createAgents(guardLookup(allowLoopback, options.lookup))
    const carry = createCarry({ ...agents, connectTimeoutMs, clock })
    // What axios makes of a call costs more than the call, and only interceptors have anything from it.
    const transport = options.onAxios ? createAxiosTransport(carry, options.onAxios) : createTransport(carry)
    const retry = createRetry({ clock, logger, random: options.random ?? Math.random }, this.whileOpen(transport))
    const authorize = createAuthorize({ tokens: options.tokens, clock }, retry)
    const send = layer([...(options.middleware ?? []), refuse], authorize)
    this.maxClients = maxClients
    this.destroyAgents = () => agents.destroy()
    this.optionsFor = (serviceUrl, audience) => {
      checkServiceUrl(serviceUrl, { allowLoopback })
      return { serviceUrl, audience, send, clock, logger, tryTimeoutMs, totalTimeoutMs }
    }
  }

  /**
   * The client of a service, from the cache when there is one.
   *
   * @param serviceUrl - From an activity or a stored reference; only one that a token once proved.
   * @param audience - Whom its bearer is for, e.g. `https://api.botframework.com`.
   * @throws InboundRefusedError `URL_SCHEME` or `URL_FORBIDDEN`: see `checkServiceUrl` of `@parley/core`. A host name that only
   * leads to a forbidden address fails at the call, with {@link SendAddressForbiddenError}.
   */
  create(serviceUrl: string, audience: string): ConnectorClient {
    const key = `${audience}\n${serviceUrl}`
    const known = this.clients.get(key)
    if (known) return known
    const client = new ConnectorClient(this.optionsFor(serviceUrl, audience))
    this.forgetOldest()
    this.clients.set(key, client)
    return client
  }

  /**
   * A client of the user token service. It costs next to nothing until it is used.
   *
   * @throws InboundRefusedError `URL_SCHEME` or `URL_FORBIDDEN`: its address may not be called.
   */
  createUserTokenClient({ serviceUrl, audience, appId }: UserTokenServiceOptions): UserTokenServiceClient {
    return new UserTokenServiceClient(appId, new Service(this.optionsFor(serviceUrl, audience)))
  }

  /** Closes all connections; later calls fail with {@link ConnectorClosedError}. */
  close(): void {
    this.isClosed = true
    this.clients.clear()
    this.destroyAgents()
  }

  private whileOpen(transport: Transport): Transport {
    return (call) => (this.isClosed ? Promise.reject(new ConnectorClosedError()) : transport(call))
  }

  private forgetOldest(): void {
    if (this.clients.size < this.maxClients) return
    const [oldest] = this.clients.keys()
    if (oldest !== undefined) this.clients.delete(oldest)
  }
}
