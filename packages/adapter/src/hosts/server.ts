import type { Logger } from '@parley/core'

/** What is limited of a server of `node:http`; restify and fastify have theirs under `server`. */
export interface LimitedServer {
  headersTimeout: number
  requestTimeout: number
  keepAliveTimeout: number
  close(done?: (error?: Error) => void): unknown
  closeIdleConnections?(): void
}

/**
 * Sets time limits under which a slow or silent client cannot hold a connection: 10 s for headers, 30 s for a request, 65 s
 * idle (longer than the load balancers in front usually keep theirs, so that they and not we close).
 */
export function applyServerLimits<S extends LimitedServer>(server: S): S {
  server.headersTimeout = 10_000
  server.requestTimeout = 30_000
  server.keepAliveTimeout = 65_000
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
