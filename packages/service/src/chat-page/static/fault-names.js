// Failures that can be armed, and how they are called.

/** What happens to the bot's calls of the Connector API. */
export const CONNECTOR_FAULTS = [
  ['401', '401 Unauthorized'],
  ['403', '403 Forbidden'],
  ['412', '412 Precondition failed'],
  ['429', '429 Too many requests'],
  ['500', '500 Internal error'],
  ['503', '503 Unavailable'],
  ['delay', 'Slow answer'],
  ['reset', 'Connection reset'],
]

/** @param {{ status?: number, reset?: boolean, delayMs?: number, retryAfter?: number | string }} fault */
export function connectorFaultName({ status, reset, delayMs, retryAfter }) {
  const parts = [
    reset && 'reset',
    status,
    retryAfter !== undefined && `retry after ${retryAfter}${typeof retryAfter === 'number' ? ' s' : ''}`,
    delayMs && `${delayMs} ms late`,
  ]
  return parts.filter(Boolean).join(', ')
}
