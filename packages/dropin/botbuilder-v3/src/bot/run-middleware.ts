import type { IEventMiddleware } from '../contracts/connectors.ts'
import type { IEvent } from '../contracts/events.ts'

/**
 * Takes an event through middleware to `end`, which is waited for. Middleware that goes on later, or keeps the event for
 * itself, is not: it has no way to say which.
 */
export async function runMiddleware(
  middleware: readonly IEventMiddleware[],
  event: IEvent,
  end: () => Promise<void> | void,
): Promise<void> {
  const [first, ...rest] = middleware
  if (!first) return end()
  await new Promise<void>((resolve, reject) => {
    let goesOn = false
    const next = (): void => {
      goesOn = true
      runMiddleware(rest, event, end).then(resolve, reject)
    }
    // Some are async functions, though their type does not say so.
    const returned = first(event, next) as unknown
    Promise.resolve(returned).then(() => {
      if (!goesOn) resolve()
    }, reject)
  })
}
