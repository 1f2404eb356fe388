import { DirectLineClient } from '../../test/direct-line-client.ts'
import type { Json } from '../../test/stand-in-bot.ts'
import { startTogether, useTogether } from '../../test/start-together.ts'

const together = useTogether()

const generate = async (body: unknown) => together.directLine.call('POST', '/tokens/generate', body)

/** A client whose token is for Ada. */
async function startAda(): Promise<{ conversationId: string; client: DirectLineClient }> {
  const { body } = await generate({ user: { id: 'dl_ada', name: 'Ada' } })
  return new DirectLineClient(together.service.url, body.token).start()
}

test.each<[string, Json]>([
  ['user', { user: { id: 'ada' } }],
  ['User', { User: { Id: 'ada' } }],
  ['both, the other good', { user: { id: 'ada' }, User: { Id: 'dl_ada' } }],
  ['both, the first empty', { user: null, User: { Id: 'ada' } }],
  ['Id in user', { user: { Id: 'ada' } }],
  ['both ids', { user: { id: null, Id: 'ada' } }],
  ['an id that only looks right', { user: { id: 'DL_ada' } }],
  ['an id with a space before it', { user: { id: ' dl_ada' } }],
])('no token is generated for a user that others may be, written as %s', async (_, body) => {
  expect((await generate(body)).status).toBe(400)
})

test.each<[string, Json]>([
  ['USER', { USER: { ID: 'dl_eve' } }],
  ['a user that is none', { user: 'dl_eve' }],
  ['a list of users', { user: [{ id: 'dl_eve' }] }],
])('%s is nobody', async (_, body) => {
  const { status, body: answer } = await generate(body)
  expect(status).toBe(200)
  const payload = JSON.parse(Buffer.from(answer.token.split('.')[1], 'base64url').toString())
  expect(payload.user).toBeUndefined()
})

test.each<[string, Json]>([
  ['from', { from: { id: 'dl_eve' } }],
  ['from with a role', { from: { id: 'dl_eve', role: 'bot' } }],
  ['no from', { from: undefined }],
  ['an empty from', { from: {} }],
  ['a null from', { from: null }],
])('with %s, an activity is from the user of the token', async (_, activity) => {
  const { conversationId, client } = await startAda()
  expect((await client.say(conversationId, 'hello', activity)).status).toBe(200)
  expect(together.bot.received.at(-1)).toMatchObject({
    text: 'hello',
    from: { id: 'dl_ada', name: 'Ada', role: 'user' },
  })
  expect((await client.poll(conversationId)).activities.at(-1)?.from.id).toBe('dl_ada')
})

test.each<[string, Json]>([
  ['From', { From: { id: 'dl_eve' } }],
  ['FROM', { FROM: { id: 'dl_eve' } }],
  ['Id in from', { from: { id: 'dl_ada', Id: 'dl_eve' } }],
  ['Role in from', { from: { id: 'dl_ada', Role: 'bot' } }],
  ['ServiceUrl', { ServiceUrl: 'https://evil.example' }],
  ['ChannelId', { ChannelId: 'msteams' }],
  ['Conversation', { Conversation: { id: 'other' } }],
  ['Recipient', { Recipient: { id: 'other' } }],
  ['CallerId', { CallerId: 'urn:botframework:azure' }],
  ['Type', { Type: 'conversationUpdate' }],
  ['Timestamp', { Timestamp: '2001-01-01T00:00:00Z' }],
])('%s, which bots that ignore case would believe, is refused', async (_, activity) => {
  const { conversationId, client } = await startAda()
  expect(await client.say(conversationId, 'hello', activity)).toMatchObject({
    status: 400,
    body: { error: { code: 'BadArgument' } },
  })
  expect(together.bot.received.filter(({ type }) => type === 'message')).toEqual([])
})

test.each([
  ['expectReplies', undefined],
  ['ExpectReplies', undefined],
  ['normal', 'normal'],
  ['stream', 'stream'],
  ['notification', 'notification'],
])('the delivery mode %s of a client reaches the bot as %s', async (deliveryMode, expected) => {
  const { conversationId, client } = await startAda()
  expect((await client.say(conversationId, 'hello', { deliveryMode })).status).toBe(200)
  expect(together.bot.received.at(-1).deliveryMode).toBe(expected)
})

test('the user of a start is not who a token without a user is for, unless others cannot be it', async () => {
  const { body } = await generate({})
  const client = new DirectLineClient(together.service.url, body.token)
  const started = await client.call('POST', '/conversations', { user: { id: 'ada' } })
  const claims = JSON.parse(Buffer.from(started.body.token.split('.')[1], 'base64url').toString())
  expect([started.status, claims.user]).toEqual([201, undefined])
})

test('the user of a token stays, whoever a start names', async () => {
  const { body } = await generate({ user: { id: 'dl_ada' } })
  const client = new DirectLineClient(together.service.url, body.token)
  const { body: started } = await client.call('POST', '/conversations', { user: { id: 'dl_eve' } })
  await new DirectLineClient(together.service.url, started.token).say(started.conversationId, 'hello', {
    from: { id: 'dl_eve' },
  })
  expect(together.bot.received.at(-1).from.id).toBe('dl_ada')
})

test('an expired token is good for nothing, not even for a new one', async () => {
  const chat = await startTogether()
  const { conversationId, client } = await chat.directLine.start()
  chat.clock.advance(3_601_000)
  const path = `/conversations/${conversationId}`
  const calls: [string, string, Json?][] = [
    ['POST', '/tokens/refresh'],
    ['POST', '/tokens/generate'],
    ['POST', '/conversations'],
    ['GET', path],
    ['GET', `${path}/activities`],
    ['POST', `${path}/activities`, { type: 'message', from: { id: 'a' } }],
    ['POST', `${path}/upload`],
    ['GET', '/session/getsessionid'],
  ]
  for (const [method, address, body] of calls) {
    const answer = await client.call(method, address, body)
    expect([method, address, answer.status, answer.body.error.code]).toEqual([method, address, 403, 'TokenExpired'])
  }
})

test('a token of another conversation is good for nothing in this one, which it does not even see', async () => {
  const { conversationId } = await together.directLine.start()
  const { client } = await startAda()
  const calls: [string, string, Json?][] = [
    ['GET', ''],
    ['GET', '/activities'],
    ['POST', '/activities', { type: 'message', from: { id: 'dl_ada' } }],
    ['POST', '/upload'],
  ]
  for (const [method, address, body] of calls) {
    const answer = await client.call(method, `/conversations/${conversationId}${address}`, body)
    const unknown = await client.call(method, `/conversations/0000000000000000000000${address}`, body)
    expect([method, address, answer.status]).toEqual([method, address, 403])
    expect(unknown).toEqual({ ...answer, headers: expect.anything() })
  }
})
