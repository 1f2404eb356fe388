import type { Logger } from '@parley/core'
import type { SignedCall } from './authorize.ts'
import type { Clock } from './clock.ts'
import type { OutboundCall, OutboundReply } from './outbound.ts'
import { parseRetryAfter } from './retry-after.ts'
import type { Transport } from './transport.ts'
import { TransportFailure } from './transport-failure.ts'

export interface RetryDependencies {
  readonly clock: Clock
  readonly logger: Logger
  /** 0 ≤ n < 1, spreads the waits of many bots. */
  readonly random: () => number
}

/** The service asks for another try, or is expected to recover; a reply lost is worse than one sent twice. */
const REPEATED_STATUSES: ReadonlySet<number> = new Set([412, 429, 500, 502, 503, 504])
const MAX_TRIES = 6
const FIRST_WAIT_MS = 250

/**
 * Repeats a call while that can help and its time lasts.
 *
 * - 412, 429, 500, 502, 503, 504: every verb, unless the call takes that status for an answer. The wait is the service's `Retry-After`, else jittered and doubling from 250 ms.
 *   A wait that would outlast the call is not begun: the answer at hand is final.
 * - No connection, or a reset before the request was written: every verb, because nothing was sent.
 * - A reset or silence after the request was written: `GET`, `PUT` and `DELETE`, which do no more when done twice. A `POST`
 *   is not repeated, even on a kept-alive connection that the service may just have been closing: neither TCP nor HTTP tells
 *   whether it read the request first, and two copies of a message cannot be taken back. Such races are kept rare by dropping
 *   idle connections before services do, see `agents.ts`.
 * - Names without an address, forbidden addresses and refused certificates: never.
 */
export function createRetry({ clock, logger, random }: RetryDependencies, next: Transport): Transport {
  return async (call) => {
    for (let tries = 1; ; tries += 1) {
      const outcome = await attempt(call, next)
      const waitMs = waitBeforeNext(call, outcome, tries, random)
      if (waitMs === undefined || clock.now() + waitMs >= call.deadlineAt) return settle(outcome)
      logger.warn({ ...factsOf(call, outcome), tries, waitMs }, 'A call to the connector is repeated.')
      await clock.sleep(waitMs, call.signal)
    }
  }
}

type Outcome = OutboundReply | TransportFailure

async function attempt(call: SignedCall, next: Transport): Promise<Outcome> {
  try {
    return await next(call)
  } catch (error) {
    if (error instanceof TransportFailure) return error
    throw error
  }
}

function settle(outcome: Outcome): OutboundReply {
  if (outcome instanceof TransportFailure) throw outcome
  return outcome
}

function waitBeforeNext(call: OutboundCall, outcome: Outcome, tries: number, random: () => number): number | undefined {
  if (!isRepeated(call, outcome) || tries >= MAX_TRIES) return undefined
  const backOffMs = FIRST_WAIT_MS * 2 ** (tries - 1) * (0.5 + random() / 2)
  if (outcome instanceof TransportFailure) return backOffMs
  return Math.max(parseRetryAfter(outcome.headers) ?? 0, backOffMs)
}

function isRepeated(call: OutboundCall, outcome: Outcome): boolean {
  if (!(outcome instanceof TransportFailure)) {
    return REPEATED_STATUSES.has(outcome.status) && !call.finalStatuses?.includes(outcome.status)
  }
  const isTransient = outcome.kind === 'connection' || outcome.kind === 'timeout'
  return isTransient && (!outcome.sent || call.method !== 'POST')
}

function factsOf(call: OutboundCall, outcome: Outcome): object {
  const { operation, method, host } = call
  const trouble = outcome instanceof TransportFailure ? { code: outcome.code } : { statusCode: outcome.status }
  return { ev: 'outbound.retry', operation, method, host, ...trouble }
}
