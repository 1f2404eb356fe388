import { CloudAdapter } from '@parley/adapter'
import type { TurnContext } from '@parley/core'
import type { BotName } from '../cases/bot-name.ts'
import { listen } from '../world/local-server.ts'
import type { Listening } from '../world/local-server.ts'
import type { World } from '../world/world.ts'
import { botOptions } from './bot-options.ts'
import { BOT_PATH, HOSTS } from './hosts.ts'
import type { HostName } from './hosts.ts'
import { MemoryLog } from './memory-log.ts'

/** What a bot under test says once in every turn: the sign that its handler ran. */
export const SIGN = 'the handler ran'

/** A bot made with Parley, on a real socket. */
export class ParleyBot {
  readonly url: string
  readonly log: MemoryLog
  private readonly adapter: CloudAdapter
  private readonly listening: Listening

  private constructor(adapter: CloudAdapter, listening: Listening, log: MemoryLog) {
    this.adapter = adapter
    this.listening = listening
    this.log = log
    this.url = `http://127.0.0.1:${listening.port}${BOT_PATH}`
  }

  static async start(name: BotName, host: HostName, world: World): Promise<ParleyBot> {
    const log = new MemoryLog()
    const adapter = new CloudAdapter({ ...botOptions(name, world), logger: log })
    const server = await HOSTS[host](adapter, name === 'throws' ? sayAndThrow : say, name === 'parsed')
    return new ParleyBot(adapter, await listen(server), log)
  }

  async close(): Promise<void> {
    await this.listening.close()
    await this.adapter.close()
  }
}

async function say(context: TurnContext): Promise<void> {
  await context.sendActivity(SIGN)
}

async function sayAndThrow(context: TurnContext): Promise<void> {
  await say(context)
  throw new Error('the bot failed on purpose')
}
