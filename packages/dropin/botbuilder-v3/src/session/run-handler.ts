import { toError } from '@parley/core/internal'
import { isPromise } from '../callbacks.ts'
import type { Session } from '../contracts/session.ts'
import { activityOf } from './turn-activity.ts'

/**
 * Runs code of the bot in a session. What it throws, now or as a promise, is an error of the session; SDK v3 ended the process
 * over a promise.
 */
export function runHandler(session: Session, handler: () => unknown): void {
  try {
    const result = handler()
    if (isPromise(result)) waitFor(session, result)
  } catch (error) {
    session.error(toError(error))
  }
}

function waitFor(session: Session, result: PromiseLike<unknown>): void {
  const activity = activityOf(session)
  activity.begin('handler')
  result.then(
    () => activity.end('handler'),
    (error: unknown) => {
      session.error(toError(error))
      activity.end('handler')
    },
  )
}
