import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CloudAdapter } from '@parley/adapter'
import { createExpressHandler } from '@parley/adapter/express'
import { createFastifyPlugin } from '@parley/adapter/fastify'
import { applyServerLimits, createNodeListener } from '@parley/adapter/node'
import type { ServerLimitOptions } from '@parley/adapter/node'
import { createRestifyHandler } from '@parley/adapter/restify'
import type { TurnLogic } from '@parley/core'
import express from 'express'
import { fastify } from 'fastify'
import restify from 'restify'

/** A bot that listens on a port of its own. */
export interface LimitedHost {
  readonly port: number
  readonly server: Server
  close(): Promise<unknown>
}

/** Makes the server of a host, not listening yet, with the bot at `/api/messages`. */
type CreateServer = (adapter: CloudAdapter, logic: TurnLogic) => Promise<Server>

/** The hosts that own a socket, each mounted for all methods. */
export const servers: Readonly<Record<string, CreateServer>> = {
  async restify(adapter, logic) {
    const server = restify.createServer()
    server.post('/api/messages', createRestifyHandler(adapter, logic))
    return server.server as Server
  },
  async express(adapter, logic) {
    const app = express()
    app.all('/api/messages', createExpressHandler(adapter, logic))
    return createServer(app)
  },
  async fastify(adapter, logic) {
    const app = fastify()
    await app.register(createFastifyPlugin(adapter, logic))
    await app.ready()
    return app.server
  },
  async 'node:http'(adapter, logic) {
    return createServer(createNodeListener(adapter, logic))
  },
}

/** Starts a host under `limits`. */
export async function startHost(
  create: CreateServer,
  adapter: CloudAdapter,
  logic: TurnLogic,
  limits: ServerLimitOptions = {},
): Promise<LimitedHost> {
  const server = applyServerLimits(await create(adapter, logic), limits)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    server,
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}
