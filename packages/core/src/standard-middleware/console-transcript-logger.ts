import type { Activity } from '../activity.ts'
import { MiddlewareOptionError } from './middleware-option-error.ts'
import type { TranscriptLogger } from './transcript.ts'

/** Prints what is said, for trying things out. */
export class ConsoleTranscriptLogger implements TranscriptLogger {
  /** @throws {@link MiddlewareOptionError} `CORE_MIDDLEWARE_OPTION`: no activity was given. */
  logActivity(activity: Activity): void {
    if (!activity) throw new MiddlewareOptionError('Activity is required.')
    // oxlint-disable-next-line no-console -- what it is for
    console.log('Activity Log:', activity)
  }
}
