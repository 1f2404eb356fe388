import type { AxiosResponse, AxiosStatic } from 'axios'
import { ParleyError } from '@parley/core'

/** Bounds of one call to an identity service. */
export interface HttpLimits {
  /** Of the answer, after decompression. */
  readonly maxBytes: number
  /** Ends the call, whatever phase it is in: name look-up, connection, headers, body. */
  readonly signal: AbortSignal
}

/** An answer whose body, if it was JSON, has been parsed. */
export interface IdentityAnswer {
  readonly status: number
  /** `undefined` when the body is not JSON. */
  readonly body: unknown
  /** Raw `Retry-After`. */
  readonly retryAfter: string | undefined
}

/**
 * An identity service gave no answer. Carries no cause: the HTTP client's errors hold the request, and with it the secret.
 */
export class IdentityUnreachableError extends ParleyError {
  static readonly code = 'AUTH_IDENTITY_UNREACHABLE'
  readonly code: string = IdentityUnreachableError.code
  /** System or client error code, e.g. `ECONNREFUSED`, `ETIMEDOUT`. */
  readonly reason: string

  constructor(url: URL, reason: string) {
    super(`No usable answer from ${url.origin}${url.pathname}: ${reason}. Check that this host can reach it.`)
    this.reason = reason
  }
}

/** Asks for a JSON document. Redirects are answers like any other and never followed. */
export async function getDocument(url: URL, limits: HttpLimits): Promise<IdentityAnswer> {
  return send(url, limits, (http, options) => http.get(url.href, options))
}

/** Posts a form and reads the JSON answer. Redirects are answers like any other and never followed. */
export async function postForm(url: URL, form: URLSearchParams, limits: HttpLimits): Promise<IdentityAnswer> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return send(url, limits, (http, options) => http.post(url.href, form.toString(), { ...options, headers }))
}

interface CallOptions {
  readonly signal: AbortSignal
  readonly maxContentLength: number
  /** Absent: the one that the environment names, if any. */
  readonly proxy?: false
}

/** axios without its instance's conveniences, under a name that both of its type declarations have. */
type HttpClient = InstanceType<AxiosStatic['Axios']>

type Call = (http: HttpClient, options: CallOptions) => Promise<AxiosResponse<string>>

async function send(url: URL, { signal, maxBytes }: HttpLimits, call: Call): Promise<IdentityAnswer> {
  // Plain http is for this machine alone; a proxy would read the secret.
  const direct = url.protocol === 'http:' ? ({ proxy: false } as const) : {}
  try {
    const answer = await call(await httpClient(), { signal, maxContentLength: maxBytes, ...direct })
    return { status: answer.status, body: parseJson(answer.data), retryAfter: retryAfterOf(answer) }
  } catch (error) {
    throw new IdentityUnreachableError(url, signal.aborted ? 'ETIMEDOUT' : reasonOf(error))
  }
}

let shared: Promise<HttpClient> | undefined

/**
 * The client of all calls. Loaded when the first key or token is fetched: importing this package must not cost the HTTP
 * client. Connections are not kept: calls are an hour apart, and one that meets a connection its server has closed meanwhile
 * fails. Certificates are verified whatever `NODE_TLS_REJECT_UNAUTHORIZED` says: whoever can hand out keys can be anybody.
 */
export function httpClient(): Promise<HttpClient> {
  shared ??= Promise.all([import('axios'), import('node:https')]).then(
    ([{ Axios }, { Agent }]) =>
      new Axios({
        httpsAgent: new Agent({ rejectUnauthorized: true }),
        maxRedirects: 0,
        responseType: 'text',
        validateStatus: () => true,
        headers: { connection: 'close' },
      }),
  )
  return shared
}

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    return undefined
  }
}

function retryAfterOf(answer: AxiosResponse): string | undefined {
  const value: unknown = answer.headers['retry-after']
  return typeof value === 'string' ? value : undefined
}

function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code
  return typeof code === 'string' && /^[A-Z_]{1,64}$/.test(code) ? code : 'UNKNOWN'
}
