import { startService } from '@parley/service'
import type { Clock, Service, ServiceEvent, ServiceOptions } from '@parley/service'
import { DirectLineClient } from './direct-line-client.ts'
import { StandInBot } from './stand-in-bot.ts'
import type { BotTurn } from './stand-in-bot.ts'

/** A service and a bot that know each other. */
export interface Together {
  readonly service: Service
  readonly bot: StandInBot
  /** Uses the Direct Line secret. */
  readonly directLine: DirectLineClient
  readonly events: ServiceEvent[]
  readonly clock: TestClock
}

/** The machine's clock, and as far ahead of it as a test wants. */
export class TestClock implements Clock {
  private aheadMs = 0

  now(): number {
    return Date.now() + this.aheadMs
  }

  advance(ms: number): void {
    this.aheadMs += ms
  }
}

/** Making a service's keys takes a second when the machine is busy. */
jest.setTimeout(30_000)

const cleanups: (() => Promise<void>)[] = []

/** Starts a bot and a service; {@link stopAll} stops them. */
export async function startTogether(turn?: BotTurn, options: ServiceOptions = {}): Promise<Together> {
  const bot = new StandInBot(turn)
  await bot.start()
  const clock = new TestClock()
  const service = await startService({ port: 0, bots: [bot.registration], clock, ...options })
  cleanups.push(
    () => service.close(),
    () => bot.stop(),
  )
  bot.connect(service)
  const events: ServiceEvent[] = []
  service.onEvent((event) => events.push(event))
  return { service, bot, events, clock, directLine: new DirectLineClient(service.url, service.directLineSecret) }
}

/**
 * One service and one bot for all tests of a file, for tests that leave both as they found them; what the bot received and
 * does is set back before each.
 */
export function useTogether(turn?: BotTurn, options?: ServiceOptions): Together {
  let together: Together | undefined
  const current = (): Together => {
    if (!together) throw new Error('The service is there while tests run.')
    return together
  }
  beforeAll(async () => {
    together = await startTogether(turn, options)
  })
  beforeEach(() => {
    const { bot, events } = current()
    bot.turn = turn ?? (() => {})
    bot.expectedAppId = bot.appId
    for (const list of [bot.received, bot.tokens, events]) list.length = 0
  })
  afterAll(stopAll)
  return {
    get service() {
      return current().service
    },
    get bot() {
      return current().bot
    },
    get directLine() {
      return current().directLine
    },
    get events() {
      return current().events
    },
    get clock() {
      return current().clock
    },
  }
}

/** Starts one more bot and connects it to a running service. */
export async function addBot(
  service: Service,
  turn: BotTurn,
  appId: string,
  secret = 'another-secret',
): Promise<StandInBot> {
  const bot = new StandInBot(turn, appId, secret)
  await bot.start()
  cleanups.push(() => bot.stop())
  service.registerBot(bot.registration)
  bot.connect(service)
  return bot
}

/** Runs `cleanup` with {@link stopAll}. */
export function whenDone(cleanup: () => Promise<void>): void {
  cleanups.push(cleanup)
}

/** Stops whatever the test started. */
export async function stopAll(): Promise<void> {
  for (const cleanup of cleanups.splice(0)) await cleanup()
}
