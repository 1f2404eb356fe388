import {
  ConsoleTranscriptLogger as ParleyConsoleTranscriptLogger,
  TranscriptLoggerMiddleware as ParleyTranscriptLoggerMiddleware,
} from '@parley/core'
import type { Activity, TranscriptLogger } from '@parley/core'

/** Hands everything said in a turn to a logger; what the logger throws is printed. */
export class TranscriptLoggerMiddleware extends ParleyTranscriptLoggerMiddleware {
  /** @throws Error: no logger was given. */
  constructor(logger: TranscriptLogger) {
    if (!logger) throw new Error('TranscriptLoggerMiddleware requires a TranscriptLogger instance.')
    super(logger)
  }

  /* oxlint-disable no-console -- v4 prints */
  protected override onLoggerError(error: unknown): void {
    if (error instanceof Error) {
      console.error(`TranscriptLoggerMiddleware logActivity failed: "${error.message}"`)
      console.error(error.stack)
    } else {
      console.error(`TranscriptLoggerMiddleware logActivity failed: "${JSON.stringify(error)}"`)
    }
  }
  /* oxlint-enable no-console */
}

/** Prints what is said. */
export class ConsoleTranscriptLogger extends ParleyConsoleTranscriptLogger {
  /** @throws Error: no activity was given. */
  override logActivity(activity: Activity): void {
    if (!activity) throw new Error('Activity is required.')
    super.logActivity(activity)
  }
}
