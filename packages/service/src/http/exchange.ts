import type { IncomingMessage, ServerResponse } from 'node:http'

/** One request and its answer, as the routes see them. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** The route's parameters, percent-decoded. */
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** How the caller addresses the service, e.g. `http://localhost:3979`: the verified `Host`, for addresses sent back. */
  readonly origin: string
}

/** Answers one route. What it throws is answered in the error shape. */
export type RouteHandler = (exchange: Exchange) => void | Promise<void>

/** A route's parameter; the router only calls a handler when it is there. */
export function param(exchange: Exchange, name: string): string {
  return exchange.params[name] ?? ''
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body))
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': bytes.length,
    'Cache-Control': 'no-store',
  })
  response.end(bytes)
}

/** Answers with a status and nothing else. */
export function sendEmpty(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Length': 0 })
  response.end()
}
