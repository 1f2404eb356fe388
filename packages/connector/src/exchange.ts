// The modules, not their functions: tools that intercept calls put functions of their own in their place.
import http from 'node:http'
import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import https from 'node:https'
import { isIP } from 'node:net'
import type { Socket } from 'node:net'
import { decode } from './decode.ts'
import type { BodyProblem, OutboundReply } from './outbound.ts'
import { TransportFailure, toTransportFailure } from './transport-failure.ts'

/** One HTTP request as it goes onto the wire. */
export interface ExchangeRequest {
  readonly secure: boolean
  readonly hostname: string
  readonly port: string
  readonly method: string
  /** Sent as it is. */
  readonly path: string
  readonly headers: Record<string, string>
  readonly body: string | undefined
  readonly agent: Agent
  /** Name, address, TCP and TLS, in milliseconds. */
  readonly connectTimeoutMs: number
  /** The whole exchange, in milliseconds. */
  readonly timeoutMs: number
  readonly maxBytes: number
  readonly signal: AbortSignal | undefined
}

/**
 * A new connection without TLS is given this long to be closed again before the request is written. A TLS handshake shows by
 * itself that the far end wants the connection; without one, a listener that accepts and closes looks like a service that
 * read the request and died. Concerns loopback only: everything else is TLS.
 */
const PLAIN_GRACE_MS = 2

/**
 * Sends one request over `node:http(s)` and reads its answer. Never follows a redirect, never repeats.
 *
 * @throws TransportFailure when no status came; the signal's reason when it aborted.
 */
export function exchange(request: ExchangeRequest): Promise<OutboundReply> {
  return new Promise((resolve, reject) => new Exchange(request, resolve, reject).start())
}

/** Where Node keeps what stands for a connection in the operating system. */
const HANDLE = '_handle'

/** Tools that intercept calls (nock, msw) hand out sockets that stand for no connection, and wait for the request first. */
function isImitation(socket: Socket): boolean {
  return !(socket as Socket & { readonly [HANDLE]?: object | null })[HANDLE]
}

class Exchange {
  private readonly order: ExchangeRequest
  private readonly resolve: (reply: OutboundReply | Promise<OutboundReply>) => void
  private readonly reject: (error: unknown) => void
  private readonly chunks: Buffer[] = []
  private received = 0
  private settled = false
  private resolving = false
  private request: ClientRequest | undefined
  private response: IncomingMessage | undefined
  private tryTimer: NodeJS.Timeout | undefined
  private connectTimer: NodeJS.Timeout | undefined

  constructor(
    order: ExchangeRequest,
    resolve: (reply: OutboundReply | Promise<OutboundReply>) => void,
    reject: (error: unknown) => void,
  ) {
    this.order = order
    this.resolve = resolve
    this.reject = reject
  }

  start(): void {
    const { order } = this
    if (order.signal?.aborted) return this.reject(order.signal.reason)
    order.signal?.addEventListener('abort', this.onAbort)
    this.tryTimer = setTimeout(() => this.giveUp('try'), order.timeoutMs)
    try {
      this.request = this.open()
    } catch (error) {
      this.settle(() => this.reject(error))
    }
  }

  private open(): ClientRequest {
    const { order } = this
    const options: RequestOptions = {
      hostname: order.hostname,
      port: order.port,
      method: order.method,
      path: order.path,
      headers: order.headers,
      agent: order.agent,
    }
    const request = order.secure ? https.request(options) : http.request(options)
    request.on('socket', (socket) => this.onSocket(request, socket))
    request.on('response', (response) => this.onResponse(response))
    request.on('error', (error) => this.fail(error))
    return request
  }

  /** Writes the request once the connection stands, so that a failure before that proves that nothing was sent. */
  private onSocket(request: ClientRequest, socket: Socket): void {
    if (socket.destroyed) return
    if (!socket.connecting || isImitation(socket)) {
      request.end(this.order.body)
      return
    }
    this.resolving = isIP(this.order.hostname) === 0
    this.connectTimer = setTimeout(() => this.giveUp('connect'), this.order.connectTimeoutMs)
    socket.once('lookup', () => {
      this.resolving = false
    })
    socket.once(this.order.secure ? 'secureConnect' : 'connect', () => this.onConnected(request))
  }

  private onConnected(request: ClientRequest): void {
    clearTimeout(this.connectTimer)
    if (this.order.secure) request.end(this.order.body)
    else this.connectTimer = setTimeout(() => request.end(this.order.body), PLAIN_GRACE_MS)
  }

  private onResponse(response: IncomingMessage): void {
    this.response = response
    response.on('data', (chunk: Buffer) => this.onData(chunk))
    response.on('end', () => this.finish())
    response.on('error', () => this.finish('cut off'))
  }

  private onData(chunk: Buffer): void {
    this.received += chunk.length
    if (this.received <= this.order.maxBytes) this.chunks.push(chunk)
    else this.finish('too large')
  }

  private readonly onAbort = (): void => {
    this.settle(() => this.reject(this.order.signal?.reason))
    this.request?.destroy()
  }

  private giveUp(phase: 'try' | 'connect'): void {
    if (this.response) return this.finish('too slow')
    const kind = this.resolving ? 'unresolved' : 'timeout'
    const failure = new TransportFailure(
      kind,
      'ETIMEDOUT',
      `no ${phase === 'try' ? 'answer' : 'connection'} in time`,
      this.isSent,
    )
    this.settle(() => this.reject(failure))
    this.request?.destroy()
  }

  private fail(error: unknown): void {
    if (this.response) return this.finish('cut off')
    // A failed write also makes Node emit 'finish'; only the system call tells that the request stayed here.
    const sent = this.isSent && (error as NodeJS.ErrnoException).syscall !== 'write'
    this.settle(() => this.reject(toTransportFailure(error, sent)))
  }

  /** Whether the last byte of the request was given to the operating system. */
  private get isSent(): boolean {
    return this.request?.writableFinished ?? false
  }

  private finish(problem?: BodyProblem): void {
    const { response } = this
    if (!response || this.settled) return
    this.settle(() => this.resolve(this.replyOf(response, problem)))
    if (problem) this.request?.destroy()
  }

  private replyOf(response: IncomingMessage, problem: BodyProblem | undefined): OutboundReply | Promise<OutboundReply> {
    const reply = { status: response.statusCode ?? 0, headers: response.headers }
    if (problem) return { ...reply, body: Buffer.alloc(0), bodyProblem: problem }
    const body = this.chunks.length === 1 ? (this.chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(this.chunks)
    const encoding = response.headers['content-encoding']
    if (encoding === undefined || encoding === 'identity') return { ...reply, body }
    return decode(body, encoding, this.order.maxBytes).then((decoded) => ({ ...reply, ...decoded }))
  }

  private settle(act: () => void): void {
    if (this.settled) return
    this.settled = true
    clearTimeout(this.tryTimer)
    clearTimeout(this.connectTimer)
    this.order.signal?.removeEventListener('abort', this.onAbort)
    act()
  }
}
