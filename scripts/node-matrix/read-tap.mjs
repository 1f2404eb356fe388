/**
 * The tests at the top level of a report in the Test Anything Protocol, as `node:test` writes it.
 *
 * @param {string} report
 * @returns {{ passed: number, failures: string[], isComplete: boolean }} `failures`: title, place, error and stack of each,
 * several lines. `isComplete`: whether the report ends with the number of tests, and they are all there.
 */
export function readTap(report) {
  const passed = report.match(/^ok \d/gm)?.length ?? 0
  const failures = report.match(/^not ok \d.*(?:\n {2}.*)*/gm) ?? []
  const planned = report.match(/^1\.\.(\d+)$/m)?.[1]
  return { passed, failures, isComplete: Number(planned) === passed + failures.length }
}
