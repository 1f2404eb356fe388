import type { MiddlewareHandler } from '@parley/core'
import type { MiddlewareFault } from '../cases/fault-case.ts'

/** Middleware that goes wrong in each of the ways there are. */
export const MIDDLEWARE_FAULTS: Readonly<Record<MiddlewareFault, MiddlewareHandler>> = {
  throwsBefore: async () => {
    throw new Error('middleware failed before the bot')
  },
  throwsAfter: async (_context, next) => {
    await next()
    throw new Error('middleware failed after the bot')
  },
  skipsNext: async () => {},
  callsNextTwice: async (_context, next) => {
    await next()
    await next()
  },
  forgetsToAwait: async (_context, next) => {
    // That it does not wait is what is tried.
    void next().catch(() => {})
  },
  throwsOnSend: async (context, next) => {
    context.onSendActivities(async () => {
      throw new Error('middleware failed while sending')
    })
    await next()
  },
  swallowsErrors: async (_context, next) => {
    await next().catch(() => {})
  },
}
