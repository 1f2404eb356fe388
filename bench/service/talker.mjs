import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { BenchError } from '../bench-error.mjs'

/**
 * @typedef {{ id: string, type: string, text?: string }} Activity
 * @typedef {{ url: string, secret: string, name: string, messages: number, cutsPerMessage: number, onPosted: () => void }} TalkerOptions
 */

const PAUSE_MS = { failed: 60, reconnect: 40 }
const GIVE_UP_AFTER_MS = 60_000

/** One client: says something, waits for the echo on its stream, says the next thing; comes back whenever it is cut off. */
export class Talker {
  /** @param {TalkerOptions} options */
  constructor(options) {
    this.options = options
    this.conversationId = ''
    this.watermark = ''
    /** Messages as the stream brought them. @type {Activity[]} */
    this.received = []
    /** Texts the service has said that it has taken. @type {string[]} */
    this.acknowledged = []
    /** Of messages that were taken at their first try, without the stream being cut meanwhile. @type {number[]} */
    this.latenciesMs = []
    this.cuts = 0
    this.reconnections = 0
    this.isDone = false
    /** @type {WebSocket | undefined} */
    this.socket = undefined
    this.wake = () => {}
  }

  async run() {
    const { streamUrl } = await this.start()
    this.open(streamUrl)
    for (let index = 0; index < this.options.messages; index += 1) await this.say(index)
  }

  /** Ends the stream for good. */
  stop() {
    this.isDone = true
    this.socket?.terminate()
  }

  /** Everything said in the conversation, by a poll. @returns {Promise<Activity[]>} */
  async everything() {
    const response = await this.call('GET', `/conversations/${this.conversationId}/activities`)
    return response.body.activities.filter((/** @type {Activity} */ { type }) => type === 'message')
  }

  async start() {
    const user = { id: `dl_${this.options.name}` }
    const { body } = await this.untilTaken(() => this.call('POST', '/conversations', { user }))
    this.conversationId = body.conversationId
    return body
  }

  /** @param {number} index */
  async say(index) {
    for (let attempt = 0; ; attempt += 1) {
      // Every try has a text of its own: one that was not acknowledged may have been taken all the same.
      const text = `${this.options.name}.${index}.${attempt}`
      const [begin, reconnections] = [performance.now(), this.reconnections]
      if (Math.random() < this.options.cutsPerMessage) this.cut()
      const activity = { type: 'message', text, from: { id: `dl_${this.options.name}` } }
      const answer = await this.call('POST', `/conversations/${this.conversationId}/activities`, activity)
      if (answer.status !== 200) {
        await sleep(PAUSE_MS.failed)
        continue
      }
      this.acknowledged.push(text)
      this.options.onPosted()
      await this.hears(`Echo: ${text}`)
      if (attempt === 0 && reconnections === this.reconnections) this.latenciesMs.push(performance.now() - begin)
      return
    }
  }

  /** @param {string} text */
  async hears(text) {
    const until = performance.now() + GIVE_UP_AFTER_MS
    while (!this.received.some((activity) => activity.text === text)) {
      if (performance.now() > until) throw new BenchError(`${this.options.name} never heard '${text}'.`)
      await Promise.race([
        new Promise((/** @type {(value: void) => void} */ resolve) => (this.wake = resolve)),
        sleep(500),
      ])
    }
  }

  cut() {
    this.cuts += 1
    this.socket?.terminate()
  }

  /** @param {string} streamUrl */
  open(streamUrl) {
    const socket = new WebSocket(streamUrl)
    this.socket = socket
    socket.on('message', (/** @type {Buffer} */ data) => this.take(data.toString()))
    socket.on('error', () => {})
    socket.on('close', () => void this.comeBack(socket))
  }

  /** @param {string} frame */
  take(frame) {
    if (frame === '') return
    const { activities, watermark } = JSON.parse(frame)
    this.received.push(...activities.filter((/** @type {Activity} */ { type }) => type === 'message'))
    this.watermark = watermark
    this.wake()
  }

  /** @param {WebSocket} socket */
  async comeBack(socket) {
    if (this.isDone || socket !== this.socket) return
    this.reconnections += 1
    const path = `/conversations/${this.conversationId}?watermark=${this.watermark === '' ? '-' : this.watermark}`
    const { body } = await this.untilTaken(() => this.call('GET', path))
    if (!this.isDone) this.open(body.streamUrl)
  }

  /** @param {() => Promise<{ status: number, body: any }>} call */
  async untilTaken(call) {
    const until = performance.now() + GIVE_UP_AFTER_MS
    for (;;) {
      const answer = await call()
      if (answer.status === 200 || answer.status === 201) return answer
      if (this.isDone || performance.now() > until) throw new BenchError(`The service answers ${answer.status}.`)
      await sleep(PAUSE_MS.reconnect)
    }
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   * @returns {Promise<{ status: number, body: any }>} Status 0 when the service is not there.
   */
  async call(method, path, body) {
    try {
      const response = await fetch(`${this.options.url}/v3/directline${path}`, {
        method,
        headers: { Authorization: `Bearer ${this.options.secret}`, 'Content-Type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
      return { status: response.status, body: await response.json() }
    } catch {
      return { status: 0, body: undefined }
    }
  }
}
