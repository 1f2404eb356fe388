const REPLY_PATH = /^\/amer\/v3\/conversations\/[^/]+\/activities\/([^/]+)$/
const PROBLEMS_KEPT = 5

/** The channel's end of the Connector REST API: takes replies, and counts them so that no candidate can skip work. */
export class Connector {
  /** @param {string} token - The bearer every reply must carry. */
  constructor(token) {
    this.authorization = `Bearer ${token}`
    this.calls = 0
    /** @type {Map<string, number>} How many replies came to an activity, by its id. */
    this.replies = new Map()
    /** @type {string[]} */
    this.problems = []
    /** Whether calls with one idempotency key are taken once. */
    this.honoursKeys = false
    /** @type {Set<string>} */
    this.keys = new Set()
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {string} body
   * @returns {{ status: number, body: object }}
   */
  take(request, body) {
    const key = request.headers['idempotency-key']
    const isRepeated = this.honoursKeys && key !== undefined && this.keys.has(String(key))
    if (!isRepeated) this.calls += 1
    const activityId = REPLY_PATH.exec(request.url ?? '')?.[1]
    const problem = this.problemOf(request, activityId, body)
    if (activityId === undefined || problem !== undefined) {
      if (this.problems.length < PROBLEMS_KEPT) this.problems.push(`${request.method} ${request.url}: ${problem}`)
      return { status: 400, body: { error: { code: 'BadArgument', message: problem } } }
    }
    if (key !== undefined) this.keys.add(String(key))
    if (!isRepeated) this.replies.set(activityId, (this.replies.get(activityId) ?? 0) + 1)
    return { status: 200, body: { id: `${activityId}-reply` } }
  }

  /** What came since the last call. */
  drain() {
    const { calls, replies, problems } = this
    const repeated = [...replies.values()].filter((count) => count > 1).length
    const drained = { calls, answered: replies.size, repeated, problems }
    this.calls = 0
    this.replies = new Map()
    this.problems = []
    this.keys = new Set()
    return drained
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {string | undefined} activityId
   * @param {string} body
   */
  problemOf(request, activityId, body) {
    if (request.method !== 'POST' || activityId === undefined) return 'not a reply'
    if (request.headers.authorization !== this.authorization) return 'not the bearer that was issued'
    const { type, text, replyToId } = JSON.parse(body)
    if (type !== 'message' || replyToId !== activityId || !text?.startsWith('Echo: '))
      return 'not an echo of the activity'
    return undefined
  }
}
