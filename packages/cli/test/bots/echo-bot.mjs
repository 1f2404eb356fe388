// A bot as people write them, for `parley dev` to run.
import { CloudAdapter } from '@parley/adapter'
import { closeOnSignals, createNodeListener } from '@parley/adapter/node'
import { ActivityHandler } from '@parley/core'
import { createServer } from 'node:http'

const adapter = CloudAdapter.fromEnv({ logger: { debug() {}, info() {}, warn() {}, error() {} } })
const bot = new ActivityHandler().onMessage(async (context) => {
  if (context.activity.text === 'crash') process.exit(7)
  await context.sendActivity(`Echo: ${context.activity.text}`)
})
const server = createServer(createNodeListener(adapter, bot))
closeOnSignals({ server, adapter })
server.listen(Number(process.env['PORT']), '127.0.0.1', () => process.stdout.write(`pid ${process.pid}\n`))
