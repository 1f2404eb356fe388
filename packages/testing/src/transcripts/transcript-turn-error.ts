import { ParleyError } from '@parley/core'

/** The bot failed in the turn of a replayed activity. `cause` is what it threw. */
export class TranscriptTurnError extends ParleyError {
  static readonly code = 'TESTING_TRANSCRIPT_TURN_FAILED'
  readonly code: 'TESTING_TRANSCRIPT_TURN_FAILED' = TranscriptTurnError.code
  /** File and line (`greeting.chat:7`), or the number of the activity. */
  readonly place: string

  constructor(place: string, cause: unknown) {
    super(`${place}: the bot failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    this.place = place
  }
}
