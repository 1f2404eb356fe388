import type { OutboundCall, OutboundMiddleware, OutboundReply } from './outbound.ts'
import { parseRetryAfter } from './retry-after.ts'
import {
  MaybeSentError,
  SendAddressForbiddenError,
  SendFailedError,
  SendForbiddenError,
  SendRedirectedError,
  SendRejectedError,
  SendThrottledError,
  SendTimeoutError,
  SendUnauthorizedError,
  SendUnreachableError,
  SendUntrustedError,
} from './send-errors.ts'
import type { SendError, SendErrorFacts } from './send-errors.ts'
import { TransportFailure } from './transport-failure.ts'

/** Lets 2xx pass and turns every other outcome into the error that tells the caller what to do. */
export const refuse: OutboundMiddleware = async (call, next) => {
  let reply: OutboundReply
  try {
    reply = await next(call)
  } catch (error) {
    throw error instanceof TransportFailure ? ofFailure(call, error) : error
  }
  if (reply.status >= 200 && reply.status < 300) return reply
  throw ofStatus(call, reply)
}

/** Facts for an error about `call`, never its path, headers or body. */
export function factsOf({ operation, method, host }: OutboundCall, reply?: OutboundReply): SendErrorFacts {
  return { operation, method, host, statusCode: reply?.status, serviceCode: reply && serviceCodeOf(reply) }
}

/** The error for a call that got no answer. */
export function ofFailure(call: OutboundCall, failure: TransportFailure): SendError {
  const facts = factsOf(call)
  const options = { cause: failure }
  const maybeSent = failure.sent && call.method !== 'GET'
  switch (failure.kind) {
    case 'forbidden-address':
      return new SendAddressForbiddenError(facts, options)
    case 'untrusted':
      return new SendUntrustedError(facts, options)
    case 'timeout':
      return new SendTimeoutError(facts, maybeSent, options)
    case 'unresolved':
    case 'connection':
      return maybeSent ? new MaybeSentError(facts, options) : new SendUnreachableError(facts, options)
  }
}

function ofStatus(call: OutboundCall, reply: OutboundReply): SendError {
  const facts = factsOf(call, reply)
  const { status } = reply
  if (status === 401) return new SendUnauthorizedError(facts)
  if (status === 403) return new SendForbiddenError(facts)
  if (status === 429) return new SendThrottledError(facts, parseRetryAfter(reply.headers))
  if (status >= 500) return new SendFailedError(facts, parseRetryAfter(reply.headers))
  return status >= 400 ? new SendRejectedError(facts) : new SendRedirectedError(facts)
}

/** A hostile service could mirror the bearer or the message here, so only a short identifier passes. */
function serviceCodeOf(reply: OutboundReply): string | undefined {
  try {
    const code: unknown = JSON.parse(reply.body.toString('utf8'))?.error?.code
    return typeof code === 'string' && /^[a-z][\w-]{0,63}$/i.test(code) ? code : undefined
  } catch {
    return undefined
  }
}
