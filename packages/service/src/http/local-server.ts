import { randomUUID } from 'node:crypto'
import { STATUS_CODES, createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Logger } from '@parley/core'
import { ListenFailedError, PortInUseError } from '../errors.ts'
import { DataFolderFailedError } from '../store/data-folder-errors.ts'
import { ApiError, badSyntax, originNotAllowed } from './api-error.ts'
import type { ExchangeObserver } from './exchange-observer.ts'
import { sendJson } from './exchange.ts'
import type { HostPolicy } from './host-policy.ts'
import type { OriginPolicy } from './origin-policy.ts'
import { redactUrl } from './redact-url.ts'
import { replayWithoutUpgrade } from './replay-without-upgrade.ts'
import type { Routes } from './routes.ts'

export interface LocalServerOptions {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  readonly routes: Routes
  readonly hosts: HostPolicy
  readonly origins: OriginPolicy
  readonly logger: Logger
}

/** Methods a web page of any origin may cause without changing anything. */
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Limits of every request: the service may be left running for days beside a browser that visits anything. */
const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16 * 1024,
  // Answered by us, in the shape of all errors.
  requireHostHeader: false,
} as const

const MAX_HEADERS = 200

/** The HTTP server all doors share: loopback only, checks `Host` and `Origin`, routes, and answers errors in one shape. */
export class LocalServer {
  private readonly options: LocalServerOptions
  private readonly server: Server
  /** The last answer of each connection. */
  private readonly answers: WeakMap<Duplex, ServerResponse> = new WeakMap()
  /** Connections that no longer speak HTTP, which the server does not count as its own. */
  private readonly upgraded: Set<Duplex> = new Set()
  private observer: ExchangeObserver | undefined

  constructor(options: LocalServerOptions) {
    this.options = options
    this.server = createServer(LIMITS)
    // Node would leave further ones out and say nothing.
    this.server.maxHeadersCount = 0
    this.server.on('request', (request, response) => void this.answer(request, response))
    this.server.on('checkExpectation', (_request, response) => this.sendError(response, expectationFailed()))
    this.server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head))
    this.server.on('clientError', (error, socket) => this.refuseConnection(error, socket))
  }

  /**
   * Starts listening.
   *
   * @throws PortInUseError `SERVICE_PORT_IN_USE`; ListenFailedError `SERVICE_LISTEN_FAILED` for any other refusal.
   */
  async listen(): Promise<void> {
    const { host, port } = this.options
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', (cause: NodeJS.ErrnoException) => {
        reject(
          cause.code === 'EADDRINUSE'
            ? new PortInUseError(port, { cause })
            : new ListenFailedError(`${host}:${port}`, { cause }),
        )
      })
      this.server.listen({ host, port }, resolve)
    })
    this.server.removeAllListeners('error')
    this.server.on('error', (error) =>
      this.options.logger.error({ err: error }, 'The server could not take a connection.'),
    )
  }

  /** Shows every request from now on to `observer`. */
  observe(observer: ExchangeObserver): void {
    this.observer = observer
  }

  /** The port listened on. */
  get port(): number {
    return (this.server.address() as AddressInfo | null)?.port ?? this.options.port
  }

  /** Stops listening and drops every connection. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve())
      this.server.closeAllConnections()
      // Also one that came back while its stream was being closed.
      for (const socket of this.upgraded) socket.destroy()
    })
  }

  /** Never rejects: whatever a route throws is an answer. */
  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedAt = performance.now()
    const url = request.url ?? ''
    response.setHeader('X-Correlating-OperationId', randomUUID())
    response.setHeader('X-Content-Type-Options', 'nosniff')
    this.answers.set(request.socket, response)
    response.once('close', () => {
      const ms = Math.round(performance.now() - startedAt)
      const facts = { method: request.method, path: redactUrl(url), status: response.statusCode, ms }
      this.options.logger.debug(facts, 'Answered a request.')
    })
    this.observer?.(request, response)
    try {
      await this.route(request, response, url)
    } catch (error) {
      this.sendError(response, error)
    }
  }

  private async route(request: IncomingMessage, response: ServerResponse, url: string): Promise<void> {
    const { path, query } = splitUrl(url)
    const method = request.method ?? ''
    const origin = this.checkHead(request)
    if (!SAFE_METHODS.has(method)) this.checkOrigin(request)
    const match = this.options.routes.match(method, path)
    if (match.kind === 'not-found') throw notFound()
    if (match.kind === 'wrong-method') {
      throw new ApiError(405, 'MethodNotAllowed', `Use ${match.allowed.join(' or ')}.`, {
        headers: { Allow: match.allowed.join(', ') },
      })
    }
    await match.handler({ request, response, params: match.params, query, origin })
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (request.headers.upgrade?.toLowerCase() !== 'websocket') {
      return replayWithoutUpgrade(this.server, request, socket, head)
    }
    socket.on('error', () => socket.destroy())
    this.upgraded.add(socket)
    socket.once('close', () => this.upgraded.delete(socket))
    try {
      this.checkHead(request)
      this.checkOrigin(request)
      const { path, query } = splitUrl(request.url ?? '')
      const match = this.options.routes.matchUpgrade(path)
      if (!match) throw notFound()
      match.handler({ request, socket, head, params: match.params, query })
    } catch (error) {
      refuseOn(socket, this.toApiError(error))
    }
  }

  /** Answers what is no request, in the shape of all errors. */
  private refuseConnection(error: NodeJS.ErrnoException, socket: Duplex): void {
    const answer = this.answers.get(socket)
    const isAnswering = answer !== undefined && !answer.writableFinished
    if (error.code === 'ECONNRESET' || !socket.writable || (isAnswering && answer.headersSent)) socket.destroy()
    // What is wrong came behind the request that is being answered.
    else if (isAnswering && answer.req.complete) answer.once('finish', () => this.refuseConnection(error, socket))
    else refuseOn(socket, unreadable(error.code))
  }

  /** @returns how the caller addresses the service. */
  private checkHead(request: IncomingMessage): string {
    const origin = this.options.hosts.originOf(request, this.port)
    if (request.rawHeaders.length > MAX_HEADERS * 2) throw unreadable('HPE_HEADER_OVERFLOW')
    if ((request.headersDistinct['authorization'] ?? []).length > 1) throw badSyntax('Authorization was given twice.')
    return origin
  }

  private checkOrigin(request: IncomingMessage): void {
    if (!this.options.origins.allows(request.headers.origin)) throw originNotAllowed()
  }

  private sendError(response: ServerResponse, error: unknown): void {
    const refusal = this.toApiError(error)
    if (response.headersSent) {
      response.destroy()
      return
    }
    for (const [name, value] of Object.entries(refusal.headers)) response.setHeader(name, value)
    sendJson(response, refusal.status, errorBody(refusal))
  }

  /** What is not a refusal is our own failure: the caller learns nothing of it, the log everything. */
  private toApiError(error: unknown): ApiError {
    if (error instanceof ApiError) return error
    this.options.logger.error({ err: error }, 'A request failed inside the service.')
    // Nothing of it was done, so it can be repeated.
    if (error instanceof DataFolderFailedError) return unavailable()
    return new ApiError(500, 'ServiceError', 'The service failed to answer; see its log.')
  }
}

function unavailable(): ApiError {
  const headers = { 'Retry-After': '1' }
  return new ApiError(503, 'ServiceError', 'The service cannot reach its data; see its log.', { headers })
}

function notFound(): ApiError {
  return new ApiError(404, 'NotFound', 'The service has no such address.')
}

function errorBody({ wireCode, message, inner }: ApiError): unknown {
  return { error: { code: wireCode, message, ...(inner ? { innerHttpError: inner } : {}) } }
}

function splitUrl(url: string): { path: string; query: URLSearchParams } {
  const start = url.indexOf('?')
  return start === -1
    ? { path: url, query: new URLSearchParams() }
    : { path: url.slice(0, start), query: new URLSearchParams(url.slice(start + 1)) }
}

function expectationFailed(): ApiError {
  return new ApiError(417, 'ExpectationFailed', 'The only expectation that is met is 100-continue.')
}

/** What the parser of Node stumbled on. */
function unreadable(code: string | undefined): ApiError {
  const headers = { Connection: 'close' }
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new ApiError(431, 'HeadersTooLarge', `The headers are over 16 KiB, or more than ${MAX_HEADERS}.`, {
      headers,
    })
  }
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') {
    return new ApiError(413, 'MessageSizeTooBig', 'The chunks of the body have too much in their headers.', { headers })
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new ApiError(408, 'RequestTimeout', 'The request did not come in time.', { headers })
  }
  return new ApiError(400, 'BadSyntax', 'The request is not valid HTTP.', { headers })
}

/** Answers where there is no response to do it with, and lets go of the connection. */
function refuseOn(socket: Duplex, error: ApiError): void {
  const body = JSON.stringify(errorBody(error))
  const head = [
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status] ?? ''}`,
    ...Object.entries({ ...error.headers, Connection: 'close' }).map(([name, value]) => `${name}: ${value}`),
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy())
}
