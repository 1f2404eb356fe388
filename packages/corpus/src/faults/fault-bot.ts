import type { LookupFunction } from 'node:net'
import { CloudAdapter } from '@parley/adapter'
import { createNodeListener } from '@parley/adapter/node'
import { ConnectorFactory } from '@parley/connector'
import type { MiddlewareHandler, TurnContext } from '@parley/core'
import { createServer } from 'node:http'
import { botOptions } from '../bots/bot-options.ts'
import { BOT_PATH } from '../bots/hosts.ts'
import { MemoryLog } from '../bots/memory-log.ts'
import type { FaultBotSpec, FaultCase } from '../cases/fault-case.ts'
import { expandText } from '../request/expand.ts'
import { listen } from '../world/local-server.ts'
import type { Listening } from '../world/local-server.ts'
import type { World } from '../world/world.ts'
import { createBot } from './bot-actions.ts'
import { FaultyStorage } from './faulty-storage.ts'
import { Gate } from './gate.ts'
import { MIDDLEWARE_FAULTS } from './middleware-faults.ts'

/** What calls carry whose name service is part of the case. */
const STATIC_TOKEN = 'outbound.static-token-of-the-corpus'

/** The bot of a fault case, on `node:http`. */
export class FaultBot {
  readonly adapter: CloudAdapter
  readonly log: MemoryLog = new MemoryLog()
  readonly gate: Gate = new Gate()
  readonly storage: FaultyStorage
  /** Runs the bot's logic, counted. */
  readonly logic: (context: TurnContext) => Promise<void>
  turns = 0
  private listening: Listening | undefined
  private connectors: ConnectorFactory | undefined

  constructor({ bot = {}, storage }: FaultCase, world: World) {
    this.storage = new FaultyStorage(storage)
    this.adapter = new CloudAdapter({
      ...botOptions('channel', world),
      logger: this.log,
      acknowledgeAfterMs: bot.acknowledgeAfterMs,
      concurrency: bot.concurrency,
      trustedServiceUrls: bot.trusts?.map((url) => expandText(url, world.names)),
    })
    const act = createBot(bot.does ?? [{ say: 'ran' }], this)
    this.logic = async (context) => {
      this.turns += 1
      await act(context)
    }
    if (bot.names) this.adapter.use(this.resolving(bot.names))
    this.adapter.use(...(bot.middleware ?? []).map((fault) => MIDDLEWARE_FAULTS[fault]))
    setTurnErrorHandler(this.adapter, bot.onTurnError)
  }

  async start(): Promise<string> {
    this.listening = await listen(createServer(createNodeListener(this.adapter, this.logic)))
    return `http://127.0.0.1:${this.listening.port}${BOT_PATH}`
  }

  async close(): Promise<void> {
    this.gate.open()
    await this.listening?.close()
    await this.adapter.close({ timeoutMs: 0 })
    this.connectors?.close()
  }

  /** Gives each turn a connector client that asks the name service of the case. */
  private resolving(names: NonNullable<FaultBotSpec['names']>): MiddlewareHandler {
    const tokens = { getToken: async () => STATIC_TOKEN, forget: () => {} }
    const connectors = new ConnectorFactory({ tokens, allowLoopback: true, logger: this.log, lookup: lookupIn(names) })
    this.connectors = connectors
    return async (context, next) => {
      const client = connectors.create(context.activity.serviceUrl, 'https://api.botframework.com')
      context.turnState.set(this.adapter.ConnectorClientKey, client)
      await next()
    }
  }
}

function lookupIn(names: NonNullable<FaultBotSpec['names']>): LookupFunction {
  let asked = 0
  return (hostname, _options, found) => {
    const answer = names[hostname] ?? 'unknown'
    if (answer === 'silence') return
    if (answer === 'unknown') {
      found(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' }), '', 0)
      return
    }
    // Another address each time: what was checked must be what is connected to.
    const address = answer[Math.min(asked++, answer.length - 1)] ?? ''
    found(null, [{ address, family: address.includes(':') ? 6 : 4 }])
  }
}

function setTurnErrorHandler(adapter: CloudAdapter, kind: FaultBotSpec['onTurnError']): void {
  if (kind === undefined) return
  adapter.onTurnError = async (context) => {
    if (kind === 'says') await context.sendActivity('sorry')
    if (kind === 'throws') throw new Error('onTurnError failed on purpose')
  }
}
