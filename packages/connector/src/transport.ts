import type { Agent } from 'node:http'
import type { SignedCall } from './authorize.ts'
import type { Clock } from './clock.ts'
import { exchange } from './exchange.ts'
import type { OutboundReply } from './outbound.ts'

export interface TransportDependencies {
  readonly httpAgent: Agent
  readonly httpsAgent: Agent
  readonly connectTimeoutMs: number
  readonly clock: Clock
}

/** Carries out one try of a call. */
export type Transport = (call: SignedCall) => Promise<OutboundReply>

/** Carries out one try of a call, with that path, those headers and that body. */
export type Carry = (
  call: SignedCall,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string | undefined,
) => Promise<OutboundReply>

/** One try of a call as it is. */
export function createTransport(carry: Carry): Transport {
  return (call) => carry(call, call.path, call.headers, call.body)
}

/** Sent unless the call says otherwise. */
const DEFAULT_HEADERS = { accept: 'application/json', 'user-agent': 'Parley' }

/**
 * One try of a call over `node:http`, signed.
 *
 * @throws TransportFailure when no status came.
 */
export function createCarry({ httpAgent, httpsAgent, connectTimeoutMs, clock }: TransportDependencies): Carry {
  return (call, path, headers, body) => {
    const { protocol, hostname, port } = new URL(call.origin)
    const secure = protocol === 'https:'
    const sent: Record<string, string> = Object.assign({}, DEFAULT_HEADERS, headers)
    if (call.bearer !== undefined) sent['authorization'] = `Bearer ${call.bearer}`
    return exchange({
      secure,
      hostname: withoutBrackets(hostname),
      port,
      method: call.method,
      path,
      headers: sent,
      body,
      agent: secure ? httpsAgent : httpAgent,
      connectTimeoutMs,
      timeoutMs: Math.max(1, Math.min(call.tryTimeoutMs, call.deadlineAt - clock.now())),
      maxBytes: call.maxBytes,
      signal: call.signal,
    })
  }
}

/** `[::1]` in a URL is `::1` for a socket. */
function withoutBrackets(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
}
