import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CloudAdapter } from '@parley/adapter'
import { createNodeListener } from '@parley/adapter/node'
import { localCloud } from '@parley/auth'
import { assertTranscript } from '@parley/cli'
import { ActivityHandler } from '@parley/core'
import { startService } from '@parley/service'
import type { Service } from '@parley/service'

const bot = new ActivityHandler().onMessage(async (context) => {
  await context.sendActivity(`You said ${context.activity.text}`)
})
const credentials = { appId: 'my-bot', appPassword: 'a secret' }

let service: Service
let close: () => Promise<void>

beforeAll(async () => {
  service = await startService({ port: 0 })
  const adapter = new CloudAdapter({ ...credentials, cloud: localCloud(service.url) })
  const server = createServer(createNodeListener(adapter, bot))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`
  service.registerBot({ appId: credentials.appId, secret: credentials.appPassword, endpoint })
  close = async () => {
    await service.close()
    await adapter.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})
afterAll(() => close())

test('the bot says what it said, over the wire', async () => {
  await assertTranscript('docs/examples/echo.chat', service)
})
