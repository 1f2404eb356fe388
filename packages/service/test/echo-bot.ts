import type { Server } from 'node:http'
import { CloudAdapter } from '@parley/adapter'
import { createRestifyHandler } from '@parley/adapter/restify'
import { localCloud } from '@parley/auth'
import type { Cloud } from '@parley/auth'
import { ActivityHandler } from '@parley/core'
import type { Activity, LogMethod, Logger } from '@parley/core'
import restify from 'restify'
import { freePort } from 'test-support/free-port'

/** An echo bot on restify that can be stopped and started again on the same port. */
export class EchoBotHost {
  readonly appId = '3b0e2c4e-6b1a-4a55-8f6f-0c7d1a2b3c4d'
  readonly secret = 'a secret both sides know'
  /** Activities that reached the bot, in order. */
  readonly received: Activity[] = []
  /** What the bot has logged from level warn on. */
  readonly warnings: string[] = []
  /** A text at which the bot fails. */
  failOn: string | undefined
  port = 0
  private said = 0
  private adapter: CloudAdapter | undefined
  private server: Server | undefined

  get endpoint(): string {
    return `http://127.0.0.1:${this.port}/api/messages`
  }

  /** Takes a port, without listening on it, so that a service can be told about the bot first. */
  async reservePort(): Promise<void> {
    this.port = await freePort()
  }

  async start(serviceUrl: string, secret: string = this.secret, cloud: Cloud = localCloud(serviceUrl)): Promise<void> {
    const adapter = new CloudAdapter({
      appId: this.appId,
      appPassword: secret,
      cloud,
      logger: this.logger(),
    })
    const host = restify.createServer()
    host.post('/api/messages', createRestifyHandler(adapter, this.bot()))
    this.adapter = adapter
    this.server = host.server as Server
    await new Promise<void>((resolve) => this.server?.listen(this.port, '127.0.0.1', resolve))
  }

  async stop(): Promise<void> {
    const { server } = this
    await this.adapter?.close()
    server?.closeAllConnections()
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)))
    this.server = undefined
    this.adapter = undefined
  }

  private bot(): ActivityHandler {
    return new ActivityHandler()
      .onTurn(async (context, next) => {
        this.received.push(context.activity)
        await next()
      })
      .onMembersAdded(async (context) => {
        const { membersAdded = [], recipient } = context.activity
        for (const { id } of membersAdded) if (id !== recipient.id) await context.sendActivity('Hello and welcome!')
      })
      .onMessage(async (context) => {
        if (context.activity.text === this.failOn) throw new Error('The bot fails at this, as it was told to.')
        this.said += 1
        await context.sendActivity(`Echo: ${context.activity.text}`)
        // What the bot remembers; adapters keep it from other channels than the emulator.
        const memory = { conversationState: { said: this.said } }
        await context.sendTraceActivity(
          'BotState',
          memory,
          'https://www.botframework.com/schemas/botState',
          'Bot State',
        )
      })
  }

  private logger(): Logger {
    const ignore: LogMethod = () => {}
    const keep: LogMethod = (facts, message) => {
      const { err } = facts as { err?: Error }
      this.warnings.push([message, err?.message].filter(Boolean).join(' '))
    }
    return { debug: ignore, info: ignore, warn: keep, error: keep }
  }
}
