import { HOST_NAMES } from '../src/bots/hosts.ts'
import { loadInboundCases } from '../src/cases/load-inbound.ts'
import { isSlow } from '../src/cases/case-facts.ts'
import { playApart } from '../src/inbound/run-inbound.ts'
import type { CaseResult } from '../src/inbound/verdict.ts'

/** Longer than the slowest client waits. */
const TEST_TIMEOUT_MS = 45_000

const slow = loadInboundCases().filter(isSlow)
const cases = HOST_NAMES.flatMap((host) =>
  slow.map((testCase) => ({ title: `${testCase.id} ${testCase.title}, on ${host}`, host, testCase })),
)

let results: Map<string, Promise<CaseResult>>

/** Slow clients take half a minute each, so they are let loose at once. */
beforeAll(() => {
  results = new Map(cases.map(({ title, host, testCase }) => [title, playApart(testCase, host)]))
})

test.each(cases.map(({ title }) => title))(
  '%s',
  async (title) => {
    const { verdict, problems } = (await results.get(title))!
    expect({ verdict, problems }).toEqual({ verdict: 'asRequired', problems: [] })
  },
  TEST_TIMEOUT_MS,
)
