import type { Activity } from '../activity.ts'
import { activityFromJson } from '../parse-activity.ts'
import { jsonFaultAt, lineAndColumn } from './json-fault.ts'
import { jsonTokens } from './json-tokens.ts'
import type { TranscriptEntry } from './transcript-entry.ts'
import { TranscriptInvalidError } from './transcript-invalid-error.ts'

/** Properties an array of activities is found in, when the file is no array itself. */
const WRAPPERS = ['transcript', 'activities'] as const

/**
 * Reads the content of a `.transcript` file.
 *
 * @throws {@link TranscriptInvalidError} `CORE_TRANSCRIPT_INVALID`
 */
export function parseTranscript(text: string, name: string): TranscriptEntry[] {
  const content = parseJson(text, name)
  const wrapper = WRAPPERS.find((key) => Array.isArray((content as Record<string, unknown> | null)?.[key]))
  const values = Array.isArray(content) ? content : wrapper && (content as Record<string, unknown[]>)[wrapper]
  if (!values) throw new TranscriptInvalidError(name, 'this is no array of activities.')
  const lines = linesOfElements(text, wrapper)
  return values.map((value, index) => {
    const line = lines[index] ?? 1
    return { activity: parseEntry(value, `${name}:${line}`), line }
  })
}

function parseEntry(value: unknown, place: string): Partial<Activity> {
  try {
    return activityFromJson(value, { required: 'type' })
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    throw new TranscriptInvalidError(place, `this is no activity: ${problem}`, { cause: error })
  }
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const fault = jsonFaultAt(text)
    const problem = fault < text.length ? 'this is no JSON from here on.' : 'the JSON ends too early.'
    throw new TranscriptInvalidError(`${name}:${lineAndColumn(text, fault)}`, problem, { cause: error })
  }
}

/**
 * On which lines the elements of the array begin: the outermost, or that of the property `wrapper`. The text is valid JSON.
 * As for `JSON.parse`, the last of several properties of that name counts.
 */
function linesOfElements(text: string, wrapper: string | undefined): number[] {
  const elementDepth = wrapper === undefined ? 1 : 2
  const lineAt = lineCounter(text)
  let lines: number[] = []
  let depth = 0
  let property: unknown
  let previous = ''
  for (const { text: token, offset } of jsonTokens(text)) {
    const isFirst = previous === '[' || previous === '{' || previous === ','
    if (wrapper !== undefined && depth === 1 && isFirst && token.startsWith('"')) {
      property = JSON.parse(token)
      if (property === wrapper) lines = []
    }
    if (property === wrapper && depth === elementDepth && isFirst && token !== ']') lines.push(lineAt(offset))
    if (token === '[' || token === '{') depth++
    if (token === ']' || token === '}') depth--
    previous = token
  }
  return lines
}

/** Tells lines of offsets that only grow. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1
  let end = text.indexOf('\n')
  return (offset) => {
    for (; end !== -1 && end < offset; end = text.indexOf('\n', end + 1)) line++
    return line
  }
}
