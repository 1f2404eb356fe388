import { loadFaultCases } from '../src/cases/load-faults.ts'
import { playFault } from '../src/faults/play-fault.ts'
import type { FaultResult } from '../src/faults/play-fault.ts'

/** Longer than the longest of them is held by something that hangs. */
const TEST_TIMEOUT_MS = 45_000
const AT_ONCE = 24

const cases = loadFaultCases()
const waiting = cases.filter(({ alone }) => !alone)

let results: Map<string, Promise<FaultResult>>

/** Faults mostly wait, so they do it together; each has a bot and a world of its own. */
beforeAll(() => {
  const free: (() => void)[] = []
  let running = 0
  const enter = async (): Promise<void> => {
    if (running >= AT_ONCE) await new Promise<void>((resolve) => free.push(resolve))
    running += 1
  }
  const leave = (): void => {
    running -= 1
    free.shift()?.()
  }
  results = new Map(
    waiting.map((testCase) => [
      testCase.id,
      enter()
        .then(() => playFault(testCase))
        .finally(leave),
    ]),
  )
})

test.each(cases.map((testCase) => [`${testCase.id} ${testCase.title}`, testCase] as const))(
  '%s',
  async (_, testCase) => {
    const { problems } = await (results.get(testCase.id) ?? playFault(testCase))
    expect(problems).toEqual([])
  },
  TEST_TIMEOUT_MS,
)
