// For programs that are compiled for an older JavaScript than that of Node 20: errors have a cause.
/// <reference lib="es2021.promise" preserve="true" />
/// <reference lib="es2022.error" preserve="true" />

/**
 * Root of every error Parley throws. Branch on {@link ParleyError.code}, never on the message: messages are for people and
 * may change, codes are a contract and are listed in `docs/errors.md`.
 *
 * Messages never contain a token, a secret or the body of a request.
 */
export abstract class ParleyError extends Error {
  /** Stable, package-prefixed identifier, e.g. `CORE_NEXT_CALLED_TWICE`. */
  abstract readonly code: string

  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
  }

  /** Whether `value` is a Parley error, also when another copy of this package made it. */
  static isParleyError(value: unknown): value is ParleyError {
    return value instanceof Error && (value as { [BRAND]?: unknown })[BRAND] === true
  }
}

/** Survives bundlers that keep two copies of this module, where `instanceof` would not. */
const BRAND = Symbol.for('@parley/core.ParleyError')
Object.defineProperty(ParleyError.prototype, BRAND, { value: true })

/** One way an inbound request can be refused: its code, and the HTTP status that answers it. */
export interface Refusal {
  /** Stable identifier, logged and counted but not sent to callers that failed to prove who they are. */
  readonly code: string
  /** HTTP status of the answer: 400–499, or 503 when the request could not be checked. */
  readonly status: number
}

/** Facts about a refusal that change the answer. */
export interface InboundRefusedOptions extends ErrorOptions {
  /** Seconds after which the sender may try again; becomes `Retry-After`. */
  readonly retryAfterSeconds?: number
}

/**
 * A request that must not reach the bot: not authenticated, not permitted, malformed, or impossible to check right now.
 * The adapter answers it with {@link InboundRefusedError.status} and a fixed body; the message goes to the log only.
 */
export class InboundRefusedError extends ParleyError {
  readonly code: string
  /** HTTP status of the answer. */
  readonly status: number
  /** Seconds for `Retry-After`, when trying again can help. */
  readonly retryAfterSeconds: number | undefined

  constructor(refusal: Refusal, message: string, options: InboundRefusedOptions = {}) {
    super(message, options)
    this.code = refusal.code
    this.status = refusal.status
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}
