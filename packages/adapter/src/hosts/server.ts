import type { Logger } from '@parley/core'

/** What is limited of a server of `node:http`; restify and fastify have theirs under `server`. */
export interface LimitedServer {
  headersTimeout: number
  requestTimeout: number
  keepAliveTimeout: number
  connectionsCheckingInterval?: number
  maxHeaderSize?: number | undefined
  close(done?: (error?: Error) => void): unknown
  closeIdleConnections?(): void
}

/** Options of `createServer` of `node:http`; see {@link serverLimits}. */
export interface ServerLimits {
  /** How long the headers of a request may take to arrive, in milliseconds. */
  readonly headersTimeout: number
  /** How long a whole request may take to arrive, in milliseconds. */
  readonly requestTimeout: number
  /** How long a connection may be idle between two requests, in milliseconds. */
  readonly keepAliveTimeout: number
  /** How often connections are looked at, in milliseconds: how much longer than the first two one may live. */
  readonly connectionsCheckingInterval: number
  /** Size of all headers of a request, in bytes. */
  readonly maxHeaderSize: number
}

/**
 * Limits under which a slow or silent client cannot hold a connection: 10 s for headers, 27 s for a request, both looked after
 * every 2 s, so that nothing lasts for 30 s; 65 s idle (longer than the load balancers in front usually keep theirs, so that they and not we close); 16 KiB of
 * headers. For `createServer(serverLimits, …)` of `node:http` and, as fastify makes a server for each address of `localhost`,
 * `fastify({ ...serverLimits, http: serverLimits })`. Other servers: {@link applyServerLimits}.
 */
export const serverLimits: ServerLimits = Object.freeze({
  headersTimeout: 10_000,
  requestTimeout: 27_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16 * 1024,
})

/** Limits other than those of {@link serverLimits}, in milliseconds. */
export interface ServerLimitOptions {
  /** Default 10 000. */
  readonly headersTimeoutMs?: number
  /** Default 27 000. */
  readonly requestTimeoutMs?: number
  /** Default 65 000. */
  readonly keepAliveTimeoutMs?: number
  /** Default 2000. */
  readonly connectionsCheckingIntervalMs?: number
}

/**
 * Sets {@link serverLimits} on a server that something else has made. Before it listens: what Node looks after and how often
 * is settled then.
 */
export function applyServerLimits<S extends LimitedServer>(
  server: S,
  {
    headersTimeoutMs = serverLimits.headersTimeout,
    requestTimeoutMs = serverLimits.requestTimeout,
    keepAliveTimeoutMs = serverLimits.keepAliveTimeout,
    connectionsCheckingIntervalMs = serverLimits.connectionsCheckingInterval,
  }: ServerLimitOptions = {},
): S {
  server.headersTimeout = headersTimeoutMs
  server.requestTimeout = requestTimeoutMs
  server.keepAliveTimeout = keepAliveTimeoutMs
  // Options of createServer that restify does not pass on; Node keeps them here until the server listens.
  server.connectionsCheckingInterval = connectionsCheckingIntervalMs
  server.maxHeaderSize = serverLimits.maxHeaderSize
  return server
}

/** What is listened to of a server that takes no upgrades. */
export interface UpgradableServer {
  on(event: 'upgrade', listener: (request: unknown, socket: UpgradeSocket) => unknown): unknown
}

/** The connection of a request that asks for an upgrade. */
export interface UpgradeSocket {
  readonly writable: boolean
  on(event: 'error', listener: () => void): unknown
  end(answer: string): unknown
  destroy(): unknown
}

/**
 * Answers requests to change the protocol with 405. Needed on restify, which takes them and leaves them without an answer, so
 * that each would hold a connection.
 */
export function refuseUpgrades<S extends UpgradableServer>(server: S): S {
  server.on('upgrade', (_request, socket) => {
    // The client may be gone already, or go while it is answered.
    socket.on('error', () => {})
    if (!socket.writable) return socket.destroy()
    return socket.end(
      'HTTP/1.1 405 Method Not Allowed\r\nAllow: POST\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
    )
  })
  return server
}

/** Options of {@link closeOnSignals}. */
export interface CloseOnSignalsOptions {
  /** Server that takes the requests. */
  readonly server: LimitedServer
  /** Adapter whose turns are waited for. */
  readonly adapter: { close(options?: { timeoutMs?: number }): Promise<void> }
  /** How long running turns may take, in milliseconds. Default 10 000. */
  readonly timeoutMs?: number
  /** Default: the one given to the adapter has the last word; nothing else is logged. */
  readonly logger?: Logger
  /** Default `SIGTERM` and `SIGINT`. */
  readonly signals?: readonly NodeJS.Signals[]
}

/**
 * On the first signal: takes no new turns, lets those running end, closes the server and exits with code 0. On a second one
 * exits at once.
 */
export function closeOnSignals({
  server,
  adapter,
  timeoutMs = 10_000,
  logger,
  signals = ['SIGTERM', 'SIGINT'],
}: CloseOnSignalsOptions): void {
  let isClosing = false
  const close = async (signal: NodeJS.Signals): Promise<void> => {
    if (isClosing) process.exit(1)
    isClosing = true
    logger?.info({ signal }, 'Closing: finishing the turns that are running.')
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    await adapter.close({ timeoutMs })
    server.closeIdleConnections?.()
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 1000).unref())])
    process.exit(0)
  }
  for (const signal of signals) process.on(signal, (received) => void close(received))
}
