import type { RegisteredBot } from './registered-bot.ts'

/** The bots the service speaks to. */
export class BotRegistry {
  private readonly bots: Map<string, RegisteredBot> = new Map()
  private changes = 0

  /** Rises with every registration. */
  get version(): number {
    return this.changes
  }

  /** Adds a bot, or replaces the one with the same app id. */
  register(bot: RegisteredBot): void {
    this.bots.set(bot.appId, bot)
    this.changes += 1
  }

  find(appId: string): RegisteredBot | undefined {
    return this.bots.get(appId)
  }

  /** The bot a client gets that names none: the one registered first. */
  get first(): RegisteredBot | undefined {
    return this.all()[0]
  }

  all(): readonly RegisteredBot[] {
    return [...this.bots.values()]
  }
}
