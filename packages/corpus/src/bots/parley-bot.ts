import type { Server } from 'node:http'
import { CloudAdapter } from '@parley/adapter'
import type { TurnContext } from '@parley/core'
import type { BotName } from '../cases/bot-name.ts'
import { closeServer, listen } from '../world/local-server.ts'
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
  private readonly server: Server

  private constructor(adapter: CloudAdapter, server: Server, log: MemoryLog, port: number) {
    this.adapter = adapter
    this.server = server
    this.log = log
    this.url = `http://127.0.0.1:${port}${BOT_PATH}`
  }

  static async start(name: BotName, host: HostName, world: World): Promise<ParleyBot> {
    const log = new MemoryLog()
    const adapter = new CloudAdapter({ ...botOptions(name, world), logger: log })
    const server = await HOSTS[host](adapter, name === 'throws' ? sayAndThrow : say, name === 'parsed')
    return new ParleyBot(adapter, server, log, await listen(server))
  }

  async close(): Promise<void> {
    await closeServer(this.server)
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
