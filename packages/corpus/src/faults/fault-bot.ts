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
import { HostStorage } from './host-storage.ts'
import { MIDDLEWARE_FAULTS } from './middleware-faults.ts'

/** What calls carry whose name service is part of the case. */
const STATIC_TOKEN = 'outbound.static-token-of-the-corpus'

/** One host of the bot. */
interface Host {
  readonly adapter: CloudAdapter
  readonly turnStorage: HostStorage | undefined
}

/** The bot of a fault case, on `node:http`. */
export class FaultBot {
  /** Of the first host. */
  readonly adapter: CloudAdapter
  readonly log: MemoryLog = new MemoryLog()
  readonly gate: Gate = new Gate()
  readonly storage: FaultyStorage
  /** Runs the bot's logic, counted. */
  readonly logic: (context: TurnContext) => Promise<void>
  turns = 0
  private readonly hosts: readonly Host[]
  private readonly listening: Listening[] = []
  private connectors: ConnectorFactory | undefined

  constructor({ bot = {}, storage, turnStorage }: FaultCase, world: World) {
    this.storage = new FaultyStorage(storage)
    const shared = turnStorage && new FaultyStorage(turnStorage)
    this.hosts = Array.from({ length: bot.hosts ?? 1 }, () => this.createHost(bot, world, shared))
    this.adapter = this.hosts[0]!.adapter
    const act = createBot(bot.does ?? [{ say: 'ran' }], this)
    this.logic = async (context) => {
      this.turns += 1
      await act(context)
    }
    for (const { adapter } of this.hosts) {
      if (bot.names) adapter.use(this.resolving(adapter, bot.names))
      adapter.use(...(bot.middleware ?? []).map((fault) => MIDDLEWARE_FAULTS[fault]))
      setTurnErrorHandler(adapter, bot.onTurnError)
    }
  }

  /** @returns the address of each host. */
  async start(): Promise<string[]> {
    for (const { adapter } of this.hosts) {
      this.listening.push(await listen(createServer(createNodeListener(adapter, this.logic))))
    }
    return this.listening.map(({ port }) => `http://127.0.0.1:${port}${BOT_PATH}`)
  }

  /** Ends a host, 1 for the first, as if its process were killed, but for requests it has and connections it made. */
  async kill(host: number): Promise<void> {
    await this.hosts[host - 1]?.turnStorage?.die()
  }

  async close(): Promise<void> {
    this.gate.open()
    for (const listening of this.listening) await listening.close()
    for (const { adapter } of this.hosts) await adapter.close({ timeoutMs: 0 })
    this.connectors?.close()
  }

  private createHost(bot: FaultBotSpec, world: World, shared: FaultyStorage | undefined): Host {
    const turnStorage = shared && new HostStorage(shared)
    const adapter = new CloudAdapter({
      ...botOptions('channel', world),
      logger: this.log,
      acknowledgeAfterMs: bot.acknowledgeAfterMs,
      concurrency: bot.concurrency,
      trustedServiceUrls: bot.trusts?.map((url) => expandText(url, world.names)),
      turnStorage,
      maybeSent: bot.maybeSent,
      onTurnStorageFailure: bot.onTurnStorageFailure,
    })
    return { adapter, turnStorage }
  }

  /** Gives each turn a connector client that asks the name service of the case. */
  private resolving(adapter: CloudAdapter, names: NonNullable<FaultBotSpec['names']>): MiddlewareHandler {
    const tokens = { getToken: async () => STATIC_TOKEN, forget: () => {} }
    const connectors = new ConnectorFactory({ tokens, allowLoopback: true, logger: this.log, lookup: lookupIn(names) })
    this.connectors = connectors
    return async (context, next) => {
      const client = connectors.create(context.activity.serviceUrl, 'https://api.botframework.com')
      context.turnState.set(adapter.ConnectorClientKey, client)
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
