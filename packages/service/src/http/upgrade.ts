import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

/** A request to speak WebSocket, after its `Host` and `Origin` were checked. */
export interface Upgrade {
  readonly request: IncomingMessage
  readonly socket: Duplex
  /** What the client sent behind the request. */
  readonly head: Buffer
  /** The address's parameters, percent-decoded. */
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
}
