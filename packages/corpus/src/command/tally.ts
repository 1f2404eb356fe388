import type { CaseResult, Verdict } from '../inbound/verdict.ts'

/** Families, by the letter their ids begin with. */
const FAMILY_NAMES: Readonly<Record<string, string>> = {
  J: 'J tokens',
  B: 'B bodies',
  H: 'H HTTP',
  R: 'R replay',
  O: 'O connector',
  K: 'K credentials',
  S: 'S keys',
  Q: 'Q state',
  M: 'M middleware',
  T: 'T turns',
  L: 'L lifecycle',
  F: 'F delivery',
}

/** A column of a table: its head, and what it counts. */
export type Column = readonly [head: string, verdicts: readonly Verdict[]]

/** How inbound cases end. */
export const INBOUND_COLUMNS: readonly Column[] = [
  ['as required', ['asRequired']],
  ['refused wrongly', ['refusedWrongly']],
  ['handler ran wrongly', ['ranWrongly']],
  ['5xx', ['serverError']],
  ['no answer', ['noAnswer']],
  ['crashes', ['crashed']],
  ['other', ['otherAnswer']],
]

/** How faults end. */
export const FAULT_COLUMNS: readonly Column[] = [
  ['as required', ['asRequired']],
  ['not', ['refusedWrongly', 'ranWrongly', 'serverError', 'noAnswer', 'crashed', 'otherAnswer']],
]

/** A table for people at a terminal. */
export function textTable(results: readonly CaseResult[], columns: readonly Column[]): string {
  const rows = rowsOf(results, columns)
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  const pad = (cell: string, column: number): string =>
    column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)
  return rows.map((row) => row.map(pad).join('  ')).join('\n')
}

/** A table in Markdown. */
export function markdownTable(results: readonly CaseResult[], columns: readonly Column[]): string {
  const [heads = [], ...rows] = rowsOf(results, columns)
  const rule = heads.map((_, column) => (column === 0 ? '---' : '---:'))
  return [heads, rule, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

/** Heads, one row for each family in the order of their first case, and one for all. */
function rowsOf(results: readonly CaseResult[], columns: readonly Column[]): string[][] {
  const families = [...new Set(results.map(({ family }) => family))]
  const rows = families.map((family) => {
    const own = results.filter((result) => result.family === family)
    return cellsOf(FAMILY_NAMES[family] ?? family, own, columns)
  })
  return [['family', 'cases', ...columns.map(([head]) => head)], ...rows, cellsOf('all', results, columns)]
}

function cellsOf(name: string, results: readonly CaseResult[], columns: readonly Column[]): string[] {
  const count = (verdicts: readonly Verdict[]): number =>
    results.filter(({ verdict }) => verdicts.includes(verdict)).length
  return [name, String(results.length), ...columns.map(([, verdicts]) => String(count(verdicts)))]
}
