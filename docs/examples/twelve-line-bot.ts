import { CloudAdapter } from '@parley/adapter'
import { createRestifyHandler } from '@parley/adapter/restify'
import { ActivityHandler } from '@parley/core'
import restify from 'restify'

const bot = new ActivityHandler().onMessage(async (context) => {
  await context.sendActivity(`You said: ${context.activity.text}`)
})

const server = restify.createServer()
server.post('/api/messages', createRestifyHandler(CloudAdapter.fromEnv(), bot))
server.listen(3978)
