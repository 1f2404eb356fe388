import { stripControls } from '../chat/strip-controls.ts'
import type { Output } from '../output.ts'
import type { FieldDifference } from './compare-activities.ts'
import type { ReplyDifference } from './turn-difference.ts'

/** What came of one transcript. */
export interface TranscriptResult {
  /** As it was named. */
  readonly file: string
  readonly status: 'same' | 'different' | 'updated' | 'error'
  readonly turns: number
  readonly differences: readonly ReplyDifference[]
  /** What kept it from being played, for the status `error`. */
  readonly error?: string
  readonly durationMs: number
}

/** Prints a result: one line, and below it what is not as recorded. */
export function printResult(output: Output, result: TranscriptResult): void {
  const { file, status, turns, differences, error } = result
  output.json({ type: 'transcript', file, status, turns, differences, ...(error === undefined ? {} : { error }) })
  if (output.isJson) return
  const marks = {
    same: output.paint('green', 'same     '),
    different: output.paint('red', 'different'),
    updated: output.paint('yellow', 'updated  '),
    error: output.paint('red', 'error    '),
  }
  output.line(`${marks[status]} ${file} (${turns} ${turns === 1 ? 'turn' : 'turns'})`)
  if (error !== undefined) output.line(`  ${stripControls(error)}`)
  for (const line of differences.flatMap(differenceLines)) output.line(paintDifference(output, line))
}

/** A difference in lines: the place, and below it what was recorded (`-`) and what came (`+`). */
export function differenceLines(difference: ReplyDifference): string[] {
  const { place } = difference
  switch (difference.kind) {
    case 'missing':
      return [`  ${place}: a reply did not come`, ...marked('-', difference.recorded)]
    case 'extra':
      return [`  ${place}: after this came a reply that was not recorded`, ...marked('+', difference.actual)]
    case 'failed':
      return [`  ${place}: ${stripControls(difference.problem)}`]
    case 'different':
      return [`  ${place}: the reply is not as recorded`, ...difference.fields.flatMap(fieldLines)]
  }
}

function paintDifference(output: Output, line: string): string {
  if (line.startsWith('    -')) return output.paint('red', line)
  return line.startsWith('    +') ? output.paint('green', line) : line
}

function fieldLines({ pointer, expected, actual }: FieldDifference): string[] {
  return [`    - ${pointer} ${inWords(expected)}`, `    + ${pointer} ${inWords(actual)}`]
}

const MAX_VALUE_LENGTH = 2000

function inWords(value: unknown): string {
  if (value === undefined) return 'is not there'
  const json = stripControls(JSON.stringify(value))
  return json.length > MAX_VALUE_LENGTH ? `${json.slice(0, MAX_VALUE_LENGTH)}… (${json.length} characters)` : json
}

/** What people see of a reply, or else what it is. */
function marked(mark: '-' | '+', activity: object): string[] {
  const { type, text, attachments, name, value, code } = activity as Readonly<Record<string, unknown>>
  const seen = { text, attachments, name, value, code }
  const parts = Object.entries(seen).filter(
    ([, each]) => each !== undefined && !(Array.isArray(each) && each.length === 0),
  )
  return [
    `    ${mark} ${stripControls(String(type))}`,
    ...parts.map(([key, each]) => `    ${mark} /${key} ${inWords(each)}`),
  ]
}

/** The results in the format of JUnit, which build servers read. */
export function junitOf(results: readonly TranscriptResult[]): string {
  const failures = results.filter(({ status }) => status === 'different').length
  const errors = results.filter(({ status }) => status === 'error').length
  const time = seconds(results.reduce((sum, { durationMs }) => sum + durationMs, 0))
  const counts = `tests="${results.length}" failures="${failures}" errors="${errors}" time="${time}"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="parley transcript assert" ${counts}>`,
    ...results.flatMap(junitCase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function junitCase({ file, status, differences, error, durationMs }: TranscriptResult): string[] {
  const head = `    <testcase name="${xml(file)}" classname="transcript" time="${seconds(durationMs)}"`
  if (status === 'error') return [`${head}>`, `      <error message="${xml(error ?? '')}"/>`, '    </testcase>']
  if (status !== 'different') return [`${head}/>`]
  const lines = differences.flatMap(differenceLines)
  const message = xml(lines[0]?.trim() ?? '')
  return [`${head}>`, `      <failure message="${message}">${xml(lines.join('\n'))}</failure>`, '    </testcase>']
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3)
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** What XML cannot hold is left out. */
function xml(text: string): string {
  return stripControls(text)
    .replace(/[\uFFFE\uFFFF]|\p{Cs}/gu, '')
    .replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '')
}
