import type { Middleware, TurnContext } from '@parley/core'

/** Logs how long each turn takes, whatever happens in it. */
export class TurnTimer implements Middleware {
  async onTurn(context: TurnContext, next: () => Promise<void>): Promise<void> {
    const startedAt = performance.now()
    try {
      await next()
    } finally {
      const ms = Math.round(performance.now() - startedAt)
      process.stdout.write(`${context.activity.type} took ${ms} ms\n`)
    }
  }
}
