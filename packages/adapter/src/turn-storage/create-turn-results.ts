import type { AdapterCounters } from '../adapter-counters.ts'
import type { CloudAdapterOptions } from '../options.ts'
import { TurnResults } from '../stages/turn-results.ts'
import type { TurnLog } from '../turn-log.ts'
import { SharedTurns } from './shared-turns.ts'

/** What the results of turns are kept with. */
export interface TurnResultsTools {
  readonly counters: AdapterCounters
  readonly turnLog: TurnLog
  /** How long a delivery waits for another host, in milliseconds. */
  readonly waitMs: number
}

/** Stage 4 as the options of an adapter want it: for this process, or for all hosts together. */
export function createTurnResults(
  { turnStorage, maybeSent = 'resend', onTurnStorageFailure = 'refuse' }: CloudAdapterOptions,
  { counters, turnLog, waitMs }: TurnResultsTools,
): TurnResults {
  const onMaybeSent = (): void => {
    counters.maybeSent += 1
    turnLog.maybeSent(maybeSent)
  }
  const onTakenOver = (): void => {
    counters.takenOver += 1
    turnLog.takenOver()
  }
  if (!turnStorage) return new TurnResults({ maybeSent, onMaybeSent })
  const shared = new SharedTurns({
    storage: turnStorage,
    onFailure: onTurnStorageFailure,
    maybeSent,
    waitMs,
    onMaybeSent,
    onTakenOver,
    onStorageError: (error) => turnLog.notRecorded(error),
    onAnswerTooLarge: () => turnLog.answerTooLarge(),
  })
  return new TurnResults({ shared, maybeSent, onMaybeSent })
}
