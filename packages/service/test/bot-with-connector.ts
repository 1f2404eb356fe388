import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CloudAdapter } from '@parley/adapter'
import { createRestifyHandler } from '@parley/adapter/restify'
import { localCloud } from '@parley/auth'
import { ActivityHandler, silentLogger } from '@parley/core'
import type { TurnContext } from '@parley/core'
import { startService } from '@parley/service'
import type { Service } from '@parley/service'
import restify from 'restify'
import { DirectLineClient } from './direct-line-client.ts'
import type { Json } from './stand-in-bot.ts'
import { whenDone } from './start-together.ts'

/** A bot made with Parley that does, in a turn, what a test tells it to. */
export interface BotWithConnector {
  readonly appId: string
  readonly service: Service
  readonly client: DirectLineClient
  readonly conversationId: string
  /** Lets the bot do something in a turn. @returns what came of it; the error, when it failed. */
  readonly inTurn: (work: (context: TurnContext) => Promise<unknown>) => Promise<Json>
  /** Lets the bot do something with Parley's own connector client. */
  readonly withConnector: (work: (connector: Json) => Promise<unknown>) => Promise<Json>
}

/** Starts a service and the bot; {@link stopAll} stops them. */
export async function startBotWithConnector(): Promise<BotWithConnector> {
  const app = { appId: 'app', secret: 'an app password' }
  const service = await startService({ port: 0 })
  const cloud = localCloud(service.url)
  const adapter = new CloudAdapter({ appId: app.appId, appPassword: app.secret, cloud, logger: silentLogger })
  let turn: (context: TurnContext) => Promise<unknown> = async () => {}
  let outcome: unknown
  const bot = new ActivityHandler().onMessage(async (context) => {
    outcome = await turn(context).catch((error: unknown) => error)
  })
  const server = await listen(createRestifyHandler(adapter, bot))
  service.registerBot({ ...app, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages` })
  whenDone(async () => {
    await adapter.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await service.close()
  })
  const directLine = new DirectLineClient(service.url, service.directLineSecret)
  const { client, conversationId } = await directLine.start({ user: { id: 'dl_ada' } })
  const inTurn: BotWithConnector['inTurn'] = async (work) => {
    turn = work
    outcome = undefined
    const { status } = await client.say(conversationId, 'go')
    if (status !== 200) throw new Error(`The service answered ${status}.`)
    return outcome
  }
  const withConnector: BotWithConnector['withConnector'] = async (work) =>
    inTurn(async (context) => work(context.turnState.get(adapter.ConnectorClientKey)))
  return { appId: app.appId, service, client, conversationId, inTurn, withConnector }
}

async function listen(handler: ReturnType<typeof createRestifyHandler>): Promise<Server> {
  const host = restify.createServer()
  host.post('/api/messages', handler)
  const server = host.server as Server
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}
