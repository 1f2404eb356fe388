import { ParleyError } from '../errors.ts'

/** A transcript that cannot be read or replayed: the message names file and line, and what is wrong there. */
export class TranscriptInvalidError extends ParleyError {
  static readonly code = 'CORE_TRANSCRIPT_INVALID'
  readonly code: 'CORE_TRANSCRIPT_INVALID' = TranscriptInvalidError.code
  /** File and line (`greeting.chat:7`), or the number of the activity. */
  readonly place: string

  constructor(place: string, problem: string, options?: ErrorOptions) {
    super(`${place}: ${problem}`, options)
    this.place = place
  }
}
