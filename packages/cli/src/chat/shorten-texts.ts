import { isFields } from '../direct-line/wire-activity.ts'
import type { WireActivity } from '../direct-line/wire-activity.ts'

/** Longer texts nobody reads in a terminal, and what is made of them takes its time. */
const MAX_LENGTH = 8000
/** What is sent back or opened stays whole. */
const WHOLE: ReadonlySet<string> = new Set(['value', 'data', 'url', 'contentUrl', 'thumbnailUrl'])

/** An activity whose texts are short enough to be shown. */
export function shortenTexts(activity: WireActivity): WireActivity {
  return shorten(activity) as WireActivity
}

function shorten(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.length > MAX_LENGTH ? `${value.slice(0, MAX_LENGTH)}… (${value.length} characters)` : value
  }
  if (Array.isArray(value)) return value.map(shorten)
  if (!isFields(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, WHOLE.has(key) ? each : shorten(each)]))
}
