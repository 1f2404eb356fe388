import type { Activity } from '../activity.ts'
import type { Attachment } from '../attachments.ts'

/** The first thing that is not as recorded. */
export interface TranscriptDifference {
  /** `text`, `attachments[0].content.title`. */
  readonly path: string
  readonly actual: unknown
  readonly expected: unknown
}

/** Compared when the recording has them. */
const OPTIONAL = ['speak', 'attachmentLayout', 'name', 'value', 'code'] as const
const OF_ATTACHMENTS = ['contentType', 'contentUrl', 'content', 'name', 'thumbnailUrl'] as const

/**
 * Compares what a person or a program gets to see: type, text, attachments; buttons, layout, speech, name, value and code if
 * they were recorded. Ids, times, accounts and everything else that a channel gives are not compared, nor is what objects have
 * besides what was recorded.
 */
export function differenceOf(reply: Partial<Activity>, recorded: Partial<Activity>): TranscriptDifference | undefined {
  return uncovered(onTheWire(seenOf(reply)), onTheWire(seenOf(recorded)), '')
}

function seenOf(activity: Partial<Activity>): Record<string, unknown> {
  const { type, text, attachments, suggestedActions } = activity
  return {
    type,
    // Recorded on another system, or edited there.
    text: (text ?? '').replaceAll('\r\n', '\n'),
    attachments: (attachments ?? []).map(seenOfAttachment),
    ...(suggestedActions && { suggestedActions: { actions: suggestedActions.actions } }),
    ...picked(activity, OPTIONAL),
  }
}

function seenOfAttachment(attachment: Attachment): object {
  return picked(attachment, OF_ATTACHMENTS)
}

function picked<T>(object: T, keys: readonly (keyof T & string)[]): Record<string, unknown> {
  return Object.fromEntries(keys.map((key) => [key, object[key]]))
}

function uncovered(actual: unknown, expected: unknown, path: string): TranscriptDifference | undefined {
  const difference = { path, actual, expected }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return difference
    return firstOf(expected, (value, index) => uncovered(actual[Number(index)], value, `${path}[${index}]`))
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) return difference
    const values = actual as Record<string, unknown>
    return firstOf(expected, (value, key) => uncovered(values[key], value, path === '' ? key : `${path}.${key}`))
  }
  return actual === expected ? undefined : difference
}

function firstOf(
  values: object,
  compare: (value: unknown, key: string) => TranscriptDifference | undefined,
): TranscriptDifference | undefined {
  for (const [key, value] of Object.entries(values)) {
    const difference = compare(value, key)
    if (difference) return difference
  }
}

/** Without undefined properties, dates and prototypes. */
function onTheWire(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
