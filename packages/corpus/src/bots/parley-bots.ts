import type { BotName } from '../cases/bot-name.ts'
import type { World } from '../world/world.ts'
import type { HostName } from './hosts.ts'
import { ParleyBot } from './parley-bot.ts'

/**
 * Refusals of one code that are asked of a bot before a fresh one takes over: its log takes ten of each a second, and some
 * cases leave open how they are refused.
 */
const REFUSALS_PER_BOT = 6

/**
 * The bots of a run, one for each way of setting one up, started when first needed. A bot whose log would fall silent is
 * replaced by a fresh one.
 */
export class ParleyBots {
  private readonly world: World
  private readonly host: HostName
  private readonly running = new Map<BotName, { readonly bot: ParleyBot; readonly refusals: Map<string, number> }>()

  constructor(world: World, host: HostName) {
    this.world = world
    this.host = host
  }

  /** A bot of that kind whose log has room for refusals of these codes. */
  async get(name: BotName, codes: readonly string[]): Promise<ParleyBot> {
    const current = this.running.get(name)
    if (current && codes.every((code) => (current.refusals.get(code) ?? 0) < REFUSALS_PER_BOT)) {
      return count(current, codes)
    }
    await current?.bot.close()
    const fresh = { bot: await ParleyBot.start(name, this.host, this.world), refusals: new Map<string, number>() }
    this.running.set(name, fresh)
    return count(fresh, codes)
  }

  async close(): Promise<void> {
    await Promise.all([...this.running.values()].map(({ bot }) => bot.close()))
    this.running.clear()
  }
}

function count(
  { bot, refusals }: { readonly bot: ParleyBot; readonly refusals: Map<string, number> },
  codes: readonly string[],
): ParleyBot {
  for (const code of codes) refusals.set(code, (refusals.get(code) ?? 0) + 1)
  return bot
}
