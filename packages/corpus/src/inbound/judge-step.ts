import type { InboundExpectation } from '../cases/inbound-case.ts'
import { CANARY } from '../request/create-body.ts'
import type { RawAnswer } from '../request/answer-reader.ts'
import type { Outcome } from '../request/raw-connection.ts'
import type { Verdict } from './verdict.ts'

/** What was seen of one step. */
export interface SeenStep {
  readonly outcome: Outcome
  /** Whether the handler ran; `undefined` where it cannot be told of this step alone. */
  readonly ran: boolean | undefined
  /** The token that was sent. */
  readonly token: string
  /** Requests that reached the attacker's server. */
  readonly stolen: readonly string[]
  /** What the bot logged meanwhile; `undefined` for a foreign bot. */
  readonly log: SeenLog | undefined
}

/** What a bot under test logged during a step. */
export interface SeenLog {
  /** Refusals and failed turns; `undefined` where it cannot be told which step they are of. */
  readonly refusals: readonly LoggedRefusal[] | undefined
  readonly text: string
}

/** A refusal, or a turn that failed, as a bot under test logged it. */
export interface LoggedRefusal {
  readonly code: unknown
  readonly id: unknown
}

/** What is wrong with a step. */
export interface StepJudgement {
  readonly verdict: Verdict
  readonly problems: readonly string[]
  readonly ms: number
}

/** Words for callers, by status: all that a refusal may say besides an id. */
const PUBLIC_WORDS: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  405: 'MethodNotAllowed',
  413: 'PayloadTooLarge',
  415: 'UnsupportedMediaType',
  431: 'RequestHeaderFieldsTooLarge',
  500: 'InternalServerError',
  503: 'ServiceUnavailable',
}

/** Judges a step: status, body, headers, code, whether the handler ran, and that nothing leaked. */
export function judgeStep(expect: InboundExpectation, seen: SeenStep, secrets: readonly string[]): StepJudgement {
  const problems = [
    ...judgeTurn(expect, seen),
    ...judgeOutcome(expect, seen.outcome),
    ...(seen.log?.refusals && expect.by !== 'server' ? judgeOwnBot(expect, seen.outcome, seen.log.refusals) : []),
    ...judgeSecrecy(seen, secrets),
  ]
  return { verdict: problems.length === 0 ? 'asRequired' : classify(expect, seen), problems, ms: seen.outcome.ms }
}

function judgeTurn(expect: InboundExpectation, { ran }: SeenStep): string[] {
  if (ran === undefined || expect.turn === null || ran === expect.turn) return []
  return [ran ? 'the handler ran' : 'the handler did not run']
}

function judgeOutcome(expect: InboundExpectation, outcome: Outcome): string[] {
  if (expect.status === null) return []
  const allowed = [expect.status].flat()
  if (outcome.kind === 'closed' && allowed.includes(null)) return []
  if (outcome.kind !== 'answered') return [`no answer: ${outcome.kind}`]
  const { status, headers } = outcome.answer
  const wanted = Object.entries(expect.headers ?? {}).filter(([name, value]) => !headers.get(name)?.includes(value))
  const unwanted = (expect.noHeaders ?? []).filter((name) => headers.has(name))
  return [
    ...(allowed.includes(status) ? [] : [`answered ${status}, not ${allowed.join(' or ')}`]),
    ...wanted.map(([name, value]) => `the header ${name} is ${headers.get(name) ?? 'absent'}, not ${value}`),
    ...unwanted.map((name) => `the header ${name} is ${headers.get(name)}`),
  ]
}

function judgeOwnBot(expect: InboundExpectation, outcome: Outcome, refusals: readonly LoggedRefusal[]): string[] {
  if (expect.turn === null) return []
  const codes = refusals.map(({ code }) => String(code))
  const required = expect.code === undefined ? [] : [expect.code]
  const problems =
    codes.join() === required.join() ? [] : [`logged ${codes.join() || 'no code'}, not ${required.join()}`]
  if (outcome.kind !== 'answered' || outcome.answer.status < 400 || expect.code === undefined) return problems
  return [...problems, ...judgeRefusal(outcome.answer, refusals[0]?.id)]
}

/** The fixed form of a refusal; the id leads to its line in the log. */
function judgeRefusal({ status, headers, body }: RawAnswer, loggedId: unknown): string[] {
  const { code, id, reason, ...others } = errorOf(body)
  const maySayWhy = status !== 401 && status !== 403
  return [
    ...(code === PUBLIC_WORDS[status] ? [] : [`the body says ${String(code)}, not ${PUBLIC_WORDS[status]}`]),
    ...(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(String(id)) ? [] : ['the body has no id']),
    ...(id === loggedId ? [] : ['the id of the body is not that of the log']),
    ...(reason === undefined || maySayWhy ? [] : ['the body tells a stranger why']),
    ...(Object.keys(others).length === 0 ? [] : [`the body also has ${Object.keys(others).join()}`]),
    ...(status !== 401 || headers.get('www-authenticate') === 'Bearer error="invalid_token"' ? [] : ['no challenge']),
    ...(status !== 405 || headers.get('allow') === 'POST' ? [] : ['no Allow: POST']),
    ...(status !== 503 || headers.has('retry-after') ? [] : ['no Retry-After']),
  ]
}

function errorOf(body: string): Record<string, unknown> {
  try {
    const value = JSON.parse(body) as { error?: unknown }
    const keys = Object.keys(value).filter((key) => key !== 'error')
    return { ...(value.error as object), ...Object.fromEntries(keys.map((key) => [key, true])) }
  } catch {
    return {}
  }
}

const SIGNATURE_LENGTH = 40

function judgeSecrecy({ outcome, token, log, stolen }: SeenStep, secrets: readonly string[]): string[] {
  const signature = token.split('.')[2] ?? ''
  const hidden = [...secrets, ...(signature.length >= SIGNATURE_LENGTH ? [signature] : [])]
  const answer = outcome.kind === 'answered' ? [...outcome.answer.headers.values(), outcome.answer.body].join('\n') : ''
  return [
    ...(hidden.some((secret) => answer.includes(secret)) ? ['the answer holds a secret'] : []),
    ...(hidden.some((secret) => log?.text.includes(secret)) ? ['the log holds a secret'] : []),
    ...(log?.text.includes(CANARY) ? ['the log holds the body'] : []),
    ...stolen.map((request) => `called the attacker: ${request.split(' ').slice(0, 2).join(' ')}`),
  ]
}

function classify(expect: InboundExpectation, { outcome, ran }: SeenStep): Verdict {
  if (expect.status !== null && outcome.kind !== 'answered') return 'noAnswer'
  if (ran === true && expect.turn === false) return 'ranWrongly'
  if (outcome.kind === 'answered' && outcome.answer.status >= 500 && !expectsError(expect)) return 'serverError'
  return ran === false && expect.turn ? 'refusedWrongly' : 'otherAnswer'
}

function expectsError({ status }: InboundExpectation): boolean {
  return [status].flat().some((allowed) => allowed !== null && allowed >= 500)
}
