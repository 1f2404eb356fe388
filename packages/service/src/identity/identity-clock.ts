import type { Clock } from '../clock.ts'

/** More than this is a mistake: some ten years. */
const MAX_SKEW_SECONDS = 315_360_000

/** The clock the identity provider issues and checks tokens by. It can be made to go wrong. */
export class IdentityClock implements Clock {
  private readonly clock: Clock
  private skew = 0

  /** @param clock - The right time. */
  constructor(clock: Clock) {
    this.clock = clock
  }

  now(): number {
    return this.clock.now() + this.skew * 1000
  }

  /** How far it is ahead of the right time. */
  get skewSeconds(): number {
    return this.skew
  }

  /** @throws RangeError for anything but a whole number of seconds, some ten years at most. */
  set skewSeconds(seconds: number) {
    if (!Number.isInteger(seconds) || Math.abs(seconds) > MAX_SKEW_SECONDS) {
      throw new RangeError(`The skew must be whole seconds, from -${MAX_SKEW_SECONDS} to ${MAX_SKEW_SECONDS}.`)
    }
    this.skew = seconds
  }
}
