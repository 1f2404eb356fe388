import { createRequire } from 'node:module'
import { CloudAdapter } from '@parley/adapter'
import { createRestifyHandler } from '@parley/adapter/restify'
import { localCloud } from '@parley/auth'
import { ActivityHandler } from '@parley/core'
import { peersFolder } from './index.mjs'
import { listen } from '../process/listen.mjs'

const restify = createRequire(peersFolder)('restify')

/** @param {import('../world/world.d.ts').World} world */
export function start({ origin, appId, appPassword }) {
  const adapter = new CloudAdapter({ appId, appPassword, cloud: localCloud(origin) })
  const bot = new ActivityHandler()
  bot.onMessage(async (context, next) => {
    await context.sendActivity(`Echo: ${context.activity.text}`)
    await next()
  })
  const server = restify.createServer()
  server.post('/api/messages', createRestifyHandler(adapter, bot))
  return listen(server)
}
