import { ParleyError } from '@parley/core'

/** What is known about a call that failed. Host and operation only: paths hold ids of people, headers hold the bearer. */
export interface SendErrorFacts {
  /** Method of the client that was called, e.g. `replyToActivity`. */
  readonly operation: string
  /** HTTP verb. */
  readonly method: string
  /** Host and port of the service. */
  readonly host: string
  /** HTTP status, when the service answered. */
  readonly statusCode?: number | undefined
  /** `error.code` of the service's answer, when it is a plain identifier of at most 64 characters. */
  readonly serviceCode?: string | undefined
}

/** A call to the connector that did not succeed. One subclass per thing a caller may do differently. */
export abstract class SendError extends ParleyError implements SendErrorFacts {
  readonly operation: string
  readonly method: string
  readonly host: string
  readonly statusCode: number | undefined
  readonly serviceCode: string | undefined

  constructor(message: string, facts: SendErrorFacts, options?: ErrorOptions) {
    super(message, options)
    this.operation = facts.operation
    this.method = facts.method
    this.host = facts.host
    this.statusCode = facts.statusCode
    this.serviceCode = facts.serviceCode
  }
}

/** 401 to a fresh token as well: the service does not know this bot, or not with these credentials. */
export class SendUnauthorizedError extends SendError {
  static readonly code = 'SEND_UNAUTHORIZED'
  readonly code: string = SendUnauthorizedError.code

  constructor(facts: SendErrorFacts, options?: ErrorOptions) {
    super(
      `${whatFailed(facts)}: the service does not accept the bot's token; check the app id, its secret and the tenant.`,
      facts,
      options,
    )
  }
}

/** 403: the bot is blocked, disabled or not in the conversation. Never retried; stop writing to this conversation. */
export class SendForbiddenError extends SendError {
  static readonly code = 'SEND_FORBIDDEN'
  readonly code: string = SendForbiddenError.code

  constructor(facts: SendErrorFacts, options?: ErrorOptions) {
    super(
      `${whatFailed(facts)}: the bot may not do this here (blocked, removed or disabled); do not try again.`,
      facts,
      options,
    )
  }
}

/** 429 until the time for the call was over, or with a `Retry-After` beyond it. Nothing was sent; try later. */
export class SendThrottledError extends SendError {
  static readonly code = 'SEND_THROTTLED'
  readonly code: string = SendThrottledError.code
  /** How long the service asked to wait, in milliseconds, when it said so. */
  readonly retryAfterMs: number | undefined

  constructor(facts: SendErrorFacts, retryAfterMs: number | undefined, options?: ErrorOptions) {
    const wait = retryAfterMs === undefined ? 'later' : `after ${Math.ceil(retryAfterMs / 1000)} s`
    super(
      `${whatFailed(facts)}: the service limits this bot's rate; send less often and try again ${wait}.`,
      facts,
      options,
    )
    this.retryAfterMs = retryAfterMs
  }
}

/** Any other 4xx: the service understood the call and refused it. {@link SendErrorFacts.serviceCode} says why. */
export class SendRejectedError extends SendError {
  static readonly code = 'SEND_REJECTED'
  readonly code: string = SendRejectedError.code

  constructor(facts: SendErrorFacts, options?: ErrorOptions) {
    super(
      `${whatFailed(facts)}: the service refused it; correct the activity or the ids, it will not pass as it is.`,
      facts,
      options,
    )
  }
}

/** 5xx until the time for the call was over. */
export class SendFailedError extends SendError {
  static readonly code = 'SEND_FAILED'
  readonly code: string = SendFailedError.code
  /** How long the service asked to wait, in milliseconds, when it said so. */
  readonly retryAfterMs: number | undefined

  constructor(facts: SendErrorFacts, retryAfterMs: number | undefined, options?: ErrorOptions) {
    super(`${whatFailed(facts)}: the service is failing; keep the activity and try again later.`, facts, options)
    this.retryAfterMs = retryAfterMs
  }
}

/** 3xx. Not followed: the token is for the service the channel named and for no other. */
export class SendRedirectedError extends SendError {
  static readonly code = 'SEND_REDIRECTED'
  readonly code: string = SendRedirectedError.code

  constructor(facts: SendErrorFacts, options?: ErrorOptions) {
    super(
      `${whatFailed(facts)}: redirects are not followed; check the service URL of the conversation.`,
      facts,
      options,
    )
  }
}

/** No answer in time. */
export class SendTimeoutError extends SendError {
  static readonly code = 'SEND_TIMEOUT'
  readonly code: string = SendTimeoutError.code
  /** The request had left: the service may still act on it, so a second try may send twice. */
  readonly maybeSent: boolean

  constructor(facts: SendErrorFacts, maybeSent: boolean, options?: ErrorOptions) {
    const advice = maybeSent
      ? 'it may have been carried out; sending again may repeat it'
      : 'nothing was sent; try again later'
    super(`${whatFailed(facts)}: no answer in time; ${advice}.`, facts, options)
    this.maybeSent = maybeSent
  }
}

/** No connection: unknown host, refused, reset before the request was sent. Nothing was sent. */
export class SendUnreachableError extends SendError {
  static readonly code = 'SEND_UNREACHABLE'
  readonly code: string = SendUnreachableError.code

  constructor(facts: SendErrorFacts, options?: ErrorOptions) {
    super(
      `${whatFailed(facts)}: the host cannot be reached; nothing was sent. Check the service URL and the network.`,
      facts,
      options,
    )
  }
}

/** The host did not prove that it is who it says: certificate expired, self-signed, for another name. Nothing was sent. */
export class SendUntrustedError extends SendError {
  static readonly code = 'SEND_UNTRUSTED'
  readonly code: string = SendUntrustedError.code

  constructor(facts: SendErrorFacts, options?: ErrorOptions) {
    super(
      `${whatFailed(facts)}: the host's certificate was refused; nothing was sent. ` +
        'Check the service URL; for a private authority set NODE_EXTRA_CA_CERTS.',
      facts,
      options,
    )
  }
}

/** The host's name leads to an address that must not be called (private, loopback, link-local, …). Nothing was sent. */
export class SendAddressForbiddenError extends SendError {
  static readonly code = 'SEND_ADDRESS_FORBIDDEN'
  readonly code: string = SendAddressForbiddenError.code

  constructor(facts: SendErrorFacts, options?: ErrorOptions) {
    super(
      `${whatFailed(facts)}: the host has no public address; nothing was sent. ` +
        'Do not trust where this service URL came from; on a developer machine use localhost with allowLoopback.',
      facts,
      options,
    )
  }
}

/** The connection broke after the request had left and before an answer came; sending again may send twice. */
export class MaybeSentError extends SendError {
  static readonly code = 'SEND_MAYBE_SENT'
  readonly code: string = MaybeSentError.code

  constructor(facts: SendErrorFacts, options?: ErrorOptions) {
    super(
      `${whatFailed(facts)}: the connection broke after the request was written. It may have been carried out; ` +
        'send again only if a repetition does no harm.',
      facts,
      options,
    )
  }
}

/** The service said yes, but its answer cannot be used: not JSON, of another shape, cut off or larger than allowed. */
export class SendAnswerInvalidError extends SendError {
  static readonly code = 'SEND_ANSWER_INVALID'
  readonly code: string = SendAnswerInvalidError.code

  constructor(facts: SendErrorFacts, problem: string, options?: ErrorOptions) {
    super(`${whatFailed(facts)}: the answer ${problem}; report it to the operator of the service.`, facts, options)
  }
}

function whatFailed({ operation, method, host, statusCode, serviceCode }: SendErrorFacts): string {
  const status = statusCode === undefined ? '' : ` answered ${statusCode}${serviceCode ? ` ${serviceCode}` : ''}`
  return `${operation} (${method} ${host})${status}`
}
