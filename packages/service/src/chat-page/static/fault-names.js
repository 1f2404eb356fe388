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

/** What is wrong with the token of the next posts to the bot. */
export const TOKEN_FAULTS = [
  ['expired', 'Expired'],
  ['not-yet-valid', 'Not yet valid'],
  ['wrong-audience', 'Wrong audience'],
  ['wrong-issuer', 'Wrong issuer'],
  ['unknown-key', 'Unknown key'],
  ['wrong-service-url', 'Wrong service URL'],
  ['missing', 'No token'],
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

/** @param {string} kind */
export function tokenFaultName(kind) {
  const [, label] = TOKEN_FAULTS.find(([known]) => known === kind) ?? [kind, kind]
  return `token: ${label.toLowerCase()}`
}
