import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CloudAdapter } from '@parley/adapter'
import { createNodeListener } from '@parley/adapter/node'
import { localCloud } from '@parley/auth'
import { ActivityHandler, silentLogger } from '@parley/core'
import { ANONYMOUS_APP_ID, startService } from '@parley/service'
import type { Service } from '@parley/service'
import { DirectLineClient } from './direct-line-client.ts'
import { stopAll, whenDone } from './start-together.ts'

afterEach(stopAll)

/** A bot without an app id, which records how it was called. */
async function start(): Promise<{ service: Service; directLine: DirectLineClient; authorizations: unknown[] }> {
  const authorizations: unknown[] = []
  const service = await startService({ port: 0 })
  whenDone(() => service.close())
  const adapter = new CloudAdapter({ cloud: localCloud(service.url), logger: silentLogger })
  const bot = new ActivityHandler().onMessage(async (context) => {
    await context.sendActivity(`Echo: ${context.activity.text}`)
  })
  const handler = createNodeListener(adapter, bot)
  const server = createServer((request, response) => {
    authorizations.push(request.headers.authorization)
    handler(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  whenDone(async () => {
    await adapter.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  service.registerBot({ endpoint: `http://127.0.0.1:${port}/api/messages` })
  return { service, directLine: new DirectLineClient(service.url, service.directLineSecret), authorizations }
}

test('a bot without an app id is sent no token, and answers without one', async () => {
  const { service, directLine, authorizations } = await start()
  const { conversationId, client } = await directLine.start()
  await directLine.say(conversationId, 'hello')
  expect(await client.texts(conversationId)).toEqual(['hello', 'Echo: hello'])
  expect(new Set(authorizations)).toEqual(new Set([undefined]))
  expect(service.bots).toMatchObject([{ appId: ANONYMOUS_APP_ID }])
})

test('whoever shows a wrong token, or a conversation of another bot, is not taken for it', async () => {
  const { service, directLine } = await start()
  service.registerBot({ appId: 'with-an-id', secret: 'a secret', endpoint: 'http://127.0.0.1:1/' })
  const { conversationId } = await directLine.start({ bot: { id: 'with-an-id' } })
  const members = (headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${service.url}/v3/conversations/${conversationId}/members`, { headers })
  expect((await members()).status).toBe(403)
  for (const Authorization of ['Bearer nonsense', 'Bearer', 'Basic YTpi']) {
    expect((await members({ Authorization })).status).toBe(401)
  }
})

test('calls without a token are refused where every bot has an app id, even one that is called as the anonymous one', async () => {
  const bots = [{ appId: ANONYMOUS_APP_ID, secret: 'a secret', endpoint: 'http://127.0.0.1:1/' }]
  const service = await startService({ port: 0, bots })
  whenDone(() => service.close())
  expect((await fetch(`${service.url}/v3/conversations`)).status).toBe(401)
})

test.each([
  ['a secret', { secret: 'a secret' }],
  ['a managed identity', { managedIdentity: 'imds' }],
] as const)('a bot without an app id cannot have %s', async (_, credential) => {
  const bots = [{ endpoint: 'http://127.0.0.1:1/', ...credential }]
  await expect(startService({ port: 0, bots })).rejects.toMatchObject({ code: 'SERVICE_OPTION' })
})
