import { SendError, parseRetryAfter } from '@parley/connector'
import type { OutboundReply } from '@parley/connector'
import {
  BotStateConflictError,
  BotStateFailedError,
  BotStateRefusedError,
  BotStateRejectedError,
  BotStateTooLargeError,
  BotStateUnreachableError,
} from './bot-state-errors.ts'
import type { BotStateErrorFacts } from './bot-state-errors.ts'

/** A call as it was sent. */
export interface SentCall {
  readonly operation: string
  readonly host: string
  readonly body?: string | undefined
}

/**
 * Lets 2xx pass.
 *
 * @returns What is known of the call, for errors about the answer.
 * @throws {@link BotStateError} `BOTSTATE_…`: another status.
 */
export function checkReply({ operation, host, body }: SentCall, reply: OutboundReply): BotStateErrorFacts {
  const { status } = reply
  const serviceCode = serviceCodeOf(reply)
  const facts = { operation, host, statusCode: status, serviceCode }
  if (status >= 200 && status < 300) return facts
  if (status === 412) throw new BotStateConflictError(facts)
  if (status === 413 || serviceCode === 'MessageSizeTooBig') throw new BotStateTooLargeError(dataBytes(body), facts)
  if (status === 401 || status === 403) throw new BotStateRefusedError(facts)
  if (status === 429 || status >= 500) throw new BotStateFailedError(facts, parseRetryAfter(reply.headers))
  throw new BotStateRejectedError(facts)
}

/** The error for a call without an answer; any other error as it is. */
export function ofSendError(facts: BotStateErrorFacts, error: unknown): unknown {
  if (!(error instanceof SendError)) return error
  const maybeWritten =
    error.code === 'SEND_MAYBE_SENT' || (error as { readonly maybeSent?: boolean | undefined }).maybeSent === true
  return new BotStateUnreachableError(maybeWritten, facts, { cause: error })
}

/** The JSON of an answer: `undefined` when it is empty, and a text, which no answer is, when it is none. */
export function parseAnswer({ body, bodyProblem }: OutboundReply): unknown {
  if (bodyProblem) return bodyProblem
  if (body.length === 0) return undefined
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return 'not JSON'
  }
}

/** A hostile service could send the data or the bearer back here, so only a short identifier passes. */
function serviceCodeOf({ status, body }: OutboundReply): string | undefined {
  if (status < 400) return undefined
  try {
    const code: unknown = JSON.parse(body.toString('utf8'))?.error?.code
    return typeof code === 'string' && /^[a-z][\w-]{0,63}$/i.test(code) ? code : undefined
  } catch {
    return undefined
  }
}

function dataBytes(body: string | undefined): number {
  const data: unknown = body === undefined ? undefined : (JSON.parse(body) as { data?: unknown }).data
  return data === undefined ? 0 : Buffer.byteLength(JSON.stringify(data))
}
