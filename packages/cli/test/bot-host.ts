import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CloudAdapter } from '@parley/adapter'
import { createNodeListener } from '@parley/adapter/node'
import { localCloud } from '@parley/auth'
import { silentLogger } from '@parley/core'
import type { Activity, TurnContext } from '@parley/core'
import { startService } from '@parley/service'
import type { BotRegistration, Service, ServiceOptions } from '@parley/service'
import { freePort } from 'test-support/free-port'

export type BotLogic = (context: TurnContext) => Promise<unknown>

const cleanups: (() => Promise<unknown>)[] = []

/** Making a service's keys takes a second when the machine is busy. */
jest.setTimeout(30_000)

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

/** Runs `cleanup` after the test; what came last goes first. */
export function afterTest(cleanup: () => Promise<unknown>): void {
  cleanups.push(cleanup)
}

/** A real bot on a real server, which trusts the service it is told of. */
export class BotHost {
  readonly appId = '7d0b1a1e-2a4f-4a51-9a53-5b1f0f6f0c11'
  readonly secret = 'a secret both sides know'
  /** Activities that reached the bot, in order. */
  readonly received: Activity[] = []
  /** Where `parley` keeps its keys, so that the bot takes one run after the other. */
  readonly home: string = mkdtempSync(join(tmpdir(), 'parley-home-'))
  port = 0
  private server: Server | undefined
  private adapter: CloudAdapter | undefined
  private readonly logic: BotLogic

  private constructor(logic: BotLogic) {
    this.logic = logic
  }

  /** Takes a port, so that services can be told about the bot before it trusts them. */
  static async create(logic: BotLogic = echo): Promise<BotHost> {
    const host = new BotHost(logic)
    host.port = await freePort()
    afterTest(() => host.stop())
    afterTest(async () => rmSync(host.home, { recursive: true, force: true }))
    return host
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.port}/api/messages`
  }

  get registration(): BotRegistration {
    return { appId: this.appId, secret: this.secret, endpoint: this.endpoint, name: 'Echo' }
  }

  /** The variables that tell `parley` about the bot. */
  get env(): Record<string, string> {
    return { MicrosoftAppId: this.appId, MicrosoftAppPassword: this.secret, BOT_NAME: 'Echo', HOME: this.home }
  }

  /** @param settings - Where the bot is configured otherwise than it is known. */
  async start(serviceUrl: string, settings: { secret?: string; tenantId?: string } = {}): Promise<void> {
    const { secret: appPassword = this.secret, tenantId } = settings
    const cloud = localCloud(serviceUrl)
    this.adapter = new CloudAdapter({ appId: this.appId, appPassword, tenantId, cloud, logger: silentLogger })
    const listener = createNodeListener(this.adapter, async (context) => {
      this.received.push(context.activity)
      await this.logic(context)
    })
    this.server = createServer(listener)
    await new Promise<void>((resolve) => this.server?.listen(this.port, '127.0.0.1', resolve))
  }

  async stop(): Promise<void> {
    await this.adapter?.close()
    this.server?.closeAllConnections()
    await new Promise((resolve) => (this.server ? this.server.close(resolve) : resolve(undefined)))
    this.server = undefined
    this.adapter = undefined
  }
}

/** A service and a bot that trust each other. */
export async function startTogether(
  logic?: BotLogic,
  options: ServiceOptions = {},
): Promise<{ service: Service; bot: BotHost }> {
  const bot = await BotHost.create(logic)
  const service = await startService({ port: 0, bots: [bot.registration], ...options })
  afterTest(() => service.close())
  await bot.start(service.url)
  return { service, bot }
}

/** A bot that trusts the service `parley` starts in this process, and what tells `parley` so. */
export async function startBotFor(
  logic?: BotLogic,
): Promise<{ bot: BotHost; flags: string[]; env: Record<string, string>; port: number }> {
  const bot = await BotHost.create(logic)
  const port = await freePort()
  await bot.start(`http://127.0.0.1:${port}`)
  return { bot, port, flags: ['--bot', String(bot.port), '--port', String(port)], env: bot.env }
}

/** Greets who joins, and repeats what is said. */
export async function echo(context: TurnContext): Promise<void> {
  const { type, text, membersAdded = [], recipient } = context.activity
  if (type === 'message') await context.sendActivity(`Echo: ${text}`)
  if (membersAdded.some(({ id }) => id !== recipient.id)) await context.sendActivity('Hello and welcome!')
}
