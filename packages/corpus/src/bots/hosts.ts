import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { CloudAdapter } from '@parley/adapter'
import { createExpressHandler } from '@parley/adapter/express'
import { applyServerLimits, createNodeListener } from '@parley/adapter/node'
import { createRestifyHandler, refuseUpgrades } from '@parley/adapter/restify'
import type { TurnLogic } from '@parley/core'

/** Web hosts that Parley's bot is played on. */
export const HOST_NAMES = ['node', 'express', 'restify'] as const

/** One of {@link HOST_NAMES}. */
export type HostName = (typeof HOST_NAMES)[number]

/** Where every bot under test listens. */
export const BOT_PATH = '/api/messages'

const PARSER_LIMIT_BYTES = 2 * 1024 * 1024

/** Makes a server for a bot; `parsed`: behind the host's own body parser. */
export type CreateHost = (adapter: CloudAdapter, logic: TurnLogic, parsed: boolean) => Promise<Server>

/** The hosts, each loaded when it is used: restify replaces methods of every request and response of the process. */
export const HOSTS: Readonly<Record<HostName, CreateHost>> = {
  node: async (adapter, logic, parsed) => {
    const listener = createNodeListener(adapter, logic)
    return applyServerLimits(createServer(parsed ? parsing(listener) : listener))
  },
  express: async (adapter, logic, parsed) => {
    const { default: express } = await import('express')
    const app = express()
    if (parsed) app.use(express.json({ limit: PARSER_LIMIT_BYTES }))
    app.all(BOT_PATH, createExpressHandler(adapter, logic))
    return applyServerLimits(createServer(app))
  },
  restify: async (adapter, logic, parsed) => {
    const { default: restify } = await import('restify')
    const server = restify.createServer()
    if (parsed) server.use(restify.plugins.bodyParser({ maxBodySize: PARSER_LIMIT_BYTES, mapParams: false }))
    server.post(BOT_PATH, createRestifyHandler(adapter, logic))
    return refuseUpgrades(applyServerLimits(server.server as Server))
  },
}

/** The simplest body parser: what stands before it gets `request.body`. */
function parsing(
  listener: (request: IncomingMessage & { body?: unknown }, response: ServerResponse) => void,
): (request: IncomingMessage & { body?: unknown }, response: ServerResponse) => void {
  return (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      request.body = parseOr(Buffer.concat(chunks).toString('utf8'))
      listener(request, response)
    })
  }
}

/** Text that is not JSON stays text, as parsers for any type leave it. */
function parseOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
