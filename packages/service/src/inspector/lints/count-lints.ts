import type { Lint, LintCounts, LintSeverity } from '../entry.ts'

/** How many there are of each kind; `undefined` when there are none. */
export function countLints(lints: readonly Lint[]): LintCounts | undefined {
  if (lints.length === 0) return undefined
  const count = (severity: LintSeverity): number => lints.filter((one) => one.severity === severity).length
  return { error: count('error'), warning: count('warning'), info: count('info') }
}
