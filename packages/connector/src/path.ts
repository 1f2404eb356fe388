import { ParleyError } from '@parley/core'

/** An id that cannot be part of an address: not a string, or empty. Pass the id the channel gave. */
export class IdInvalidError extends ParleyError {
  static readonly code = 'CONNECTOR_ID_INVALID'
  readonly code: string = IdInvalidError.code
  /** The parameter, e.g. `conversationId`. */
  readonly parameter: string

  constructor(parameter: string, options?: ErrorOptions) {
    super(`${parameter} must be a non-empty string; pass the id the channel gave.`, options)
    this.parameter = parameter
  }
}

/**
 * Encodes an id as exactly one segment of a path, whatever characters it has. The segments `.` and `..`, which mean a place and
 * not a name, become `%2E` and `%2E%2E`; half a surrogate pair becomes U+FFFD.
 *
 * @throws {@link IdInvalidError} `CONNECTOR_ID_INVALID`: empty, which would make another address, or not a string.
 */
export function segment(parameter: string, id: string): string {
  if (typeof id !== 'string' || id === '') throw new IdInvalidError(parameter)
  if (id === '.' || id === '..') return id.replaceAll('.', '%2E')
  return encodeURIComponent(id.replace(/\p{Surrogate}/gu, '\uFFFD'))
}

/** Encodes the defined parameters as a query, `?` included; empty when there are none. */
export function query(parameters: Readonly<Record<string, string | number | undefined>>): string {
  const pairs = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '')
  if (pairs.length === 0) return ''
  return `?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&')}`
}
