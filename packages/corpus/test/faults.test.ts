import { loadFaultCases } from '../src/cases/load-faults.ts'
import type { FaultResult } from '../src/faults/play-fault.ts'
import { startFaults } from '../src/faults/run-faults.ts'

/** Longer than the longest of them is held by something that hangs. */
const TEST_TIMEOUT_MS = 45_000

const cases = loadFaultCases()

let results: ReadonlyMap<string, () => Promise<FaultResult>>

beforeAll(() => {
  results = startFaults(cases)
})

test.each(cases.map(({ id, title }) => [`${id} ${title}`, id] as const))(
  '%s',
  async (_, id) => {
    const { problems } = await results.get(id)!()
    expect(problems).toEqual([])
  },
  TEST_TIMEOUT_MS,
)
