import type { OpenValue } from '@parley/core'

/** One thing that was found in what a user said. */
export interface ModelResult<T extends Record<string, OpenValue> = {}> {
  /** The part of the utterance that names it. */
  text: string
  /** Index of its first character (UTF-16). */
  start: number
  /** Index of its last character, included. */
  end: number
  /** What kind of thing it is: `choice`, `value`, or what a recognizer calls it. */
  typeName: string
  resolution: T
}
