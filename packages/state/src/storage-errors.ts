import { ParleyError } from '@parley/core'

/** A storage was called without keys or changes, or with changes that are not objects. */
export class StorageArgumentError extends ParleyError {
  static readonly code = 'STATE_ARGUMENT'
  readonly code: string = StorageArgumentError.code
}

/**
 * An item was written by someone else since it was read, so nothing was written. Read it again and repeat the change;
 * {@link BotState.update} does.
 */
export class StorageConflictError extends ParleyError {
  static readonly code = 'STATE_CONFLICT'
  readonly code: string = StorageConflictError.code
  /** Key of the item. */
  readonly key: string

  constructor(key: string, options?: ErrorOptions) {
    super(`Storage: error writing "${key}" due to eTag conflict.`, options)
    this.key = key
  }
}

/** An item holds something JSON cannot hold, so nothing was written. */
export class NotSerializableError extends ParleyError {
  static readonly code = 'STATE_NOT_SERIALIZABLE'
  readonly code: string = NotSerializableError.code
  /** Key of the item. */
  readonly key: string

  constructor(key: string, reason: string, options?: ErrorOptions) {
    super(
      `Storage: "${key}" cannot be stored as JSON: ${reason}. Store plain objects, arrays, texts and numbers.`,
      options,
    )
    this.key = key
  }
}

/** A storage did not answer in time. */
export class StorageTimeoutError extends ParleyError {
  static readonly code = 'STATE_TIMEOUT'
  readonly code: string = StorageTimeoutError.code
  /** How long it was waited for, in milliseconds. */
  readonly timeoutMs: number

  constructor(timeoutMs: number, options?: ErrorOptions) {
    super(`The storage did not answer within ${timeoutMs} ms; check that it is up, or raise readTimeoutMs.`, options)
    this.timeoutMs = timeoutMs
  }
}
