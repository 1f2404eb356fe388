import type { Agent } from 'node:http'
import type { AxiosError, AxiosResponse, AxiosStatic, InternalAxiosRequestConfig } from 'axios'
import type { SignedCall } from './authorize.ts'
import type { Clock } from './clock.ts'
import { exchange } from './exchange.ts'
import type { OutboundReply } from './outbound.ts'
import { TransportFailure } from './transport-failure.ts'

/** An instance of the class `Axios`, by a way that both of its type declarations know. */
export type ConnectorAxios = InstanceType<AxiosStatic['Axios']>

export interface TransportDependencies {
  readonly httpAgent: Agent
  readonly httpsAgent: Agent
  readonly connectTimeoutMs: number
  readonly clock: Clock
  /** Given the axios instance once, before its first request. */
  readonly onAxios?: ((axios: ConnectorAxios) => void) | undefined
}

/** Carries out one try of a call. */
export type Transport = (call: SignedCall) => Promise<OutboundReply>

/**
 * One try of a call, through axios with an adapter of our own over `node:http`: its interceptors and errors work as documented,
 * while its forty merged defaults, its transforms and its redirect follower, which cost more than the request, stay out.
 * The bearer does not pass through axios, so that no interceptor can log it or take it elsewhere.
 *
 * axios is loaded with the first call; importing this package does not pay for it.
 *
 * @throws TransportFailure when no status came; never an error of axios.
 */
export function createTransport(dependencies: TransportDependencies): Transport {
  let loading: Promise<LoadedAxios> | undefined
  let loaded: LoadedAxios | undefined
  return async (call) => {
    loading ??= loadAxios(dependencies.onAxios)
    loaded ??= await loading
    const { axios, ErrorClass } = loaded
    const adapter = (config: InternalAxiosRequestConfig): Promise<Answer> =>
      adapt(config, call, dependencies, ErrorClass)
    try {
      const request = { url: call.origin + call.path, method: call.method, data: call.body, adapter }
      const watched = dependencies.onAxios ? { ...request, headers: call.headers as Record<string, string> } : request
      return replyOf(await axios.request<Buffer, Answer>(watched))
    } catch (error) {
      throw withoutAxios(error)
    }
  }
}

interface LoadedAxios {
  readonly axios: ConnectorAxios
  readonly ErrorClass: typeof AxiosError
}

async function loadAxios(onAxios: TransportDependencies['onAxios']): Promise<LoadedAxios> {
  const { Axios, AxiosError } = await import('axios')
  const axios = new Axios()
  onAxios?.(axios)
  return { axios, ErrorClass: AxiosError }
}

/** The reply travels beside what axios makes of it. */
type Answer = AxiosResponse<Buffer> & { readonly reply?: OutboundReply }

/** Sent unless the call says otherwise. */
const DEFAULT_HEADERS = { accept: 'application/json', 'user-agent': 'Parley' }

/** Headers go through axios only when somebody watches it: its copies of them cost more than all else it does. */
async function adapt(
  config: InternalAxiosRequestConfig,
  call: SignedCall,
  { httpAgent, httpsAgent, connectTimeoutMs, clock, onAxios }: TransportDependencies,
  ErrorClass: typeof AxiosError,
): Promise<Answer> {
  const { protocol, hostname, port } = new URL(call.origin)
  const secure = protocol === 'https:'
  const headers = onAxios ? (config.headers as unknown as Record<string, string>) : call.headers
  const sent: Record<string, string> = Object.assign({}, DEFAULT_HEADERS, headers)
  if (call.bearer !== undefined) sent['authorization'] = `Bearer ${call.bearer}`
  try {
    const reply = await exchange({
      secure,
      hostname: withoutBrackets(hostname),
      port,
      method: call.method,
      path: pathOf(config, call),
      headers: sent,
      body: config.data,
      agent: secure ? httpsAgent : httpAgent,
      connectTimeoutMs,
      timeoutMs: Math.max(1, Math.min(call.tryTimeoutMs, call.deadlineAt - clock.now())),
      maxBytes: call.maxBytes,
      signal: call.signal,
    })
    const seen = onAxios ? (reply.headers as AxiosResponse['headers']) : {}
    return { data: reply.body, status: reply.status, statusText: '', headers: seen, config, reply }
  } catch (error) {
    throw error instanceof TransportFailure ? ErrorClass.from(error, error.code, config) : error
  }
}

/** An interceptor may change the path, but the bearer goes to no other origin. Not parsed: that would resolve dot segments. */
function pathOf({ url = '' }: InternalAxiosRequestConfig, { origin }: SignedCall): string {
  if (url.startsWith(`${origin}/`)) return url.slice(origin.length)
  throw new TypeError(
    'An axios interceptor changed the origin of a call; it may change the path, the headers and the body.',
  )
}

function replyOf({ reply }: Answer): OutboundReply {
  if (reply) return reply
  throw new TypeError('An axios interceptor replaced the response; it must return the one it got.')
}

/** What an interceptor of the bot's own threw is kept; what axios threw is not. */
function withoutAxios(error: unknown): unknown {
  if ((error as { isAxiosError?: unknown } | null)?.isAxiosError !== true) return error
  const { cause, code } = error as AxiosError
  if (cause instanceof TransportFailure) return cause
  return new TransportFailure('connection', code ?? 'ERR_AXIOS', 'an axios interceptor failed the call', true)
}

/** `[::1]` in a URL is `::1` for a socket. */
function withoutBrackets(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
}
