/** Where the service takes the time from. Tests put their own in, to make tokens and retention expire without waiting. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now() }

/** `timeMs` as tokens count it: whole seconds since the epoch. */
export function toSeconds(timeMs: number): number {
  return Math.floor(timeMs / 1000)
}
