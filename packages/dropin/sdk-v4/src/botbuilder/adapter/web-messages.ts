/** A request as HTTP frameworks have it; the body is parsed already, or can be read from it. */
export interface Request<
  Body extends Record<string, unknown> = Record<string, unknown>,
  Headers extends Record<string, string[] | string | undefined> = Record<string, string[] | string | undefined>,
> {
  body?: Body
  headers: Headers
  method?: string
}

/** A response as HTTP frameworks have it. */
export interface Response {
  socket: unknown
  end(...args: unknown[]): unknown
  header(name: string, value: unknown): unknown
  send(...args: unknown[]): unknown
  status(code: number): unknown
}

/** A request, as loosely as older code has it. */
export interface WebRequest {
  // oxlint-disable typescript/no-explicit-any -- what older code declares
  body?: any
  headers: any
  method?: any
  params?: any
  query?: any
  on?(event: string, ...args: any[]): any
}

/** A response, as loosely as older code has it. */
export interface WebResponse {
  socket?: any
  end(...args: any[]): any
  send(body: any): any
  status(status: number): any
  // oxlint-enable typescript/no-explicit-any
}
