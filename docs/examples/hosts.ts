import { createServer } from 'node:http'
import { CloudAdapter } from '@parley/adapter'
import { createExpressHandler } from '@parley/adapter/express'
import { createFastifyPlugin } from '@parley/adapter/fastify'
import { createFetchHandler } from '@parley/adapter/fetch'
import { createNodeListener } from '@parley/adapter/node'
import { ActivityHandler } from '@parley/core'
import express from 'express'
import { fastify } from 'fastify'

const adapter = CloudAdapter.fromEnv()
const bot = new ActivityHandler()

// express
express().post('/api/messages', createExpressHandler(adapter, bot)).listen(3978)

// fastify
const app = fastify()
await app.register(createFastifyPlugin(adapter, bot, { path: '/api/messages' }))

// node:http
createServer(createNodeListener(adapter, bot)).listen(3978)

// anything with web-standard requests and responses
export default { fetch: createFetchHandler(adapter, bot) }
