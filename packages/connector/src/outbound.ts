import type { IncomingHttpHeaders } from 'node:http'

/** Verbs of the Connector API. */
export type OutboundMethod = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** One call on its way to a connector. A middleware that changes something passes a changed copy on. */
export interface OutboundCall {
  /** Method of the client that was called, e.g. `replyToActivity`. Safe to log, as are the verb and the host. */
  readonly operation: string
  readonly method: OutboundMethod
  /** Scheme, host and port, e.g. `https://smba.trafficmanager.net`. */
  readonly origin: string
  /** Host and port. */
  readonly host: string
  /** Path and query, percent-encoded. It holds ids of people and conversations. */
  readonly path: string
  /** Whom the bearer is for. It is added inside all middleware, which therefore never see it. */
  readonly audience: string
  readonly headers: Readonly<Record<string, string>>
  /** JSON text. */
  readonly body?: string | undefined
  /** Largest answer accepted, in bytes, inflated. */
  readonly maxBytes: number
  /** Longest time for one try, in milliseconds. */
  readonly tryTimeoutMs: number
  /** When the call must be over, all tries included, on the clock of the factory. */
  readonly deadlineAt: number
  /** Statuses that are the answer, though others would be tried again. */
  readonly finalStatuses?: readonly number[] | undefined
  readonly signal?: AbortSignal | undefined
}

/** Why the body of an answer is missing although its status and headers came. */
export type BodyProblem = 'cut off' | 'too large' | 'too slow' | 'not decodable'

/** What the service answered. */
export interface OutboundReply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Inflated; empty when {@link OutboundReply.bodyProblem} is set. */
  readonly body: Buffer
  readonly bodyProblem?: BodyProblem | undefined
}

/** Carries a call out. */
export type OutboundSend = (call: OutboundCall) => Promise<OutboundReply>

/**
 * A layer around every call to a connector, for telemetry, throttling or an outbox. It gets a successful answer or a typed
 * error from `next`; retries happen inside it, within the time of the call.
 */
export type OutboundMiddleware = (call: OutboundCall, next: OutboundSend) => Promise<OutboundReply>

/** Folds layers around `send`, the first outermost. */
export function layer(middleware: readonly OutboundMiddleware[], send: OutboundSend): OutboundSend {
  return middleware.reduceRight<OutboundSend>((next, current) => (call) => current(call, next), send)
}
