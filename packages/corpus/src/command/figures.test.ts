import { loadFaultCases } from '../cases/load-faults.ts'
import { loadInboundCases } from '../cases/load-inbound.ts'
import type { FaultResult } from '../faults/play-fault.ts'
import type { CaseResult } from '../inbound/verdict.ts'
import { figuresOf, HANGING } from './figures.ts'

const good = { verdict: 'asRequired', problems: [], heldMs: 1000 } as const

const inbound = loadInboundCases().map(({ id, family, title }): CaseResult => ({ id, family, title, ...good }))
const faults = loadFaultCases().map(({ id, family, title }): FaultResult => {
  const calls = { connector: 1, metadata: 1, keys: 1, token: 1 }
  return { id, family, title, ...good, calls, turns: 1, said: ['count 100'] }
})

test('no figure is left out of a run of the whole corpus', () => {
  expect(figuresOf(inbound, faults).map(({ name, measured }) => `${name}: ${measured}`)).toEqual([
    `inbound cases answered exactly as required: ${inbound.length} of ${inbound.length}`,
    'bad requests that ran the handler: 0',
    'crashes by any input: 0',
    'requests without an answer: 0',
    '5xx for bad input: 0',
    'secrets, tokens or bodies in logs and answers, calls to a foreign host: 0',
    'slow head closed after: 1.0 s',
    'slow body closed after: 1.0 s',
    'outbound faults survived (O01 to O17): 17 of 17',
    'key fetches under 500 random kids: 1',
    'key fetches in 200 requests with the keys down: 1',
    'identity calls for 100 concurrent cold requests: 3',
    'turns per 5 deliveries of one activity: 1',
    'turns per 5 deliveries at once: 1',
    'order inversions in 50 messages of a conversation: 0',
    'lost updates of 100 concurrent increments (memory): 0',
    'turns in flight lost when closing: 19 of 20',
    'longest a turn is held by a hung dependency: 1.0 s',
  ])
})

test('every fault in which something hangs is one of the corpus', () => {
  const ids = faults.map(({ id }) => id)
  expect(HANGING.filter((id) => !ids.includes(id))).toEqual([])
})

test('what is not as required is counted in its figures', () => {
  const bad = inbound.map((result) =>
    result.id === 'J01' ? { ...result, verdict: 'ranWrongly' as const, problems: ['the log holds a secret'] } : result,
  )
  const worse = faults.map((result) =>
    result.id.startsWith('O10') ? { ...result, verdict: 'otherAnswer' as const } : result,
  )
  const measured = Object.fromEntries(figuresOf(bad, worse).map((figure) => [figure.name, figure.measured]))
  expect(measured).toMatchObject({
    'bad requests that ran the handler': '1',
    'secrets, tokens or bodies in logs and answers, calls to a foreign host': '1',
    'outbound faults survived (O01 to O17)': '16 of 17',
  })
})
