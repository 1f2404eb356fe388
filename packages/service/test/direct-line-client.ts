import { WebSocket } from 'ws'
import { eventually } from 'test-support/eventually'
import type { Json } from './stand-in-bot.ts'

/** An answer of the service. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Json
}

/** Calls Direct Line as a client does. */
export class DirectLineClient {
  readonly base: string
  readonly credential: string

  constructor(serviceUrl: string, credential: string) {
    this.base = `${serviceUrl}/v3/directline`
    this.credential = credential
  }

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${this.base}${path}`, {
      method,
      headers: { Authorization: `Bearer ${this.credential}`, 'Content-Type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
  }

  /** Starts a conversation and goes on with its token. */
  async start(body?: unknown): Promise<{ conversationId: string; streamUrl: string; client: DirectLineClient }> {
    const answer = await this.call('POST', '/conversations', body)
    if (answer.status >= 300) throw new Error(`The service answered ${answer.status}.`)
    const { conversationId, streamUrl, token } = answer.body
    return { conversationId, streamUrl, client: new DirectLineClient(this.base.replace('/v3/directline', ''), token) }
  }

  say(conversationId: string, text: string, more: Json = {}): Promise<Answer> {
    const activity = { type: 'message', text, from: { id: 'dl_ada' }, ...more }
    return this.call('POST', `/conversations/${conversationId}/activities`, activity)
  }

  async upload(conversationId: string, form: FormData): Promise<Answer> {
    const response = await fetch(`${this.base}/conversations/${conversationId}/upload`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${this.credential}` },
      body: form,
    })
    return { status: response.status, headers: response.headers, body: await response.json() }
  }

  async poll(conversationId: string, watermark = ''): Promise<{ activities: Json[]; watermark: string }> {
    const answer = await this.call('GET', `/conversations/${conversationId}/activities?watermark=${watermark}`)
    if (answer.status !== 200) throw new Error(`The service answered ${answer.status}.`)
    return answer.body
  }

  /** The texts of all messages so far. */
  async texts(conversationId: string): Promise<string[]> {
    const { activities } = await this.poll(conversationId)
    return activities.filter(({ type }) => type === 'message').map(({ text }) => text)
  }
}

/** An open stream, and all it received. */
export class TestStream {
  readonly socket: WebSocket
  readonly activities: Json[] = []
  readonly emptyFrames: string[] = []
  /** The last watermark received. */
  watermark = ''
  closed: { code: number; reason: string } | undefined
  /** The HTTP status the upgrade was refused with. */
  refused: number | undefined

  constructor(streamUrl: string, headers: Record<string, string> = {}) {
    this.socket = new WebSocket(streamUrl, { headers })
    this.socket.on('message', (data) => this.take((data as Buffer).toString()))
    this.socket.on('close', (code, reason) => (this.closed = { code, reason: String(reason) }))
    this.socket.on('unexpected-response', (_request, response) => {
      this.refused = response.statusCode
      response.resume()
      this.socket.terminate()
    })
    this.socket.on('error', () => {})
  }

  /** Waits until the stream has brought `count` activities. */
  async has(count: number): Promise<Json[]> {
    await eventually(() =>
      demand(this.activities.length >= count, `${this.activities.length} of ${count} activities came`),
    )
    return this.activities
  }

  /** Waits for the end of the stream. */
  async end(): Promise<{ code: number; reason: string }> {
    await eventually(() => demand(this.closed !== undefined, 'the stream is still open'))
    return this.closed as { code: number; reason: string }
  }

  private take(frame: string): void {
    if (frame === '') {
      this.emptyFrames.push(frame)
      return
    }
    const { activities, watermark } = JSON.parse(frame)
    this.activities.push(...activities)
    this.watermark = watermark
  }
}

function demand(isFulfilled: boolean, problem: string): void {
  if (!isFulfilled) throw new Error(problem)
}
