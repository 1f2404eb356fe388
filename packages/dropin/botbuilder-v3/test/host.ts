import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startService } from '@parley/service'
import type { Service, ServiceOptions } from '@parley/service'
import { ChatConnector } from '../src/index.ts'
import type { IChatConnectorSettings } from '../src/index.ts'

export const APP_ID = 'old-bot'
export const SECRET = 'a secret of old'

type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** A local service, and a place for a bot that it knows. */
export interface Host {
  readonly service: Service
  /** Of `/api/messages`. */
  readonly botUrl: string
  /** A connector with the bot's credentials, which takes the requests from now on. */
  connect(settings?: IChatConnectorSettings): ChatConnector
  /** Takes the requests in place of a connector. */
  handle(handler: Handler): void
  close(): Promise<void>
}

/** Starts both. `ChannelService` names the service while a connector is made. */
export async function startHost(options: ServiceOptions = {}): Promise<Host> {
  let handler: Handler = (_request, response) => response.writeHead(503).end()
  const server = createServer((request, response) => handler(request, response))
  const botUrl = `${await listen(server)}/api/messages`
  const connections = [{ name: 'local' }]
  const bots = [{ appId: APP_ID, secret: SECRET, endpoint: botUrl, name: 'Old bot', connections }]
  const service = await startService({ port: 0, bots, ...options })
  return {
    service,
    botUrl,
    connect: (settings = { appId: APP_ID, appPassword: SECRET }) => {
      const connector = withChannelService(service.url, () => new ChatConnector(settings))
      handler = connector.listen()
      return connector
    },
    handle: (other) => {
      handler = other
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await service.close()
    },
  }
}

/** Runs `work` with the environment that a bot beside the local service has. */
export function withChannelService<T>(url: string, work: () => T): T {
  const before = process.env['ChannelService']
  process.env['ChannelService'] = url
  try {
    return work()
  } finally {
    if (before === undefined) delete process.env['ChannelService']
    else process.env['ChannelService'] = before
  }
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
