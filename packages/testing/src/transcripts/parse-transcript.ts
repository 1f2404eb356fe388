import { basename } from 'node:path'
import { activityFromJson } from '@parley/core'
import type { Activity } from '@parley/core'
import type { TranscriptEntry } from './transcript-entry.ts'
import { TranscriptInvalidError } from './transcript-errors.ts'

/** Properties an array of activities is found in, when the file is no array itself. */
const WRAPPERS = ['transcript', 'activities'] as const

/**
 * Reads the content of a `.transcript` file.
 *
 * @throws {@link TranscriptInvalidError} `TESTING_TRANSCRIPT_INVALID`
 */
export function parseTranscript(text: string, file: string): TranscriptEntry[] {
  const name = basename(file)
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
    throw new TranscriptInvalidError(name, 'this is no JSON.', { cause: error })
  }
}

/** Strings, brackets, commas, ends of lines, and the rest. */
const tokens = /"(?:[^"\\]|\\.)*"|[[\]{},\n]|[^\s"[\]{},:]+/g

/**
 * On which lines the elements of the array begin: the outermost, or that of the property `wrapper`. The text is valid JSON.
 * As for `JSON.parse`, the last of several properties of that name counts.
 */
function linesOfElements(text: string, wrapper: string | undefined): number[] {
  const elementDepth = wrapper === undefined ? 1 : 2
  let lines: number[] = []
  let line = 1
  let depth = 0
  let property: unknown
  let previous = ''
  for (const [token] of text.matchAll(tokens)) {
    if (token === '\n') {
      line++
      continue
    }
    const isFirst = previous === '[' || previous === '{' || previous === ','
    if (wrapper !== undefined && depth === 1 && isFirst && token.startsWith('"')) {
      property = JSON.parse(token)
      if (property === wrapper) lines = []
    }
    if (property === wrapper && depth === elementDepth && isFirst && token !== ']') lines.push(line)
    if (token === '[' || token === '{') depth++
    if (token === ']' || token === '}') depth--
    previous = token
  }
  return lines
}
