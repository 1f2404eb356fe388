import type { Refusal } from './errors.ts'

/** The ways {@link parseActivity} refuses a body. */
export type BodyRefusalCode =
  | 'BODY_SIZE'
  | 'BODY_UTF8'
  | 'BODY_JSON'
  | 'BODY_SHAPE'
  | 'BODY_DEPTH'
  | 'BODY_PROTO'
  | 'BODY_TYPE'
  | 'BODY_TYPE_RESERVED'
  | 'BODY_CHANNEL'
  | 'BODY_SERVICEURL'
  | 'BODY_CONVERSATION'
  | 'BODY_SCHEMA'
  | 'BODY_DATE'

/** Code and HTTP status of every refusal of a body. */
export const BODY_REFUSALS: Readonly<Record<BodyRefusalCode, Refusal>> = {
  BODY_SIZE: { code: 'BODY_SIZE', status: 413 },
  BODY_UTF8: { code: 'BODY_UTF8', status: 400 },
  BODY_JSON: { code: 'BODY_JSON', status: 400 },
  /** JSON, but not an object. */
  BODY_SHAPE: { code: 'BODY_SHAPE', status: 400 },
  BODY_DEPTH: { code: 'BODY_DEPTH', status: 400 },
  /** A key `__proto__`, at any depth. */
  BODY_PROTO: { code: 'BODY_PROTO', status: 400 },
  BODY_TYPE: { code: 'BODY_TYPE', status: 400 },
  /** A type that only exists inside a bot. */
  BODY_TYPE_RESERVED: { code: 'BODY_TYPE_RESERVED', status: 400 },
  BODY_CHANNEL: { code: 'BODY_CHANNEL', status: 400 },
  BODY_SERVICEURL: { code: 'BODY_SERVICEURL', status: 400 },
  BODY_CONVERSATION: { code: 'BODY_CONVERSATION', status: 400 },
  /** Another known field has the wrong kind. */
  BODY_SCHEMA: { code: 'BODY_SCHEMA', status: 400 },
  BODY_DATE: { code: 'BODY_DATE', status: 400 },
}
