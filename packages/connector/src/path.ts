import { ParleyError } from '@parley/core'

/** An id that cannot be part of an address: not a string, empty, or a place such as `..`. Pass the id the channel gave. */
export class IdInvalidError extends ParleyError {
  static readonly code = 'CONNECTOR_ID_INVALID'
  readonly code: string = IdInvalidError.code
  /** The parameter, e.g. `conversationId`. */
  readonly parameter: string

  constructor(parameter: string, options?: ErrorOptions) {
    super(`${parameter} must be a non-empty string other than . and ..; pass the id the channel gave.`, options)
    this.parameter = parameter
  }
}

/**
 * Encodes an id as exactly one segment of a path, whatever characters it has; half a surrogate pair becomes U+FFFD.
 *
 * @throws {@link IdInvalidError} `CONNECTOR_ID_INVALID`: not a string, or one that would make another address: empty, `.` or
 * `..`, which servers take for places even when they are encoded.
 */
export function segment(parameter: string, id: string): string {
  if (typeof id !== 'string' || /^\.{0,2}$/.test(id)) throw new IdInvalidError(parameter)
  return encodeURIComponent(id.replace(/\p{Surrogate}/gu, '\uFFFD'))
}

/** Encodes the defined parameters as a query, `?` included; empty when there are none. */
export function query(parameters: Readonly<Record<string, string | number | undefined>>): string {
  const pairs = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '')
  if (pairs.length === 0) return ''
  return `?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&')}`
}
