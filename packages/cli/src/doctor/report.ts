import { wrapText } from '../output.ts'
import type { Output, Style } from '../output.ts'
import type { CheckResult, CheckStatus } from './check-result.ts'

const STYLES: Readonly<Record<CheckStatus, Style>> = { ok: 'green', warning: 'yellow', failed: 'red' }
const STATUS_WIDTH = 9
const INDENT = ' '.repeat(STATUS_WIDTH + 2)

/** Shows a result to people. */
export function printResult(output: Output, { status, title, detail, advice }: CheckResult): void {
  const text = wrapText(`${title}: ${detail}`, output.width, INDENT).slice(INDENT.length)
  output.line(`  ${output.paint(STYLES[status], status.padEnd(STATUS_WIDTH))}${text}`)
  if (advice !== '') output.line(wrapText(`-> ${advice}`, output.width, INDENT))
}

/** One sentence on all of them. */
export function summaryOf(results: readonly CheckResult[]): string {
  const count = (status: CheckStatus): number => results.filter((result) => result.status === status).length
  const [failures, warnings] = [count('failed'), count('warning')]
  if (failures === 0 && warnings === 0) return `All ${results.length} checks are ok.`
  const parts = [failures > 0 ? `${failures} failed` : '', warnings > 0 ? `${warnings} with a warning` : '']
  return `Of ${results.length} checks ${parts.filter(Boolean).join(', ')}.`
}
