import type { Json } from '../../test/stand-in-bot.ts'
import type { DirectLineClient } from '../../test/direct-line-client.ts'
import { addBot, useTogether } from '../../test/start-together.ts'
import type { Together } from '../../test/start-together.ts'

const together = useTogether()

interface Chat extends Together {
  readonly conversationId: string
  readonly client: DirectLineClient
  readonly call: (method: string, path: string, body?: unknown) => Promise<{ status: number; body: Json }>
}

async function startChat(): Promise<Chat> {
  const { service, bot, directLine, events, clock } = together
  const { conversationId, client } = await directLine.start({ user: { id: 'dl_ada', name: 'Ada' } })
  await client.say(conversationId, 'hello')
  const call: Chat['call'] = (method, path, body) => bot.call(method, `/${conversationId}${path}`, body)
  return { service, bot, directLine, events, clock, conversationId, client, call }
}

const idPath = (id: string): string => `/activities/${encodeURIComponent(id)}`

test('what a bot sends reaches the client stamped by the channel, with every field it does not know', async () => {
  const { bot, call, client, conversationId } = await startChat()
  const sent = {
    type: 'message',
    id: 'ignored',
    text: 'hi',
    serviceUrl: 'https://evil.example',
    callerId: 'urn:forged',
    timestamp: '2001-01-01T00:00:00Z',
    from: { id: 'dl_ada', name: 'Echo' },
    entities: [{ type: 'x', deep: { unknown: [1, null] } }],
    channelData: { a: 1 },
    futureField: { b: true },
  }
  const { status, body } = await call('POST', '/activities', sent)
  expect(status).toBe(200)
  const received = (await client.poll(conversationId)).activities.at(-1)
  const [{ recipient }] = bot.received as [Json]
  expect(received).toMatchObject({
    id: body.id,
    channelId: 'directline',
    conversation: { id: conversationId },
    from: { id: recipient.id, name: 'Echo', role: 'bot' },
    recipient: { id: 'dl_ada', name: 'Ada' },
    entities: sent.entities,
    channelData: { a: 1 },
    futureField: { b: true },
  })
  expect(body.id).toMatch(new RegExp(`^${conversationId}\\|\\d{7}$`))
  expect(Date.parse(received.timestamp)).toBeGreaterThan(Date.parse('2020-01-01'))
  expect(received.serviceUrl).toBeUndefined()
  expect(received.callerId).toBeUndefined()
})

test('every answer carries an operation id', async () => {
  const { service } = together
  const ids = await Promise.all(
    [1, 2].map(async () => (await fetch(`${service.url}/v3/conversations`)).headers.get('x-correlating-operationid')),
  )
  expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/)
  expect(ids[0]).not.toBe(ids[1])
})

test('a reply names the activity in its address as the one it answers', async () => {
  const { bot, call, client, conversationId } = await startChat()
  const message = bot.received.find(({ type }) => type === 'message')
  await call('POST', idPath(message.id), { type: 'message', text: 'reply', replyToId: 'something else' })
  expect((await client.poll(conversationId)).activities.at(-1)).toMatchObject({ text: 'reply', replyToId: message.id })
})

describe('calls with an idempotency key', () => {
  const send = async (chat: Chat, key: string, text: string, path = '/activities') =>
    chat.bot.call('POST', `/${chat.conversationId}${path}`, { type: 'message', text }, { 'Idempotency-Key': key })

  test('a repeated call is answered as the first was, and adds nothing', async () => {
    const chat = await startChat()
    const message = chat.bot.received.find(({ type }) => type === 'message')

    const answers = [
      await send(chat, '"1"', 'one', idPath(message.id)),
      await send(chat, '"1"', 'one', idPath(message.id)),
      await send(chat, '"1"', 'one'),
      await send(chat, '"2"', 'two'),
    ]

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(answers.map(({ body }) => body.id)).toEqual([0, 0, 0, 3].map((index) => answers[index]?.body.id))
    expect(await chat.client.texts(chat.conversationId)).toEqual(['hello', 'one', 'two'])
  })

  test('one key twice at once adds one activity', async () => {
    const chat = await startChat()

    await Promise.all([1, 2, 3].map(() => send(chat, '"1"', 'one')))

    expect(await chat.client.texts(chat.conversationId)).toEqual(['hello', 'one'])
  })

  test('a key says nothing about another conversation', async () => {
    const [chat, other] = [await startChat(), await startChat()]
    await send(chat, '"1"', 'one')
    await send(other, '"1"', 'one')

    expect(await other.client.texts(other.conversationId)).toEqual(['hello', 'one'])
  })

  test('the end of a conversation can be repeated', async () => {
    const { bot, conversationId } = await startChat()
    const end = async () =>
      bot.call('POST', `/${conversationId}/activities`, { type: 'endOfConversation' }, { 'Idempotency-Key': '"1"' })

    expect([(await end()).status, (await end()).status]).toEqual([200, 200])
  })

  test('a key of more than 255 characters is refused', async () => {
    expect((await send(await startChat(), 'x'.repeat(256), 'one')).status).toBe(400)
  })
})

test.each(['nonsense', 'K2mabcdefghijklmnopqrs|0000001', '../../../members'])(
  'a reply to %s, which is not of this conversation, is answered 404',
  async (id) => {
    const { call, client, conversationId } = await startChat()
    const answer = await call('POST', idPath(id), { type: 'message', text: 'reply' })
    expect(answer).toMatchObject({ status: 404, body: { error: { code: 'ActivityNotFoundInConversation' } } })
    expect(await client.texts(conversationId)).toEqual(['hello'])
  },
)

test('a reply to the event by which a bot of SDK v4 speaks first is words of its own', async () => {
  const { call, client, conversationId } = await startChat()
  const answer = await call('POST', idPath('0f8fad5b-d9cb-469f-a165-70867728950e'), {
    type: 'message',
    text: 'by the way',
  })
  expect(answer.status).toBe(200)
  expect(await client.texts(conversationId)).toEqual(['hello', 'by the way'])
})

test('an update replaces the activity as a whole and in its place', async () => {
  const { call, client, conversationId } = await startChat()
  const { body } = await call('POST', '/activities', { type: 'message', text: 'first', channelData: { a: 1 } })
  await call('POST', '/activities', { type: 'message', text: 'second' })
  const { watermark } = await client.poll(conversationId)
  const answer = await call('PUT', idPath(body.id), { type: 'message', text: 'changed', id: body.id })
  expect(answer).toEqual({ status: 200, body: { id: body.id } })
  expect(await client.texts(conversationId)).toEqual(['hello', 'changed', 'second'])
  const { activities } = await client.poll(conversationId, watermark)
  expect(activities).toMatchObject([{ type: 'message', id: body.id, text: 'changed' }])
  expect(activities[0].channelData).toBeUndefined()
})

test('a deletion is shown to those who saw the activity, and leaves nothing for those who come later', async () => {
  const { call, client, conversationId } = await startChat()
  const { body } = await call('POST', '/activities', { type: 'message', text: 'a slip' })
  const { watermark } = await client.poll(conversationId)
  expect((await call('DELETE', idPath(body.id))).status).toBe(200)
  expect((await client.poll(conversationId, watermark)).activities).toMatchObject([
    { type: 'messageDelete', id: body.id },
  ])
  expect(JSON.stringify(await client.poll(conversationId))).not.toContain('a slip')
  expect((await call('DELETE', idPath(body.id))).status).toBe(404)
  expect((await call('PUT', idPath(body.id), { type: 'message', text: 'back' })).status).toBe(404)
})

test('an update whose body names another activity is refused', async () => {
  const { call } = await startChat()
  const { body } = await call('POST', '/activities', { type: 'message', text: 'first' })
  const answer = await call('PUT', idPath(body.id), { type: 'message', text: 'x', id: 'other' })
  expect(answer).toMatchObject({ status: 400, body: { error: { code: 'BadArgument' } } })
})

test('a bot cannot change or take back what the user said', async () => {
  const { bot, call, client, conversationId } = await startChat()
  const { id } = bot.received.find(({ type }) => type === 'message')
  expect((await call('PUT', idPath(id), { type: 'message', text: 'words in your mouth' })).status).toBe(403)
  expect((await call('DELETE', idPath(id))).status).toBe(403)
  expect(await client.texts(conversationId)).toEqual(['hello'])
})

test('a transcript is imported in its order, from whoever said it, before replies could be meant', async () => {
  const { bot, call, client, conversationId } = await startChat()
  const activities = [
    { type: 'message', text: 'then', from: { id: 'dl_ada', role: 'user' }, timestamp: '2024-05-01T10:00:00Z' },
    { type: 'message', text: 'now', from: { id: 'old-bot', role: 'bot' }, timestamp: '2024-05-01T10:00:01Z' },
  ]
  const { status, body } = await call('POST', '/activities/history', { activities })
  expect(status).toBe(200)
  const imported = (await client.poll(conversationId)).activities.slice(-2)
  const [{ recipient }] = bot.received as [Json]
  expect(imported).toMatchObject([
    { text: 'then', from: { id: 'dl_ada' }, timestamp: '2024-05-01T10:00:00Z' },
    { text: 'now', from: { id: recipient.id }, id: body.id },
  ])
})

test.each<[string, unknown, number, string]>([
  ['no JSON', '{', 400, 'BadSyntax'],
  ['an array', [], 400, 'BadSyntax'],
  ['no type', { text: 'x' }, 400, 'MissingProperty'],
  ['a text that is no text', { type: 'message', text: 5 }, 400, 'BadArgument'],
  ['attachments that are no list', { type: 'message', attachments: {} }, 400, 'BadArgument'],
  ['more than 256 K characters', { type: 'message', text: 'x'.repeat(262_144) }, 413, 'MessageSizeTooBig'],
])('an activity with %s is refused', async (_, body, status, code) => {
  const { service, conversationId, client } = await startChat()
  const answer = await fetch(`${service.url}/v3/conversations/${conversationId}/activities`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${service.identity.mintAccessToken(service.bots[0]?.appId ?? '')}`,
      'Content-Type': 'application/json',
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  expect(answer.status).toBe(status)
  expect(await answer.json()).toEqual({ error: { code, message: expect.any(String) } })
  expect(await client.texts(conversationId)).toEqual(['hello'])
})

test('characters are counted, not bytes: 200 000 of three bytes each are accepted', async () => {
  const { call } = await startChat()
  expect((await call('POST', '/activities', { type: 'message', text: '語'.repeat(200_000) })).status).toBe(200)
})

test('user and bot are members, found one by one, page by page and by activity', async () => {
  const { bot, call } = await startChat()
  const [{ recipient, id }] = bot.received as [Json]
  const all = [
    { id: recipient.id, name: 'Echo' },
    { id: 'dl_ada', name: 'Ada' },
  ]
  expect((await call('GET', '/members')).body).toEqual(all)
  expect((await call('GET', '/members/dl_ada')).body).toEqual(all[1])
  expect(await call('GET', '/members/nobody')).toMatchObject({
    status: 404,
    body: { error: { code: 'MemberNotFoundInConversation' } },
  })
  expect((await call('GET', `${idPath(id)}/members`)).body).toEqual(all)
  const first = (await call('GET', '/pagedmembers?pageSize=1')).body
  expect(first.members).toEqual([all[0]])
  const second = (await call('GET', `/pagedmembers?pageSize=1&continuationToken=${first.continuationToken}`)).body
  expect(second).toEqual({ members: [all[1]] })
  expect((await call('GET', '/pagedmembers?pageSize=&continuationToken=')).body).toEqual({ members: all })
})

test.each(['continuationToken=x', 'continuationToken=-1', 'pageSize=0', 'pageSize=many'])(
  'paging by %s is refused',
  async (query) => {
    const { call } = await startChat()
    expect((await call('GET', `/pagedmembers?${query}`)).status).toBe(400)
  },
)

test('the conversation goes with its last member', async () => {
  const { bot, call, client, conversationId } = await startChat()
  const [{ recipient }] = bot.received as [Json]
  expect((await call('DELETE', '/members/dl_ada')).status).toBe(200)
  expect((await call('GET', '/members')).body).toHaveLength(1)
  expect((await call('DELETE', `/members/${encodeURIComponent(recipient.id)}`)).status).toBe(200)
  expect((await call('GET', '/members')).status).toBe(404)
  expect((await client.call('GET', `/conversations/${conversationId}/activities`)).status).toBe(404)
})

test('a proactive message to a user goes to the conversation that user is in', async () => {
  const { bot, client, conversationId } = await startChat()
  const parameters = { isGroup: false, members: [{ id: 'dl_ada' }], activity: { type: 'message', text: 'by the way' } }
  const { status, body } = await bot.call('POST', '', parameters)
  expect(status).toBe(200)
  expect(body).toMatchObject({ id: conversationId, activityId: expect.stringContaining(conversationId) })
  expect(await client.texts(conversationId)).toEqual(['hello', 'by the way'])
})

test('a conversation with somebody new is created, and its members and first activity are there', async () => {
  const { service, bot, directLine } = await startChat()
  const parameters = { members: [{ id: 'new' }], activity: { type: 'message', text: 'first' } }
  const { status, body } = await bot.call('POST', '', parameters)
  expect(status).toBe(201)
  expect(body.serviceUrl).toBe(service.serviceUrl)
  expect(await directLine.texts(body.id)).toEqual(['first'])
  expect((await bot.call('GET', `/${body.id}/members/new`)).status).toBe(200)
})

test('a group is always a new conversation, without activityId when nothing was sent', async () => {
  const { bot } = await startChat()
  const { status, body } = await bot.call('POST', '', { isGroup: true, members: [{ id: 'dl_ada' }, { id: 'bob' }] })
  expect(status).toBe(201)
  expect(Object.keys(body)).toEqual(['id', 'serviceUrl'])
})

test.each([{ members: 'x' }, { members: [{}] }, [], 'text'])(
  'creating a conversation from %j is refused',
  async (parameters) => {
    const { bot } = together
    expect((await bot.call('POST', '', parameters)).status).toBe(400)
  },
)

test("a bot's conversations are listed in full, page by page", async () => {
  const bot = await addBot(together.service, () => {}, 'a-busy-bot')
  const ids: string[] = []
  for (let index = 0; index < 101; index += 1) ids.push((await bot.call('POST', '', { isGroup: true })).body.id)
  const first = (await bot.call('GET', '')).body
  expect(first.conversations).toHaveLength(100)
  const second = (await bot.call('GET', `?continuationToken=${first.continuationToken}`)).body
  expect(second.continuationToken).toBeUndefined()
  expect([...first.conversations, ...second.conversations].map(({ id }: Json) => id)).toEqual(ids)
  expect((await bot.call('GET', '?continuationToken=1%27--')).status).toBe(400)
})

test('addresses are case-sensitive and other methods are answered 405 with those that are allowed', async () => {
  const { service, bot } = together
  expect((await bot.call('PATCH', '', {})).status).toBe(405)
  const answer = await fetch(`${service.url}/v3/conversations`, { method: 'DELETE' })
  expect(answer.headers.get('allow')).toBe('GET, POST')
  expect((await fetch(`${service.url}/V3/Conversations`)).status).toBe(404)
})
