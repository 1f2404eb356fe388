import { ParleyError } from '@parley/core'

/** What is known of a call that failed. Paths are left out: they hold ids of people. */
export interface BotStateErrorFacts {
  /** Method of the client, e.g. `write`. */
  readonly operation: string
  /** Host and port of the service. */
  readonly host: string
  /** HTTP status, when the service answered. */
  readonly statusCode?: number | undefined
  /** `error.code` of the answer, when it is a plain identifier of at most 64 characters. */
  readonly serviceCode?: string | undefined
}

/** A call of the Bot State API that did not succeed. One subclass per thing a caller may do differently. */
export abstract class BotStateError extends ParleyError implements BotStateErrorFacts {
  readonly operation: string
  readonly host: string
  readonly statusCode: number | undefined
  readonly serviceCode: string | undefined

  constructor(problem: string, facts: BotStateErrorFacts, options?: ErrorOptions) {
    super(`Bot State: ${facts.operation} at ${facts.host}${statusOf(facts)}: ${problem}`, options)
    this.operation = facts.operation
    this.host = facts.host
    this.statusCode = facts.statusCode
    this.serviceCode = facts.serviceCode
  }
}

/** The bag was written by someone else since it was read, so nothing was written. Read it again and repeat the change. */
export class BotStateConflictError extends BotStateError {
  static readonly code = 'BOTSTATE_CONFLICT'
  readonly code: string = BotStateConflictError.code

  constructor(facts: BotStateErrorFacts, options?: ErrorOptions) {
    super('someone else has written it meanwhile; read it again and repeat the change.', facts, options)
  }
}

/** The data is more than the service keeps in one bag, so nothing was written. */
export class BotStateTooLargeError extends BotStateError {
  static readonly code = 'BOTSTATE_TOO_LARGE'
  readonly code: string = BotStateTooLargeError.code
  /** Size of the data as JSON, in UTF-8. */
  readonly bytes: number

  constructor(bytes: number, facts: BotStateErrorFacts, options?: ErrorOptions) {
    super(`${bytes} bytes of JSON are more than one bag holds; keep less in it.`, facts, options)
    this.bytes = bytes
  }
}

/** 401, to a fresh token as well, or 403: the service does not let this bot in. */
export class BotStateRefusedError extends BotStateError {
  static readonly code = 'BOTSTATE_REFUSED'
  readonly code: string = BotStateRefusedError.code

  constructor(facts: BotStateErrorFacts, options?: ErrorOptions) {
    super("the bot's token is not accepted; check the app id, its secret and the tenant.", facts, options)
  }
}

/** Any other answer that is not yes: the service understood the call and will not carry it out. */
export class BotStateRejectedError extends BotStateError {
  static readonly code = 'BOTSTATE_REJECTED'
  readonly code: string = BotStateRejectedError.code

  constructor(facts: BotStateErrorFacts, options?: ErrorOptions) {
    super('the service rejects it; check the service URL and the ids, it will not pass as it is.', facts, options)
  }
}

/** 429 or 5xx until the time for the call was over. After 500, 502 and 504 a write may have been carried out all the same. */
export class BotStateFailedError extends BotStateError {
  static readonly code = 'BOTSTATE_FAILED'
  readonly code: string = BotStateFailedError.code
  /** How long the service asked to wait, in milliseconds, when it said so. */
  readonly retryAfterMs: number | undefined

  constructor(facts: BotStateErrorFacts, retryAfterMs: number | undefined, options?: ErrorOptions) {
    super('the service is failing or busy; try again later.', facts, options)
    this.retryAfterMs = retryAfterMs
  }
}

/** There was no answer, or none in time. */
export class BotStateUnreachableError extends BotStateError {
  static readonly code = 'BOTSTATE_UNREACHABLE'
  readonly code: string = BotStateUnreachableError.code
  /** The request had left: it may have been carried out. */
  readonly maybeWritten: boolean

  constructor(maybeWritten: boolean, facts: BotStateErrorFacts, options?: ErrorOptions) {
    const state = maybeWritten ? 'it may have been written all the same' : 'nothing was written'
    super(`there was no answer, ${state}; check the service URL and the network.`, facts, options)
    this.maybeWritten = maybeWritten
  }
}

/** The service said yes, but its answer is not one of the Bot State API. */
export class BotStateAnswerInvalidError extends BotStateError {
  static readonly code = 'BOTSTATE_ANSWER_INVALID'
  readonly code: string = BotStateAnswerInvalidError.code

  constructor(facts: BotStateErrorFacts, options?: ErrorOptions) {
    super('the answer is not one of the Bot State API; check that the service URL leads to it.', facts, options)
  }
}

/** A bag holds something that is no item of a storage: a text, a number or a list. Nothing is wrong with it as a bag. */
export class BotStateItemInvalidError extends ParleyError {
  static readonly code = 'BOTSTATE_ITEM_INVALID'
  readonly code: string = BotStateItemInvalidError.code
  /** Key of the item. */
  readonly key: string

  constructor(key: string, options?: ErrorOptions) {
    super(
      `Storage: the bag of "${key}" holds no object, so something else wrote it; read it with BotStateClient, or delete it.`,
      options,
    )
    this.key = key
  }
}

function statusOf({ statusCode, serviceCode }: BotStateErrorFacts): string {
  return statusCode === undefined ? '' : ` was answered ${statusCode}${serviceCode ? ` ${serviceCode}` : ''}`
}
