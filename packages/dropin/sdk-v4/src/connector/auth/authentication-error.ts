/** An HTTP status. */
export type StatusCode = number

/** A request whose sender did not prove who it is. `cause` is what the verification found; it is for the log. */
export class AuthenticationError extends Error {
  readonly statusCode: StatusCode

  constructor(message: string, statusCode: StatusCode, options?: ErrorOptions) {
    super(message, options)
    this.statusCode = statusCode
  }

  /** Whether an error carries an HTTP status. */
  // oxlint-disable-next-line typescript/no-explicit-any -- SDK v4's signature
  static isStatusCodeError(err: any): err is { statusCode: StatusCode; message?: string } {
    return !!err && typeof err.statusCode === 'number'
  }

  /** The answer to an upgrade request that failed so, as raw HTTP. The status follows from the message, as in v4. */
  // oxlint-disable-next-line typescript/no-explicit-any -- SDK v4's signature
  static determineStatusCodeAndBuildMessage(err: any): string {
    const message: string = err?.message || 'Internal Server Error'
    return `HTTP/1.1 ${statusLineOf(message)}\r\n${message}\r\nConnection: 'close'\r\n\r\n`
  }
}

function statusLineOf(message: string): string {
  if (message.startsWith('Unauthorized')) return '401 UNAUTHORIZED'
  if (message.startsWith("'authHeader'")) return '400 BAD_REQUEST'
  return '500 INTERNAL_SERVER_ERROR'
}
