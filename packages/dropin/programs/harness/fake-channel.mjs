import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * One request a bot made of its channel.
 *
 * @typedef {{
 *   method: string, path: string, query: Record<string, string>, body: any, headers: import('node:http').IncomingHttpHeaders
 * }} Call
 *
 * What the channel answers: JSON, or text as it is, or what a function makes of the request.
 *
 * @typedef {string | object | ((call: Call) => unknown)} Answer
 */

/**
 * A channel on this machine: it posts activities to a bot and takes what the bot sends back by the Connector REST API.
 */
export class FakeChannel {
  /** Everything bots asked of this channel. @type {Call[]} */
  calls = []
  /** Answers to single requests, by method and path, e.g. `GET /api/usertoken/GetToken`. @type {Map<string, Answer>} */
  answers = new Map()
  /** HTTP statuses of single requests, by method and path. Default 200. @type {Map<string, number>} */
  statuses = new Map()
  /** Headers of answers to single requests, by method and path. @type {Map<string, Record<string, string>>} */
  headers = new Map()
  /** Of the activities it posts. */
  channelId = 'test'
  conversationId = `c-${randomUUID()}`
  user = { id: 'user1', name: 'User' }
  bot = { id: 'bot1', name: 'Bot' }
  /** Where the bot listens. */
  botUrl = ''
  #server = createServer((request, response) => void this.#serve(request, response))
  #taken = 0
  #lastId = 0

  /** @returns {Promise<void>} */
  async open() {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
  }

  async close() {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  /** Where bots reach this channel. */
  get url() {
    const address = /** @type {import('node:net').AddressInfo} */ (this.#server.address())
    return `http://127.0.0.1:${address.port}/`
  }

  /** The activities bots sent, in order. */
  get sent() {
    return this.calls
      .filter(({ method, path }) => method === 'POST' && /\/activities(\/[^/]+)?$/.test(path))
      .map(({ body }) => body)
  }

  /**
   * What bots asked of this channel at a path.
   *
   * @param {string} method
   * @param {string} path
   */
  callsTo(method, path) {
    return this.calls.filter((call) => call.method === method && call.path === path)
  }

  /**
   * Says something to the bot.
   *
   * @param {string | Record<string, unknown>} what - Text, or an activity.
   * @returns {Promise<any[]>} What the bot sent since it was last asked.
   */
  async say(what) {
    const { status } = await this.post(typeof what === 'string' ? { type: 'message', text: what } : what)
    if (status >= 300) throw new Error(`The bot answered ${status}.`)
    return this.replies()
  }

  /**
   * @param {string} name
   * @param {unknown} value
   * @param {Record<string, unknown>} [more]
   */
  invoke(name, value, more = {}) {
    return this.post({ type: 'invoke', name, value, ...more })
  }

  /** Somebody joins. @param {{ id: string, name?: string }[]} [membersAdded] */
  join(membersAdded = [this.user]) {
    return this.say({ type: 'conversationUpdate', membersAdded })
  }

  /**
   * Posts an activity, filled in as a channel would.
   *
   * @param {Record<string, unknown>} activity
   * @param {Record<string, string>} [headers]
   * @returns {Promise<{ status: number, body: any }>}
   */
  async post(activity, headers = {}) {
    const response = await fetch(this.botUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ ...this.#envelope(), ...activity }),
    })
    const text = await response.text()
    return { status: response.status, body: text ? parse(text) : undefined }
  }

  /** What the bot sent since it was last asked. Does not wait. @returns {any[]} */
  replies() {
    const { sent } = this
    const news = sent.slice(this.#taken)
    this.#taken = sent.length
    return news
  }

  /**
   * What the bot sent since it was last asked, when there are at least so many.
   *
   * @param {number} count
   * @param {number} [timeoutMs]
   */
  async waitForReplies(count, timeoutMs = 5000) {
    const deadline = Date.now() + timeoutMs
    while (this.sent.length - this.#taken < count) {
      if (Date.now() > deadline) throw new Error(`${this.sent.length - this.#taken} of ${count} replies came.`)
      await sleep(10)
    }
    return this.replies()
  }

  #envelope() {
    this.#lastId += 1
    return {
      id: `a-${this.#lastId}`,
      timestamp: new Date().toISOString(),
      channelId: this.channelId,
      serviceUrl: this.url,
      conversation: { id: this.conversationId },
      from: this.user,
      recipient: this.bot,
      locale: 'en-US',
    }
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async #serve(request, response) {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString('utf8')
    const { pathname: path, searchParams } = new URL(request.url ?? '', this.url)
    const method = request.method ?? ''
    const query = Object.fromEntries(searchParams)
    const call = { method, path, query, body: text ? parse(text) : undefined, headers: request.headers }
    this.calls.push(call)
    const known = this.answers.get(`${method} ${path}`) ?? { id: `r-${this.calls.length}` }
    const answer = typeof known === 'function' ? await known(call) : known
    response.statusCode = this.statuses.get(`${method} ${path}`) ?? 200
    for (const [name, value] of Object.entries(this.headers.get(`${method} ${path}`) ?? {}))
      response.setHeader(name, value)
    if (typeof answer === 'string') return void response.setHeader('content-type', 'text/plain').end(answer)
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer))
  }
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
