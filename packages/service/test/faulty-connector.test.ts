import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CloudAdapter } from '@parley/adapter'
import { createRestifyHandler } from '@parley/adapter/restify'
import { localCloud } from '@parley/auth'
import { ActivityHandler, silentLogger } from '@parley/core'
import type { TurnContext } from '@parley/core'
import { startService } from '@parley/service'
import type { ConnectorFault, Service } from '@parley/service'
import restify from 'restify'
import { DirectLineClient } from './direct-line-client.ts'
import { whenDone, stopAll } from './start-together.ts'

/** Faults that are injected, as Parley's own connector client meets them. */

const APP = { appId: 'app', secret: 'an app password' }

let service: Service
let client: DirectLineClient
let conversationId: string
/** What the bot does with a message. */
let turn: (context: TurnContext) => Promise<unknown>
/** How the last turn of the bot ended. */
let outcome: unknown

beforeAll(async () => {
  service = await startService({ port: 0 })
  const adapter = new CloudAdapter({
    appId: APP.appId,
    appPassword: APP.secret,
    cloud: localCloud(service.url),
    logger: silentLogger,
  })
  const bot = new ActivityHandler().onMessage(async (context) => {
    outcome = await turn(context).catch((error: unknown) => error)
  })
  const host = restify.createServer()
  host.post('/api/messages', createRestifyHandler(adapter, bot))
  const server = host.server as Server
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  service.registerBot({ ...APP, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages` })
  whenDone(async () => {
    await adapter.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await service.close()
  })
  const chat = await new DirectLineClient(service.url, service.directLineSecret).start({ user: { id: 'dl_ada' } })
  client = chat.client
  conversationId = chat.conversationId
})

afterAll(stopAll)
afterEach(() => service.faults.clear())

/** Lets the bot do something while something goes wrong. @returns how it ended for the bot. */
async function during(fault: ConnectorFault, work: (context: TurnContext) => Promise<unknown>): Promise<unknown> {
  turn = work
  outcome = undefined
  service.faults.inject({ conversationId, ...fault })
  expect((await client.say(conversationId, 'go')).status).toBe(200)
  return outcome
}

const answers = async (): Promise<string[]> => (await client.texts(conversationId)).filter((text) => text !== 'go')

const send = (text: string) => async (context: TurnContext) => context.sendActivity(text)

test.each<[number, string]>([
  [401, 'SEND_UNAUTHORIZED'],
  [403, 'SEND_FORBIDDEN'],
])('a bot that is answered %i gets the error %s, and nothing was sent', async (status, code) => {
  const before = await answers()
  // Twice: one with 401 is tried once more with a new token.
  expect(await during({ status, times: 2 }, send('lost'))).toMatchObject({ code })
  expect(await answers()).toEqual(before)
})

test('a bot whose token is refused once sends with a new one', async () => {
  expect(await during({ status: 401 }, send('after 401'))).toMatchObject({ id: expect.any(String) })
  expect((await answers()).at(-1)).toBe('after 401')
})

test('a bot that is throttled comes back as it was told to, and sends once', async () => {
  const before = await answers()
  expect(await during({ status: 429, retryAfter: 0, times: 2 }, send('patient'))).toMatchObject({
    id: expect.any(String),
  })
  expect(await answers()).toEqual([...before, 'patient'])
})

test.each<[string, ConnectorFault]>([
  ['412', { status: 412 }],
  ['503', { status: 503, retryAfter: 0 }],
  ['a reset', { reset: true }],
  ['a short delay', { delayMs: 20 }],
])('what may be repeated is repeated after %s', async (_, fault) => {
  const members = async (context: TurnContext): Promise<unknown> =>
    context.turnState
      .get((context.adapter as CloudAdapter).ConnectorClientKey)
      .conversations.getConversationMembers(conversationId)
  expect(await during({ method: 'GET', ...fault }, members)).toHaveLength(2)
  expect(service.faults.pending).toEqual([])
})

test('a bot whose answer was lost after it was sent hears so, and it is there once', async () => {
  const before = await answers()
  const error = await during({ reset: true, takesEffect: true }, send('said'))
  expect(error).toMatchObject({ code: 'SEND_MAYBE_SENT' })
  expect(await answers()).toEqual([...before, 'said'])
})
