import type { AxiosError, AxiosResponse, AxiosStatic, InternalAxiosRequestConfig } from 'axios'
import type { SignedCall } from './authorize.ts'
import type { OutboundReply } from './outbound.ts'
import type { Carry, Transport } from './transport.ts'
import { TransportFailure } from './transport-failure.ts'

/** An instance of the class `Axios`, by a way that both of its type declarations know. */
export type ConnectorAxios = InstanceType<AxiosStatic['Axios']>

/**
 * One try of a call through axios, for whoever wants to see it, with `carry` as its adapter: its interceptors and errors work as documented, while its
 * forty merged defaults, its transforms and its redirect follower stay out. The bearer does not pass through axios, so that no
 * interceptor can log it or take it elsewhere.
 *
 * axios is loaded with the first call; importing this package does not pay for it.
 *
 * @throws TransportFailure when no status came; never an error of axios.
 */
export function createAxiosTransport(carry: Carry, onAxios: (axios: ConnectorAxios) => void): Transport {
  let loading: Promise<LoadedAxios> | undefined
  return async (call) => {
    const { axios, ErrorClass } = await (loading ??= loadAxios(onAxios))
    const adapter = (config: InternalAxiosRequestConfig): Promise<Answer> => adapt(config, call, carry, ErrorClass)
    const headers = call.headers as Record<string, string>
    const { origin, path, method, body: data } = call
    try {
      return replyOf(await axios.request<Buffer, Answer>({ url: origin + path, method, data, headers, adapter }))
    } catch (error) {
      throw withoutAxios(error)
    }
  }
}

interface LoadedAxios {
  readonly axios: ConnectorAxios
  readonly ErrorClass: typeof AxiosError
}

async function loadAxios(onAxios: (axios: ConnectorAxios) => void): Promise<LoadedAxios> {
  const { Axios, AxiosError } = await import('axios')
  const axios = new Axios()
  onAxios(axios)
  return { axios, ErrorClass: AxiosError }
}

/** The reply travels beside what axios makes of it. */
type Answer = AxiosResponse<Buffer> & { readonly reply?: OutboundReply }

async function adapt(
  config: InternalAxiosRequestConfig,
  call: SignedCall,
  carry: Carry,
  ErrorClass: typeof AxiosError,
): Promise<Answer> {
  const headers = config.headers as unknown as Record<string, string>
  const path = pathOf(config, call)
  try {
    const reply = await carry(call, path, headers, config.data)
    const seen = reply.headers as AxiosResponse['headers']
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
