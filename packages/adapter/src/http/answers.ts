import { randomUUID } from 'node:crypto'
import type { InboundRefusedError } from '@parley/core'
import type { Answer } from './inbound-request.ts'
import { RefusalPace } from './refusal-pace.ts'
import { HTTP_REFUSALS } from './refusals.ts'

/** Words for callers, by status. Which check failed is for the log. */
const PUBLIC_CODES: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  405: 'MethodNotAllowed',
  413: 'PayloadTooLarge',
  415: 'UnsupportedMediaType',
  429: 'TooManyRequests',
  431: 'RequestHeaderFieldsTooLarge',
  500: 'InternalServerError',
  503: 'ServiceUnavailable',
}

const JSON_HEADERS: Readonly<Record<string, string>> = { 'Content-Type': 'application/json; charset=utf-8' }

/** 200 without a body: the turn is done. */
export const DONE: Answer = { status: 200, headers: {} }

/** 202 without a body: the turn goes on. */
export const ACCEPTED: Answer = { status: 202, headers: {} }

/** A JSON answer; without a value, an empty one. */
export function jsonAnswer(status: number, value: unknown): Answer {
  const body = value === undefined ? undefined : JSON.stringify(value)
  return body === undefined ? { status, headers: {} } : { status, headers: JSON_HEADERS, body }
}

/** An answer that refuses, and the id under which the log tells why. */
export interface Refused {
  readonly id: string
  readonly answer: Answer
}

/** One for the process, because its one thread is what strangers take from the others. */
const strangers = new RefusalPace()

/**
 * Fixed answer to a request that was refused. Someone who has not proven who they are learns nothing but that, in a flood
 * after a while; a proven sender also gets the code of the check its request failed.
 */
export function refuse(error: InboundRefusedError, isProven: boolean): Refused {
  const headers: Record<string, string> = { ...JSON_HEADERS }
  if (error.status === 401) headers['WWW-Authenticate'] = 'Bearer error="invalid_token"'
  if (error.status === 405) headers['Allow'] = 'POST'
  // The next request of that sender goes to a host that stays.
  if (error.code === HTTP_REFUSALS.HTTP_CLOSING.code) headers['Connection'] = 'close'
  if (error.retryAfterSeconds !== undefined) headers['Retry-After'] = String(error.retryAfterSeconds)
  const tellsReason = isProven && error.status !== 401 && error.status !== 403
  const { id, answer } = refused(error.status, headers, tellsReason ? error.code : undefined)
  // With 503 it is us who failed.
  return { id, answer: isProven || error.status >= 500 ? answer : paced(answer) }
}

/** Answers that are held back take memory; when there are too many, the connection is what the stranger loses. */
function paced(answer: Answer): Answer {
  const delayMs = strangers.next()
  if (delayMs === undefined) return { ...answer, headers: { ...answer.headers, Connection: 'close' } }
  return delayMs === 0 ? answer : { ...answer, delayMs }
}

/** Failures of something the bot depends on; the channel should come back. */
const PASSING_FAILURES: ReadonlySet<string> = new Set([
  'STATE_TIMEOUT',
  'STATE_BUSY',
  'ADAPTER_TURN_STORAGE',
  'ADAPTER_TURN_TAKEN_OVER',
])

/** Fixed answer to a turn that failed: 500, or 503 and a time to come back when the failure is likely to pass. */
export function turnFailed(code: string): Refused {
  if (!PASSING_FAILURES.has(code)) return refused(500, JSON_HEADERS)
  return refused(503, { ...JSON_HEADERS, 'Retry-After': '5' })
}

function refused(status: number, headers: Readonly<Record<string, string>>, reason?: string): Refused {
  const id = randomUUID()
  const error = { code: PUBLIC_CODES[status] ?? 'Refused', ...(reason === undefined ? {} : { reason }), id }
  return { id, answer: { status, headers, body: JSON.stringify({ error }) } }
}
