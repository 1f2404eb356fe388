import { setMaxListeners } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import type { WireActivity } from '../conversations/wire-activity.ts'
import { brokeOff, failed, refusedToken, timedOut, unreachable } from './bot-problem.ts'
import type { DeliveryResult, InvokeAnswer } from './delivery-result.ts'
import type { PostObserver } from './post-observer.ts'
import type { RegisteredBot } from './registered-bot.ts'

/** More of an answer than this is not waited for. */
const MAX_ANSWER_BYTES = 1024 * 1024

export interface BotClientOptions {
  /** Time from the first byte out to the last byte in. */
  readonly timeoutMs: number
  /** The token to send with an activity; `undefined` for none, as for a bot without an app id. */
  readonly tokenFor: (bot: RegisteredBot) => Promise<string | undefined>
  readonly observer?: PostObserver | undefined
}

interface BotAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** What became of one attempt to post. */
type Attempt =
  | ({ readonly kind: 'answered' } & BotAnswer)
  | { readonly kind: 'broken'; readonly code: string; readonly connected: boolean; readonly reusedSocket: boolean }
  | { readonly kind: 'timeout' }

/** Posts activities to bots, as a channel does: with its token, over kept-alive connections, following no redirects. */
export class BotClient {
  private readonly options: BotClientOptions
  private readonly httpAgent: http.Agent = new http.Agent({ keepAlive: true })
  private readonly httpsAgent: https.Agent = new https.Agent({ keepAlive: true })
  private readonly closed: AbortController = new AbortController()

  constructor(options: BotClientOptions) {
    this.options = options
    // As many as there are posts under way; Node would take them for a leak.
    setMaxListeners(0, this.closed.signal)
  }

  /** Posts `activity` and tells how the bot took it. Never rejects. */
  async post(bot: RegisteredBot, activity: WireActivity): Promise<DeliveryResult> {
    const end = this.options.observer?.begin(bot, activity)
    const startedAt = performance.now()
    const body = Buffer.from(JSON.stringify(activity))
    const token = await this.options.tokenFor(bot)
    const headers = {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': body.length,
      'User-Agent': 'parley-service',
    }
    const first = await this.attempt(bot, headers, body)
    // A kept connection that the bot has closed meanwhile says nothing about the bot: ask again on a new one.
    const isStale = first.kind === 'broken' && first.reusedSocket && first.code === 'ECONNRESET'
    const attempt = isStale ? await this.attempt(bot, headers, body, false) : first
    const result = this.judge(bot, activity, attempt)
    const ms = Math.round((performance.now() - startedAt) * 10) / 10
    end?.({ bot, activity, headers, body, ms, result, ...(attempt.kind === 'answered' ? { answer: attempt } : {}) })
    return result
  }

  /** Breaks off every post that is under way and drops the connections. */
  close(): void {
    this.closed.abort()
    this.httpAgent.destroy()
    this.httpsAgent.destroy()
  }

  private attempt(bot: RegisteredBot, headers: OutgoingHttpHeaders, body: Buffer, keepAlive = true): Promise<Attempt> {
    const isHttps = bot.endpoint.protocol === 'https:'
    const agent = isHttps ? this.httpsAgent : this.httpAgent
    const request = (isHttps ? https : http).request(bot.endpoint, {
      method: 'POST',
      agent: keepAlive ? agent : false,
      signal: this.closed.signal,
      headers,
    })
    request.end(body)
    return settle(request, this.options.timeoutMs)
  }

  private judge(bot: RegisteredBot, { type }: WireActivity, attempt: Attempt): DeliveryResult {
    if (type === 'invoke' && attempt.kind === 'answered' && isInvokeStatus(attempt.status)) {
      return { kind: 'accepted', status: attempt.status, answer: invokeAnswer(attempt) }
    }
    if (attempt.kind === 'timeout') return { kind: 'failed', problem: timedOut(this.options.timeoutMs), reached: true }
    if (attempt.kind === 'broken') {
      const { code, connected } = attempt
      return { kind: 'failed', problem: connected ? brokeOff(code) : unreachable(bot, code), reached: connected }
    }
    const { status } = attempt
    if (status >= 200 && status < 300) return { kind: 'accepted', status }
    if (status === 401 || status === 403) return { kind: 'failed', problem: refusedToken(bot, status), reached: false }
    return { kind: 'failed', problem: failed(bot, status), reached: status !== 404 && status !== 405 }
  }
}

function settle(request: ClientRequest, timeoutMs: number): Promise<Attempt> {
  return new Promise((resolve) => {
    let connected = false
    const timer = setTimeout(() => {
      resolve({ kind: 'timeout' })
      request.destroy()
    }, timeoutMs)
    request.on('socket', (socket) => {
      if (!socket.connecting) connected = true
      else socket.once('connect', () => (connected = true))
    })
    request.on('error', (error: NodeJS.ErrnoException) => {
      resolve({ kind: 'broken', code: error.code ?? error.name, connected, reusedSocket: request.reusedSocket })
    })
    request.on('response', (response) => {
      const { statusCode: status = 0, headers } = response
      drain(response, (body) => resolve({ kind: 'answered', status, headers, body }))
    })
    request.on('close', () => clearTimeout(timer))
  })
}

/** The turn is over when the answer is complete; what a broken or endless answer had to say is its status. */
function drain(response: IncomingMessage, done: (body: string) => void): void {
  const chunks: Buffer[] = []
  let size = 0
  response.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > MAX_ANSWER_BYTES) response.destroy()
    else chunks.push(chunk)
  })
  response.on('error', () => done(''))
  response.on('close', () => done(response.complete ? Buffer.concat(chunks).toString() : ''))
}

/** A bot that says no to an invoke, because it wants something else first or does not know the name, is a bot that works. */
function isInvokeStatus(status: number): boolean {
  return (status < 500 && status !== 401 && status !== 403) || status === 501
}

function invokeAnswer({ status, body }: { readonly status: number; readonly body: string }): InvokeAnswer {
  if (body === '') return { status }
  try {
    return { status, body: JSON.parse(body) }
  } catch {
    return { status, body }
  }
}
