import type { TokenSource } from '@parley/core'
import type { Clock } from './clock.ts'
import type { OutboundCall, OutboundReply, OutboundSend } from './outbound.ts'
import { factsOf } from './refuse.ts'
import { SendTimeoutError } from './send-errors.ts'

export interface AuthorizeDependencies {
  readonly tokens: TokenSource
  readonly clock: Clock
}

/** A call with the token it is signed with. Seen by the layers inside {@link createAuthorize} only. */
export interface SignedCall extends OutboundCall {
  readonly bearer: string | undefined
}

/**
 * Signs calls with the bearer for their audience. An answer 401 drops that token from the cache and repeats the call once
 * with a fresh one. Without credentials calls go out unsigned.
 */
export function createAuthorize(
  { tokens, clock }: AuthorizeDependencies,
  next: (call: SignedCall) => Promise<OutboundReply>,
): OutboundSend {
  const getToken = (call: OutboundCall): Promise<string | undefined> =>
    beforeDeadline(tokens.getToken(call.audience), call, clock)
  return async (call) => {
    const token = await getToken(call)
    const reply = await next(sign(call, token))
    if (reply.status !== 401 || token === undefined) return reply
    tokens.forget(call.audience, token)
    const fresh = await getToken(call)
    return fresh === undefined || fresh === token ? reply : next(sign(call, fresh))
  }
}

/** Not a spread: V8 makes of one an object to which adding a field is slow. */
function sign(call: OutboundCall, bearer: string | undefined): SignedCall {
  return Object.assign({}, call, { bearer })
}

/** Waits for a token no longer than the call may last: a hung token endpoint must not hold the turn. */
function beforeDeadline<T>(pending: Promise<T>, call: OutboundCall, clock: Clock): Promise<T> {
  const { signal } = call
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      act()
    }
    const onAbort = (): void => settle(() => reject(signal?.reason))
    const onTime = (): void => settle(() => reject(new SendTimeoutError(factsOf(call), false)))
    const timer = setTimeout(onTime, Math.max(0, call.deadlineAt - clock.now()))
    signal?.addEventListener('abort', onAbort)
    if (signal?.aborted) onAbort()
    pending.then(
      (value) => settle(() => resolve(value)),
      (error: unknown) => settle(() => reject(error)),
    )
  })
}
