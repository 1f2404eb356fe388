import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CloudAdapter } from '@parley/adapter'
import { localCloud } from '@parley/auth'
import { ActivityHandler, silentLogger } from '@parley/core'
import { createNodeListener } from '@parley/adapter/node'
import {
  AutoSaveStateMiddleware,
  ConversationState,
  MemoryStorage,
  StateTraceMiddleware,
  UserState,
} from '@parley/state'
import { DirectLineClient } from '../../../test/direct-line-client.ts'
import { eventually } from 'test-support/eventually'
import { entryDetail, followEntries } from '../../../test/entry-stream.ts'
import { echo } from '../../../test/stand-in-bot.ts'
import type { Json } from '../../../test/stand-in-bot.ts'
import { startTogether, stopAll, whenDone } from '../../../test/start-together.ts'
import type { Together } from '../../../test/start-together.ts'

afterEach(stopAll)

const USER = { id: 'dl_ada' }

/** Calls the Bot State API as the bot. */
async function bag({ service, bot }: Together, method: string, path: string, body?: unknown): Promise<Json> {
  const token = service.identity.mintAccessToken(bot.appId)
  const response = await fetch(`${service.url}/v3/botstate/directline/${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return response.json()
}

test('what changes in bags is seen, and what is in them', async () => {
  const together = await startTogether(echo)
  const { service, directLine } = together
  const { conversationId } = await directLine.start({ user: USER })
  const { entries } = await followEntries(service.url, { conversation: conversationId })
  const path = `conversations/${conversationId}`
  await bag(together, 'POST', path, { data: { a: 1, list: [1, 2] }, eTag: '*' })
  const { eTag } = await bag(together, 'POST', path, { data: { a: 2, list: [1], token: 'a secret thing' }, eTag: '*' })
  await bag(together, 'POST', `users/${USER.id}`, { data: { name: 'Ada' }, eTag: '*' })
  const states = (): Json[] => entries.filter(({ kind }) => kind === 'state')
  await eventually(() => expect(states()).toHaveLength(3))
  expect(states()).toMatchObject([
    { scope: 'conversation', changes: 1, conversationId },
    { scope: 'conversation', changes: 3, conversationId },
    { scope: 'user', changes: 1, appId: together.bot.appId },
  ])
  expect((await entryDetail(service.url, states()[1].seq)).state).toEqual({
    before: { a: 1, list: [1, 2] },
    after: { a: 2, list: [1], token: '[hidden]' },
    changes: [
      { path: '/a', before: 1, after: 2 },
      { path: '/list/1', before: 2 },
      { path: '/token', after: '[hidden]' },
    ],
  })
  const { scopes } = (await (await fetch(`${service.url}/chat/conversations/${conversationId}/state`)).json()) as Json
  expect(scopes).toEqual([
    {
      scope: 'conversation',
      source: 'bot-state',
      at: expect.stringMatching(/Z$/),
      eTag,
      value: { a: 2, list: [1], token: '[hidden]' },
    },
    { scope: 'user', source: 'bot-state', at: expect.any(String), eTag: expect.any(String), value: { name: 'Ada' } },
  ])
  expect((await fetch(`${service.url}/chat/conversations/nowhere/state`)).status).toBe(404)
  const other = { 'Sec-Fetch-Site': 'same-site' }
  expect((await fetch(`${service.url}/chat/conversations/${conversationId}/state`, { headers: other })).status).toBe(
    403,
  )
})

/** A bot of Parley that counts messages, and shows a developer its states. */
async function startCountingBot({ service }: Together, appId: string): Promise<void> {
  const secret = 'a secret both sides know'
  const adapter = new CloudAdapter({ appId, appPassword: secret, cloud: localCloud(service.url), logger: silentLogger })
  const userState = new UserState(new MemoryStorage())
  const conversationState = new ConversationState(new MemoryStorage())
  adapter.use(new StateTraceMiddleware({ userState, conversationState }))
  adapter.use(new AutoSaveStateMiddleware(userState, conversationState))
  const count = conversationState.createProperty<number>('count')
  const bot = new ActivityHandler().onMessage(async (context) => {
    const next = ((await count.get(context)) ?? 0) + 1
    await count.set(context, next)
    await context.sendActivity(`That was ${next}.`)
  })
  const server = createServer(createNodeListener(adapter, bot))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  whenDone(async () => {
    await adapter.close()
    server.closeAllConnections()
    server.close()
  })
  service.registerBot({ appId, secret, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` })
}

test('a bot of Parley shows its states on the channel emulator, and they are compared turn by turn', async () => {
  const together = await startTogether(echo)
  const { service } = together
  await startCountingBot(together, 'counting')
  const opened = await fetch(`${service.url}/chat/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ user: USER, bot: { id: 'counting' }, channelId: 'emulator' }),
  })
  const session: Json = await opened.json()
  const { client, conversationId } = await new DirectLineClient(service.url, session.token).start()
  const { entries } = await followEntries(service.url, { conversation: conversationId })
  expect((await client.say(conversationId, 'one')).status).toBe(200)
  await client.say(conversationId, 'two')
  const states = (): Json[] => entries.filter(({ kind }) => kind === 'state')
  await eventually(() => expect(states()).toHaveLength(2))
  const messages = entries.filter(({ type, from }) => type === 'message' && from === 'user')
  expect(states()).toMatchObject([
    { scope: 'conversationState', changes: 1, turn: messages[0].activityId },
    { scope: 'conversationState', changes: 1, turn: messages[1].activityId },
  ])
  expect((await entryDetail(service.url, states()[1].seq)).state.changes).toEqual([
    { path: '/count', before: 1, after: 2 },
  ])
  const { scopes } = (await (await fetch(`${service.url}/chat/conversations/${conversationId}/state`)).json()) as Json
  expect(scopes).toEqual([{ scope: 'conversationState', source: 'trace', at: expect.any(String), value: { count: 2 } }])
})

test('states that other tools show together are compared one by one, and others as a whole', async () => {
  const together = await startTogether(echo)
  const { service, bot, directLine } = together
  const { conversationId } = await directLine.start({ user: USER })
  const { entries } = await followEntries(service.url, { conversation: conversationId })
  const show = (value: Json, more: Json = {}): Promise<unknown> =>
    bot.call('POST', `/${conversationId}/activities`, {
      type: 'trace',
      name: 'BotState',
      label: 'Bot State',
      valueType: 'https://www.botframework.com/schemas/botState',
      value,
      ...more,
    })
  await show({ userState: { a: 1 }, conversationState: { b: 1 } })
  await show({ userState: { a: 2 }, conversationState: { b: 1 } })
  await show({ memory: [1] })
  await show({ userState: { a: 3 } }, { valueType: 'https://www.botframework.com/schemas/error' })
  await show('text')
  const states = (): Json[] => entries.filter(({ kind }) => kind === 'state')
  await eventually(() => expect(states()).toHaveLength(5))
  expect(states().map(({ scope, changes }) => [scope, changes])).toEqual([
    ['userState', 1],
    ['conversationState', 1],
    ['userState', 1],
    ['Bot State', 1],
    ['Bot State', 1],
  ])
})
