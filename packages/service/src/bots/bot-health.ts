import type { BotProblem } from './bot-problem.ts'
import { unreachable, wrongSecret, wrongTenant } from './bot-problem.ts'
import type { DeliveryResult } from './delivery-result.ts'
import { canConnect } from './can-connect.ts'
import type { RegisteredBot } from './registered-bot.ts'
import type { ServiceEvents } from './service-events.ts'

/** Pauses between two looks at an unreachable bot, while somebody waits for it. */
const PROBE_PAUSE_MS = { first: 500, longest: 2_000 } as const

/** Pause between two looks at a bot that runs but does not work: short, to notice that it is being started again. */
const RESTART_PAUSE_MS = 300

export interface BotHealthOptions {
  readonly events: ServiceEvents
  /** Whether a page or a client waits for this bot; without one nobody knocks at its door. */
  readonly isAwaited: (bot: RegisteredBot) => boolean
  /** Called when an unreachable bot can be reached again, after that was announced. */
  readonly onReachable: (bot: RegisteredBot) => void
}

interface Health {
  /** What the last delivery ended with. */
  delivery?: BotProblem
  /** Stays until the bot gets a token or is started again: it is the cause behind the failures that follow. */
  credentials?: BotProblem
  /** What was announced last. */
  announced?: BotProblem
  probe?: NodeJS.Timeout
}

/** Knows what is wrong with each bot, announces changes once, and notices when an unreachable bot is back. */
export class BotHealth {
  private readonly options: BotHealthOptions
  private readonly states: Map<string, Health> = new Map()
  private closed = false

  constructor(options: BotHealthOptions) {
    this.options = options
  }

  /** What stands between the bot and its users now. */
  problemOf(appId: string): BotProblem | undefined {
    return this.states.get(appId)?.announced
  }

  /** Takes note of how a delivery ended. */
  noteDelivery(bot: RegisteredBot, result: DeliveryResult): void {
    if (this.closed) return
    const health = this.healthOf(bot)
    if (result.kind === 'accepted') delete health.delivery
    else health.delivery = result.problem
    this.announce(bot, health)
  }

  /** Takes note of a token request with a wrong secret. */
  noteWrongSecret(bot: RegisteredBot): void {
    const health = this.healthOf(bot)
    health.credentials = wrongSecret(bot)
    this.announce(bot, health)
  }

  /** Takes note of a token request in a tenant that is not the bot's. */
  noteWrongTenant(bot: RegisteredBot): void {
    const health = this.healthOf(bot)
    health.credentials = wrongTenant(bot)
    this.announce(bot, health)
  }

  /** Takes note of a token issued to the bot: its secret and tenant are right. */
  noteTokenIssued(bot: RegisteredBot): void {
    const health = this.healthOf(bot)
    delete health.credentials
    this.announce(bot, health)
  }

  /** Forgets what was wrong with a bot: it was started again, or its settings have changed. */
  clear(bot: RegisteredBot): void {
    const health = this.healthOf(bot)
    delete health.delivery
    delete health.credentials
    this.announce(bot, health)
  }

  close(): void {
    this.closed = true
    for (const { probe } of this.states.values()) clearTimeout(probe)
  }

  private healthOf(bot: RegisteredBot): Health {
    const known = this.states.get(bot.appId) ?? {}
    this.states.set(bot.appId, known)
    return known
  }

  private announce(bot: RegisteredBot, health: Health): void {
    const isDown = health.delivery?.kind === 'bot-unreachable'
    const problem = isDown ? health.delivery : (health.credentials ?? health.delivery)
    const before = health.announced
    if (problem?.message === before?.message) return
    clearTimeout(health.probe)
    if (problem) {
      health.announced = problem
      this.options.events.emit({ appId: bot.appId, ...problem })
      this.scheduleProbe(bot, health, isDown ? PROBE_PAUSE_MS.first : RESTART_PAUSE_MS)
    } else {
      delete health.announced
      this.options.events.emit({ kind: 'bot-back', appId: bot.appId, message: `${bot.name} answers again.` })
    }
  }

  private scheduleProbe(bot: RegisteredBot, health: Health, pauseMs: number): void {
    if (this.closed) return
    health.probe = setTimeout(() => void this.probe(bot, health, pauseMs), pauseMs)
    health.probe.unref()
  }

  /** A bot with a problem that goes down is being started again; one that comes up has a clean record. */
  private async probe(bot: RegisteredBot, health: Health, pauseMs: number): Promise<void> {
    const { announced } = health
    const wasUp = announced?.kind !== 'bot-unreachable'
    const isUp = this.options.isAwaited(bot) ? await canConnect(bot.endpoint) : wasUp
    if (this.closed || health.announced !== announced) return
    if (isUp === wasUp) {
      this.scheduleProbe(bot, health, wasUp ? pauseMs : Math.min(pauseMs * 2, PROBE_PAUSE_MS.longest))
    } else if (isUp) {
      this.clear(bot)
      this.options.onReachable(bot)
    } else {
      health.delivery = unreachable(bot, 'ECONNREFUSED')
      this.announce(bot, health)
    }
  }
}
