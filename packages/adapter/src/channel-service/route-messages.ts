import type { OpenValue } from '@parley/core'

/** What routes need of a request: that of restify, of express, or one like theirs. */
export interface RouteRequest {
  /** What a body parser made of the body, if there is one. */
  body?: OpenValue
  headers: OpenValue
  /** Parts of the path by name, and of the query. */
  method?: OpenValue
  params?: OpenValue
  query?: OpenValue
  on?(event: string, ...args: OpenValue[]): OpenValue
}

/** What routes need of a response. */
export interface RouteResponse {
  status(code: number): OpenValue
  send(body?: OpenValue): OpenValue
  end(...args: OpenValue[]): OpenValue
}

/** Answers one route. */
export type RouteHandler = (request: RouteRequest, response: RouteResponse, next?: OpenValue) => void

/** A server with routes: restify's, or an application of express. */
export interface WebServer {
  get: (path: string, handler: RouteHandler) => void
  post: (path: string, handler: RouteHandler) => void
  put: (path: string, handler: RouteHandler) => void
  /** As restify has it. */
  del?: (path: string, handler: RouteHandler) => void
  /** As express has it. */
  delete?: (path: string, handler: RouteHandler) => void
}

/** The header that proves who calls; empty when there is none. */
export function authorizationOf({ headers }: RouteRequest): string {
  return headers?.authorization ?? headers?.Authorization ?? ''
}

/** A part of the query. Restify without its query parser has a function in that place. */
export function queryOf(request: RouteRequest, name: string): string | undefined {
  const isText = typeof request.query === 'function'
  const value: unknown = isText ? new URLSearchParams(request.query()).get(name) : request.query?.[name]
  return typeof value === 'string' ? value : undefined
}
