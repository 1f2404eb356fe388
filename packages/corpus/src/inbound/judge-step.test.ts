import type { InboundExpectation } from '../cases/inbound-case.ts'
import { CANARY } from '../request/create-body.ts'
import { judgeStep } from './judge-step.ts'
import type { SeenStep } from './judge-step.ts'

const ID = '0f8fad5b-d9cb-469f-a165-70867728950e'
const SIGNATURE = 's'.repeat(342)
const REFUSED: InboundExpectation = { status: 401, code: 'AUTH_AUD', turn: false }

const CHALLENGE = 'Bearer error="invalid_token"'

interface Change {
  readonly status?: number
  readonly headers?: Record<string, string>
  readonly body?: string
  readonly ran?: boolean
  readonly codes?: readonly string[]
  readonly loggedId?: string
  readonly log?: string
  readonly stolen?: readonly string[]
}

/** What is seen of a good bot that refuses, with something changed. */
function seen({
  status = 401,
  headers,
  body,
  ran = false,
  codes,
  loggedId = ID,
  log = '',
  stolen = [],
}: Change): SeenStep {
  const answer = {
    status,
    headers: new Map(Object.entries(headers ?? { 'www-authenticate': CHALLENGE })),
    body: body ?? JSON.stringify({ error: { code: 'Unauthorized', id: ID } }),
  }
  return {
    outcome: { kind: 'answered', answer, ms: 1 },
    ran,
    token: `h.p.${SIGNATURE}`,
    stolen,
    log: { refusals: (codes ?? ['AUTH_AUD']).map((code) => ({ code, id: loggedId })), text: log },
  }
}

const judge = (expect: InboundExpectation, change: Change): readonly string[] =>
  judgeStep(expect, seen(change), ['the secret']).problems

test('a refusal as it must be has no problems', () => {
  expect(judge(REFUSED, {})).toEqual([])
})

test.each<[string, Change, string]>([
  ['another status', { status: 403 }, 'answered 403, not 401'],
  ['a turn', { ran: true }, 'the handler ran'],
  ['another code', { codes: ['AUTH_ISS'] }, 'logged AUTH_ISS, not AUTH_AUD'],
  ['no code', { codes: [] }, 'logged no code, not AUTH_AUD'],
  [
    'a reason',
    { body: JSON.stringify({ error: { code: 'Unauthorized', id: ID, reason: 'x' } }) },
    'the body tells a stranger why',
  ],
  [
    'another member',
    { body: JSON.stringify({ error: { code: 'Unauthorized', id: ID }, why: 1 }) },
    'the body also has why',
  ],
  ['no body', { body: '' }, 'the body says undefined, not Unauthorized'],
  ['an id the log does not have', { loggedId: 'other' }, 'the id of the body is not that of the log'],
  ['no challenge', { headers: {} }, 'no challenge'],
  [
    'the secret in the answer',
    { headers: { 'www-authenticate': CHALLENGE, x: 'the secret' } },
    'the answer holds a secret',
  ],
  ['the token in the log', { log: SIGNATURE }, 'the log holds a secret'],
  ['the body in the log', { log: CANARY }, 'the log holds the body'],
  ['a call to the attacker', { stolen: ['GET /keys without a bearer'] }, 'called the attacker: GET /keys'],
])('a refusal with %s has a problem', (_, change, problem) => {
  expect(judge(REFUSED, change)).toContain(problem)
})

test('an answer that must come and does not is no answer', () => {
  const outcome = { kind: 'silent', ms: 1 } as const
  const { verdict } = judgeStep({ status: 200, turn: true }, { ...seen({}), outcome, log: undefined }, [])
  expect(verdict).toBe('noAnswer')
})

test('a connection may be closed where the case says so', () => {
  const outcome = { kind: 'closed', ms: 1 } as const
  const expected: InboundExpectation = { status: [400, null], turn: false, by: 'server' }
  expect(judgeStep(expected, { ...seen({}), outcome }, []).verdict).toBe('asRequired')
})
