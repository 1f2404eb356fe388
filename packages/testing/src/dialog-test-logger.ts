import { ActivityTypes } from '@parley/core'
import type { Activity, Middleware, TurnContext } from '@parley/core'

/** What lines are written to, `console` say. */
export interface LineLogger {
  log: (...args: unknown[]) => void
}

/** Writes down what a user and a bot say to each other, with the time, for reading beside the output of a test. */
export class DialogTestLogger implements Middleware {
  private readonly logger: LineLogger

  /** @param logger - Default: the console. */
  constructor(logger: LineLogger = console) {
    this.logger = logger
  }

  async onTurn(context: TurnContext, next: () => Promise<void>): Promise<void> {
    const began = performance.now()
    this.logUser(context.activity)
    this.logger.log(`-> ts: ${clock()}`)
    context.onSendActivities(async (_context, activities, send) => {
      for (const activity of activities) this.logBot(activity)
      this.logger.log(`-> ts: ${clock()} elapsed ${Math.round(performance.now() - began)} ms`)
      return send()
    })
    await next()
  }

  private logUser(activity: Activity): void {
    if (activity.type === ActivityTypes.Message) this.logger.log(`User: Text = ${activity.text}`)
    else this.logOther('User', activity)
  }

  private logBot(activity: Partial<Activity>): void {
    if (activity.type !== ActivityTypes.Message) return this.logOther('Bot', activity)
    this.logger.log(`Bot: Text      = ${activity.text}`)
    this.logger.log(`     Speak     = ${activity.speak}`)
    this.logger.log(`     InputHint = ${activity.inputHint}`)
  }

  private logOther(who: string, activity: Partial<Activity>): void {
    this.logger.log(`${who}: Activity = ${activity.type}`)
    for (const line of JSON.stringify(activity, undefined, 2).split('\n')) this.logger.log(line)
  }
}

/** The local time, without leading zeros. */
function clock(): string {
  const now = new Date()
  return `${now.getHours()}:${now.getMinutes()}:${now.getSeconds()}`
}
