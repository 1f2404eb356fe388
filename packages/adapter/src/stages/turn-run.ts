import type { Answer } from '../http/inbound-request.ts'
import type { SendJournal } from './send-journal.ts'

/** A turn that has begun. */
export interface TurnRun {
  /** What the channel is answered, which may be before the turn ends. */
  readonly answer: Promise<Answer>
  /** What the turn came to. */
  readonly end: Promise<Answer>
}

/**
 * Begins the turn of an activity.
 *
 * @param journal - What its runs have sent; absent for an activity without an id, which has one run.
 */
export type StartTurn = (journal: SendJournal | undefined) => TurnRun

/** Whether a turn failed, so that the next delivery has to run it again. */
export function isFailure({ status }: Answer): boolean {
  return status >= 500 && status !== 501
}
