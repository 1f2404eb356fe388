/** What a conformance suite needs of a test runner: jest, vitest and `node:test` have it. */
export interface TestRunner {
  describe(name: string, define: () => void): unknown
  test(name: string, run: () => Promise<void>): unknown
}

/**
 * The runner whose `describe` and `test` are global, as jest's are. So this package depends on no test runner.
 *
 * @throws TypeError when there is none: pass one instead.
 */
export function globalTestRunner(): TestRunner {
  const { describe, test } = globalThis as Partial<TestRunner>
  if (!describe || !test) throw new TypeError('No global describe() and test(); pass them as the option `runner`.')
  return { describe, test }
}
