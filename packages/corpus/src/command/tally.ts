import type { CaseResult, Verdict } from '../inbound/verdict.ts'

/** How the cases of one family ended. */
export interface Tally {
  readonly family: string
  readonly cases: number
  readonly verdicts: Readonly<Record<Verdict, number>>
}

/** Families, by the letter their ids begin with. */
export const FAMILY_NAMES: Readonly<Record<string, string>> = {
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

/** Columns of every table, in order. */
export const COLUMNS: readonly (readonly [Verdict, string])[] = [
  ['asRequired', 'as required'],
  ['refusedWrongly', 'refused wrongly'],
  ['ranWrongly', 'handler ran wrongly'],
  ['serverError', '5xx'],
  ['noAnswer', 'no answer'],
  ['otherAnswer', 'other'],
]

/** Counts results by family, in the order of their first case. */
export function tallyOf(results: readonly CaseResult[]): Tally[] {
  const families = [...new Set(results.map(({ family }) => family))]
  return families.map((family) =>
    toTally(
      FAMILY_NAMES[family] ?? family,
      results.filter((result) => result.family === family),
    ),
  )
}

/** All results as one. */
export function toTally(family: string, results: readonly CaseResult[]): Tally {
  const count = (verdict: Verdict): number => results.filter((result) => result.verdict === verdict).length
  const verdicts = Object.fromEntries(COLUMNS.map(([verdict]) => [verdict, count(verdict)])) as Record<Verdict, number>
  return { family, cases: results.length, verdicts }
}

/** A table for people at a terminal. */
export function textTable(results: readonly CaseResult[]): string {
  const rows = [...tallyOf(results), toTally('all', results)].map(cellsOf)
  const heads = ['family', 'cases', ...COLUMNS.map(([, head]) => head)]
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)))
  return [heads, ...rows]
    .map((row) => row.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join('  '))
    .join('\n')
}

/** A table in Markdown. */
export function markdownTable(results: readonly CaseResult[]): string {
  const rows = [...tallyOf(results), toTally('all', results)].map(cellsOf)
  const heads = ['family', 'cases', ...COLUMNS.map(([, head]) => head)]
  return [heads, heads.map((_, column) => (column === 0 ? '---' : '---:')), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n')
}

function cellsOf({ family, cases, verdicts }: Tally): string[] {
  return [family, String(cases), ...COLUMNS.map(([verdict]) => String(verdicts[verdict]))]
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width)
}
