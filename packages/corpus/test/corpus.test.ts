import { loadFaultCases } from '../src/cases/load-faults.ts'
import { loadInboundCases } from '../src/cases/load-inbound.ts'

const inbound = loadInboundCases()
const faults = loadFaultCases()

test('the corpus has at least 250 inbound cases and 60 faults', () => {
  expect(inbound.length).toBeGreaterThanOrEqual(250)
  expect(faults.length).toBeGreaterThanOrEqual(60)
})

test('no two cases share an id or a title', () => {
  const cases = [...inbound, ...faults]
  expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length)
  expect(new Set(cases.map(({ family, title }) => family + title)).size).toBe(cases.length)
})

test('every case has a step', () => {
  expect(inbound.filter(({ steps }) => steps.length === 0)).toEqual([])
  expect(faults.filter(({ phases }) => phases.length === 0)).toEqual([])
})

test('every refusal that is the bot says which code', () => {
  const silent = inbound.filter(({ steps }) =>
    steps.some(
      ({ expect: { status, code, turn, by } }) =>
        typeof status === 'number' && status >= 400 && status !== 501 && turn !== null && by !== 'server' && !code,
    ),
  )
  expect(silent.map(({ id }) => id)).toEqual([])
})

test.each(['J00', 'J10', 'J27', 'J48', 'J58', 'J67', 'B11', 'B16', 'B22', 'H01', 'H09', 'H13', 'R01'])(
  'the row %s of the specification is a case',
  (id) => {
    expect(inbound.map((testCase) => testCase.id)).toContain(id)
  },
)
