import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startService } from '@parley/service'
import type { Service } from '@parley/service'
import { DirectLineClient } from './direct-line-client.ts'
import type { Answer } from './direct-line-client.ts'
import { requestToken } from './stand-in-bot.ts'
import type { Json } from './stand-in-bot.ts'

/** The walk through the REST API that its documentation begins with, by a bot that knows nothing but HTTP and JSON. */

const APP = { appId: 'rest-bot', secret: 'the-secret-of-the-bot' }
const ADA = { id: 'dl_ada', name: 'Ada' }

let server: Server
let service: Service
/** What came to the bot. */
const received: Json[] = []
/** What the bot answers. */
let status = 202

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk) => (text += String(chunk)))
    request.on('end', () => {
      received.push(JSON.parse(text))
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  service = await startService({ port: 0, bots: [{ ...APP, endpoint: `http://127.0.0.1:${port}/api/messages` }] })
})

afterAll(async () => {
  await service.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

beforeEach(() => {
  received.length = 0
  status = 202
})

/** A call of the bot: a token from the identity provider, an address made of the activity's `serviceUrl`. */
async function call(
  method: string,
  serviceUrl: string,
  path: string,
  body?: Json,
): Promise<{ status: number; body: Json }> {
  const { body: grant } = await requestToken(service.url, APP.appId, APP.secret)
  const response = await fetch(`${serviceUrl.replace(/\/$/, '')}/v3/${path}`, {
    method,
    headers: { Authorization: `Bearer ${grant.access_token}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

async function startChat(): Promise<{ conversationId: string; client: DirectLineClient; say: () => Promise<Answer> }> {
  const { conversationId, client } = await new DirectLineClient(service.url, service.directLineSecret).start({
    user: ADA,
  })
  return { conversationId, client, say: async () => client.say(conversationId, 'Hello, bot') }
}

const accountOf = ({ id, name }: Json): Json => ({ id, name })

test('a user adds a bot to the contacts, they talk both ways, the bot opens a conversation, and the user removes it', async () => {
  const { conversationId, client, say } = await startChat()
  expect(await service.channelEvents.send(conversationId, { system: 'contactAdded' })).toMatchObject({ status: 202 })
  const added = received.at(-1)
  expect(added).toMatchObject({
    type: 'contactRelationUpdate',
    action: 'add',
    id: expect.any(String),
    timestamp: expect.stringMatching(/Z$/),
    from: ADA,
    recipient: { id: expect.any(String) },
    conversation: { id: conversationId },
    channelId: 'directline',
    serviceUrl: service.serviceUrl,
  })
  const { serviceUrl, conversation, recipient: bot, from: user } = added
  const place = `conversations/${encodeURIComponent(conversation.id)}/activities`

  // One way: to the end of the conversation.
  const welcome = await call('POST', serviceUrl, place, {
    type: 'message',
    from: accountOf(bot),
    recipient: accountOf(user),
    conversation,
    text: 'Thank you for adding me',
  })
  expect(welcome).toEqual({ status: 200, body: { id: expect.any(String) } })

  // The user says something, and the bot replies to it.
  const said = await say()
  expect(said.status).toBe(200)
  const message = received.at(-1)
  expect(message).toMatchObject({ type: 'message', id: said.body.id, text: 'Hello, bot' })
  const reply = await call('POST', serviceUrl, `${place}/${encodeURIComponent(message.id)}`, {
    type: 'message',
    from: accountOf(message.recipient),
    recipient: accountOf(message.from),
    conversation: message.conversation,
    text: 'Hello, Ada',
    replyToId: message.id,
  })
  expect(reply).toEqual({ status: 200, body: { id: expect.any(String) } })
  const { activities } = await client.poll(conversationId)
  expect(activities.map(({ text, replyToId, id }) => [text, replyToId, id])).toEqual([
    ['Thank you for adding me', undefined, welcome.body.id],
    ['Hello, bot', undefined, message.id],
    ['Hello, Ada', message.id, reply.body.id],
  ])

  // The bot speaks first: to the user where they talk already, and to several people in a conversation of their own.
  const direct = await call('POST', serviceUrl, 'conversations', {
    bot: accountOf(bot),
    isGroup: false,
    members: [user],
  })
  expect(direct).toEqual({ status: 200, body: { id: conversationId, serviceUrl } })
  const group = await call('POST', serviceUrl, 'conversations', {
    bot: accountOf(bot),
    isGroup: true,
    members: [user, { id: 'bob', name: 'Bob' }],
    topicName: 'News Alert',
    activity: { type: 'message', text: 'News' },
  })
  expect(group).toEqual({ status: 201, body: { id: expect.any(String), activityId: expect.any(String), serviceUrl } })
  expect(group.body.id).not.toBe(conversationId)
  const members = await call('GET', serviceUrl, `conversations/${group.body.id}/members`)
  expect(members.body.map(({ id }: Json) => id)).toEqual([bot.id, 'dl_ada', 'bob'])
  const news = await call('POST', serviceUrl, `conversations/${group.body.id}/activities`, {
    type: 'message',
    text: 'More',
  })
  expect(news.status).toBe(200)

  // The user has enough.
  expect(await service.channelEvents.send(conversationId, { system: 'contactRemoved' })).toMatchObject({ status: 202 })
  expect(received.at(-1)).toMatchObject({ type: 'contactRelationUpdate', action: 'remove', from: ADA })
  expect((await call('DELETE', serviceUrl, 'botstate/directline/users/dl_ada')).status).toBe(200)
  expect((await client.poll(conversationId)).activities).toHaveLength(3)
})

test.each([200, 201, 202, 204, 299])('a bot that answers %i has taken what it was told', async (answer) => {
  const { conversationId, say } = await startChat()
  status = answer
  expect(await service.channelEvents.send(conversationId, { system: 'contactAdded' })).toEqual({
    id: expect.any(String),
    status: answer,
  })
  expect((await say()).status).toBe(200)
})

test.each([300, 301, 304, 400, 500])('a bot that answers %i has not, and it is told once', async (answer) => {
  const { conversationId, say } = await startChat()
  await say()
  received.length = 0
  status = answer
  const result = await service.channelEvents.send(conversationId, { system: 'contactAdded' })
  expect(result).toMatchObject({ status: answer, problem: { kind: expect.any(String) } })
  expect(received).toHaveLength(1)
  expect(await say()).toMatchObject({ status: 502, body: { error: { code: 'BotError' } } })
})

test.each(['contactRelationUpdate', 'ContactRelationUpdate'])('a client cannot say %s itself', async (type) => {
  const { conversationId, client } = await startChat()
  const body = { type, action: 'add', from: ADA }
  const answer = await client.call('POST', `/conversations/${conversationId}/activities`, body)
  expect([type, answer.status]).toEqual([type, 400])
  expect(received.filter((activity) => activity.action !== undefined)).toEqual([])
})
