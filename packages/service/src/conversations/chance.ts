import { createHash, randomInt, randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'

/** What a channel leaves to chance: the ids it makes up, and the times of what is said. */
export interface Chance {
  /** Letters and digits for an id that was never given out. */
  letters(length: number): string
  /** A UUID that was never given out. */
  uuid(): string
  /** When a conversation begins, in milliseconds since the epoch. */
  beginning(): number
  /** The time of the activity of that number in its conversation, in milliseconds since the epoch. */
  timeOf(activityNumber: number): number
}

/** Makes a service repeat itself. */
export interface DeterministicOptions {
  /** What ids are made from: the same ids, in the order they are asked for, for the same text. */
  readonly seed: string
  /**
   * When every conversation begins; each activity is a second later than the one before. A date, or a text in ISO 8601.
   * Default `2020-01-01T00:00:00.000Z`.
   */
  readonly startAt?: Date | string
}

const DEFAULT_START_AT = '2020-01-01T00:00:00.000Z'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const MS_BETWEEN_ACTIVITIES = 1000

/** Ids that nobody guesses, and the clock's time. */
export function openChance(clock: Clock): Chance {
  return {
    letters: (length) => Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join(''),
    uuid: () => randomUUID(),
    beginning: () => clock.now(),
    timeOf: () => clock.now(),
  }
}

/** The same ids and times in every run. Whoever knows the seed knows the ids, so it is for tests only. */
export function seededChance({ seed, startAt = DEFAULT_START_AT }: DeterministicOptions): Chance {
  const beginning = new Date(startAt).getTime()
  let count = 0
  const bytes = (outputLength: number): Buffer =>
    createHash('shake256', { outputLength })
      .update(`${seed}\n${(count += 1)}`)
      .digest()
  return {
    letters: (length) => Array.from(bytes(length), (byte) => ALPHABET[byte % ALPHABET.length]).join(''),
    uuid: () => uuidOf(bytes(16).toString('hex')),
    beginning: () => beginning,
    timeOf: (activityNumber) => beginning + activityNumber * MS_BETWEEN_ACTIVITIES,
  }
}

/** The version, 4, and the variant are where a UUID has them. */
function uuidOf(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-')
}
