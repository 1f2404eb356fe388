import type { IncomingHttpHeaders } from 'node:http'

/**
 * Milliseconds a `Retry-After` header asks to wait, or `undefined` when there is none to understand. A date counts from the
 * answer's own `Date`, so that neither clock has to be right.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-retry-after
 */
export function parseRetryAfter(headers: IncomingHttpHeaders): number | undefined {
  const value = headers['retry-after']?.trim()
  if (!value) return undefined
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000
  // Date.parse alone reads a date into almost anything, `-5` included.
  const until = /^[a-z]{3,9},? /i.test(value) ? Date.parse(value) : NaN
  if (Number.isNaN(until)) return undefined
  const answeredAt = Date.parse(headers.date ?? '')
  return Math.max(0, until - (Number.isNaN(answeredAt) ? Date.now() : answeredAt))
}
