/** A bot made with Parley on restify, which says what it is told: `echo-bot.mjs SERVICE_URL APP_ID APP_PASSWORD`. */
import { CloudAdapter } from '@parley/adapter'
import { createRestifyHandler } from '@parley/adapter/restify'
import { localCloud } from '@parley/auth'
import { ActivityHandler, silentLogger } from '@parley/core'
import restify from 'restify'
import { answer } from '../process/answer.mjs'
import { listen } from '../process/listen.mjs'

const [serviceUrl = '', appId = '', appPassword = ''] = process.argv.slice(2)
const adapter = new CloudAdapter({ appId, appPassword, cloud: localCloud(serviceUrl), logger: silentLogger })
const bot = new ActivityHandler().onMessage(async (context) => {
  await context.sendActivity(`Echo: ${context.activity.text}`)
})
const server = restify.createServer()
server.post('/api/messages', createRestifyHandler(adapter, bot))
const port = await listen(server)

answer({ describe: () => ({ port }) })
