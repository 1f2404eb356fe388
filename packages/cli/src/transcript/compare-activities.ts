import { TranscriptInvalidError } from '@parley/core/internal'
import { CliUsageError } from '../errors.ts'
import { isFields } from '../direct-line/wire-activity.ts'
import type { WireFields } from '../direct-line/wire-activity.ts'

/** A place where what the bot said is not what was recorded. */
export interface FieldDifference {
  /** JSON pointer into the activity. */
  readonly pointer: string
  /** `undefined` where nothing was recorded. */
  readonly expected: unknown
  readonly actual: unknown
}

/**
 * What is given by chance, by the channel or by time, and so is never compared. Patterns of JSON pointers: `*` stands for one
 * step, `**` for any number of them.
 */
export const NEVER_COMPARED: readonly string[] = [
  '/id',
  '/timestamp',
  '/localTimestamp',
  '/localTimezone',
  '/serviceUrl',
  '/callerId',
  '/channelId',
  '/conversation',
  '/from',
  '/recipient',
  '/replyToId',
  '/channelData/streamId',
  '/channelData/streamSequence',
  '/entities/*/streamId',
  '/entities/*/streamSequence',
  '/attachments/*/content/tokenExchangeResource/id',
  '/attachments/*/content/tokenPostResource',
]

/** Says whether a place in an activity is left out. */
export type IsIgnored = (pointer: string) => boolean

/**
 * Reads patterns of places that are not compared.
 *
 * @throws CliUsageError `CLI_USAGE`: a pattern that is no JSON pointer.
 */
export function ignoring(patterns: readonly string[]): IsIgnored {
  const expressions = [...NEVER_COMPARED, ...patterns].map((pattern) => {
    if (!/^(\/[^/]+)+$/.test(pattern)) {
      throw new CliUsageError(
        `--ignore ${JSON.stringify(pattern)} is no JSON pointer: write /text or /attachments/*/name.`,
      )
    }
    const steps = pattern.split('/').slice(1)
    return new RegExp(`^${steps.map(stepExpression).join('')}$`)
  })
  return (pointer) => expressions.some((expression) => expression.test(pointer))
}

function stepExpression(step: string): string {
  if (step === '**') return '(?:/[^/]+)*'
  return step === '*' ? '/[^/]+' : `/${step.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`
}

/** Recorded or not, these have to be the same: whoever reads the conversation sees them. */
const ALWAYS_COMPARED = ['text', 'attachments', 'suggestedActions'] as const

/**
 * Compares what the bot said with what was recorded. What an object has besides what was recorded is not compared, but for text,
 * attachments and suggested actions. A recorded text may have `{{*}}` for anything, and `{{/expression/}}` for what a regular
 * expression matches.
 *
 * @param place - Of the recorded activity, for errors.
 * @throws TranscriptInvalidError `CORE_TRANSCRIPT_INVALID`: a regular expression that cannot be read.
 */
export function differencesOf(
  recorded: WireFields,
  actual: WireFields,
  { isIgnored, place }: { readonly isIgnored: IsIgnored; readonly place: string },
): FieldDifference[] {
  const expected = { ...Object.fromEntries(ALWAYS_COMPARED.map((field) => [field, undefined])), ...recorded }
  const found: FieldDifference[] = []
  const compare = (wanted: unknown, seen: unknown, pointer: string): void => {
    if (isIgnored(pointer) || isSame(wanted, seen, place)) return
    const isBothLists = Array.isArray(wanted) && Array.isArray(seen) && wanted.length === seen.length
    if (isBothLists) wanted.forEach((each, index) => compare(each, (seen as unknown[])[index], `${pointer}/${index}`))
    else if (isFields(wanted) && isFields(seen)) {
      for (const [key, each] of Object.entries(wanted)) compare(each, seen[key], `${pointer}/${escapeStep(key)}`)
    } else found.push({ pointer, expected: wanted, actual: seen })
  }
  for (const [key, value] of Object.entries(expected)) compare(value, actual[key], `/${escapeStep(key)}`)
  return found
}

/** Steps of JSON pointers (RFC 6901). */
function escapeStep(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** Nothing, `null`, an empty text and an empty list are the same, as they are for channels. */
function isSame(wanted: unknown, seen: unknown, place: string): boolean {
  if (isNothing(wanted)) return isNothing(seen)
  if (typeof wanted !== 'string' || typeof seen !== 'string') return wanted === seen
  const [one, other] = [lineEnds(wanted), lineEnds(seen)]
  return one === other || (wanted.includes('{{') && patternOf(one, place).test(other))
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

/** Transcripts are edited on other systems. */
function lineEnds(text: string): string {
  return text.replaceAll('\r\n', '\n')
}

const hole = /\{\{(?:\*|\/(.+?)\/)\}\}/s

function patternOf(text: string, place: string): RegExp {
  const pieces: string[] = []
  let rest = text
  for (let match = hole.exec(rest); match; match = hole.exec(rest)) {
    pieces.push(escapeText(rest.slice(0, match.index)), match[1] === undefined ? '[^]*' : `(?:${match[1]})`)
    rest = rest.slice(match.index + match[0].length)
  }
  try {
    return new RegExp(`^${pieces.join('')}${escapeText(rest)}$`, 'u')
  } catch (cause) {
    throw new TranscriptInvalidError(place, `the regular expression in ${JSON.stringify(text)} cannot be read.`, {
      cause,
    })
  }
}

function escapeText(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
