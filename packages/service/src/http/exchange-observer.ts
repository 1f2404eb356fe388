import type { IncomingMessage, ServerResponse } from 'node:http'

/** Sees every request before it is routed. It must neither throw nor answer. */
export type ExchangeObserver = (request: IncomingMessage, response: ServerResponse) => void
