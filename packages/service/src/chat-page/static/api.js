// Calls of the page to its service.

/** What the service said, or what there is to say when it says nothing; the message is for the person at the page. */
export class ServiceError extends Error {
  /**
   * @param {string} message
   * @param {number} status - 0 when the service was not reached.
   */
  constructor(message, status) {
    super(message)
    this.status = status
  }
}

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @param {{ token?: string }} [options]
 * @returns {Promise<any>} the answer's JSON; `undefined` when it has none.
 */
export async function call(method, path, body, { token } = {}) {
  const response = await reach(path, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const answer = await response.json().catch(() => undefined)
  if (response.ok) return answer
  throw new ServiceError(answer?.error?.message ?? `The service answered ${response.status}.`, response.status)
}

async function reach(path, init) {
  try {
    return await fetch(path, init)
  } catch {
    throw new ServiceError('The service did not answer. Start it again, then try once more.', 0)
  }
}

/** @param {{ conversationId: string }} session */
export function conversationPath({ conversationId }, rest = '') {
  return `/chat/conversations/${encodeURIComponent(conversationId)}${rest}`
}
