import type { Refusal } from '@parley/core'

/** Codes of {@link HTTP_REFUSALS}. */
export type HttpRefusalCode =
  | 'HTTP_METHOD'
  | 'HTTP_HEADERS'
  | 'HTTP_CONTENT_TYPE'
  | 'BODY_ENCODING'
  | 'BODY_INFLATE'
  | 'BODY_SIZE'
  | 'BODY_INCOMPLETE'
  | 'AUTH_ANONYMOUS_REMOTE'
  | 'HTTP_CLOSING'
  | 'TURN_QUEUE_FULL'
  | 'TURN_RUNS_ELSEWHERE'
  | 'TURN_STORAGE_FAILED'

/** Ways a request is refused for its HTTP form or because of the state this host is in. */
export const HTTP_REFUSALS: Readonly<Record<HttpRefusalCode, Refusal>> = {
  /** Activities are posted. */
  HTTP_METHOD: { code: 'HTTP_METHOD', status: 405 },
  /** There are more headers than Node shows. */
  HTTP_HEADERS: { code: 'HTTP_HEADERS', status: 431 },
  /** Activities are JSON in UTF-8. */
  HTTP_CONTENT_TYPE: { code: 'HTTP_CONTENT_TYPE', status: 415 },
  /** The body is compressed in a way we do not know, or the compressed data is damaged. */
  BODY_ENCODING: { code: 'BODY_ENCODING', status: 400 },
  /** The body is larger than allowed once inflated. */
  BODY_INFLATE: { code: 'BODY_INFLATE', status: 413 },
  /** The body is larger than allowed. */
  BODY_SIZE: { code: 'BODY_SIZE', status: 413 },
  /** The sender went away in the middle of the body. */
  BODY_INCOMPLETE: { code: 'BODY_INCOMPLETE', status: 400 },
  /** Without an app id only senders on this machine are served. */
  AUTH_ANONYMOUS_REMOTE: { code: 'AUTH_ANONYMOUS_REMOTE', status: 403 },
  /** This host is shutting down; another one, or the same one in a moment, will take the activity. */
  HTTP_CLOSING: { code: 'HTTP_CLOSING', status: 503 },
  /** Too many turns of that conversation are waiting already. */
  TURN_QUEUE_FULL: { code: 'TURN_QUEUE_FULL', status: 503 },
  /** Another host runs the turn of this activity, and has not answered in time. */
  TURN_RUNS_ELSEWHERE: { code: 'TURN_RUNS_ELSEWHERE', status: 503 },
  /** Whether another host has the activity cannot be found out. */
  TURN_STORAGE_FAILED: { code: 'TURN_STORAGE_FAILED', status: 503 },
}
