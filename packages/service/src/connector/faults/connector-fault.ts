/**
 * What goes wrong: the Connector API; the addresses bots get tokens from, a managed identity's too; the keys tokens are checked
 * with; or the OpenID metadata that names them.
 */
export type FaultTarget = 'connector' | 'token' | 'keys' | 'metadata'

/** Something that goes wrong with calls of bots, so that a developer sees how they take it. */
export interface ConnectorFault {
  /** Default `connector`. */
  readonly target?: FaultTarget
  /** Only calls of the Connector API in this conversation. Default: every call of every bot. */
  readonly conversationId?: string
  /** Only calls of this method. Default: all. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** How many calls it happens to, 1 to 1 000 000. Default 1. */
  readonly times?: number
  /** Wait before anything else, in milliseconds, 0 to 600 000. Alone it makes the service slow; it then answers as always. */
  readonly delayMs?: number
  /** Status of the answer, 400 to 599, with the code the cloud gives with it. */
  readonly status?: number
  /** Header `Retry-After` of the answer: seconds, or a text such as an HTTP date. */
  readonly retryAfter?: number | string
  /** Resets the connection instead of answering. */
  readonly reset?: boolean
  /** Carries the call out before it seems to fail, as when an answer is lost. Default `false`. */
  readonly takesEffect?: boolean
}

const TARGETS: ReadonlySet<unknown> = new Set(['connector', 'token', 'keys', 'metadata'])
const METHODS: ReadonlySet<unknown> = new Set(['GET', 'POST', 'PUT', 'DELETE'])
const MAX_TIMES = 1_000_000
const MAX_DELAY_MS = 600_000

type Rule = readonly [field: keyof ConnectorFault, isRight: (value: unknown) => boolean, problem: string]

const RULES: readonly Rule[] = [
  ['target', (value) => TARGETS.has(value), 'must be connector, token, keys or metadata'],
  ['conversationId', isText, 'must be the id of a conversation'],
  ['method', (value) => METHODS.has(value), 'must be GET, POST, PUT or DELETE'],
  ['times', (value) => isWhole(value, 1, MAX_TIMES), `must be a whole number from 1 to ${MAX_TIMES}`],
  ['delayMs', (value) => isWhole(value, 0, MAX_DELAY_MS), `must be a whole number from 0 to ${MAX_DELAY_MS}`],
  ['status', (value) => isWhole(value, 400, 599), 'must be a status from 400 to 599'],
  ['retryAfter', isRetryAfter, 'must be seconds, or a text of at most 64 printable characters'],
  ['reset', (value) => typeof value === 'boolean', 'must be true or false'],
  ['takesEffect', (value) => typeof value === 'boolean', 'must be true or false'],
]

/** What is wrong with a description of a fault: the field, and in words; `undefined` when nothing is. */
export function faultProblem(fault: object): { readonly field: string; readonly problem: string } | undefined {
  const fields = fault as Readonly<Record<string, unknown>>
  const unknown = Object.keys(fields).find((name) => !RULES.some(([field]) => field === name))
  if (unknown !== undefined) return { field: unknown, problem: 'is not known' }
  const broken = RULES.find(([field, isRight]) => fields[field] !== undefined && !isRight(fields[field]))
  if (broken) return { field: broken[0], problem: broken[2] }
  const { target = 'connector', conversationId, status, reset, delayMs, retryAfter } = fault as ConnectorFault
  if (target !== 'connector' && conversationId !== undefined) {
    return { field: 'conversationId', problem: 'is for calls of the Connector API only' }
  }
  if (status !== undefined && reset === true) return { field: 'reset', problem: 'cannot be combined with a status' }
  if (retryAfter !== undefined && status === undefined) return { field: 'retryAfter', problem: 'needs a status' }
  if (status === undefined && reset !== true && delayMs === undefined) {
    return { field: 'status', problem: 'is missing: a fault has a status, a reset or a delay' }
  }
  return undefined
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most
}

function isRetryAfter(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0
  return typeof value === 'string' && /^[\u0020-\u007e]{1,64}$/.test(value)
}
