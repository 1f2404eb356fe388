import { DirectLineClient } from '../../test/direct-line-client.ts'
import { echo } from '../../test/stand-in-bot.ts'
import type { Json } from '../../test/stand-in-bot.ts'
import { useTogether } from '../../test/start-together.ts'

const together = useTogether(echo)

async function page(
  method: string,
  path: string,
  body?: unknown,
  headers = {},
): Promise<{ status: number; body: Json }> {
  const response = await fetch(`${together.service.url}/chat${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

async function begin(): Promise<string> {
  const { conversationId, client } = await together.directLine.start({ user: { id: 'dl_ada' } })
  await client.say(conversationId, 'hello')
  return conversationId
}

test('the page speaks for the channel, and learns how the bot took it', async () => {
  const path = `/conversations/${await begin()}/activities`
  expect(await page('POST', path, { system: 'installed' })).toMatchObject({ status: 200, body: { status: 200 } })
  together.bot.turn = () => 500
  const failed = await page('POST', path, { activity: { type: 'event', name: 'test' } })
  expect(failed).toMatchObject({ status: 200, body: { status: 500, problem: { kind: 'bot-failed' } } })
  expect(await page('POST', path, { system: 'nonsense' })).toMatchObject({ status: 400 })
  expect(await page('POST', '/conversations/nowhere/activities', { system: 'typing' })).toMatchObject({ status: 404 })
  await page('POST', path, { system: 'endOfConversation' })
  together.bot.turn = () => {}
  await page('POST', path, { system: 'endOfConversation' })
  expect(await page('POST', path, { system: 'typing' })).toMatchObject({ status: 403 })
})

test('the page lets calls of the bot fail', async () => {
  const conversationId = await begin()
  const { status, body } = await page('POST', '/faults', { status: 429, retryAfter: 1, conversationId })
  expect([status, body]).toEqual([201, { id: expect.any(String) }])
  expect((await page('GET', '/faults')).body.faults).toMatchObject([{ id: body.id, left: 1 }])
  expect((await together.bot.call('GET', `/${conversationId}/members`)).status).toBe(429)
  const { body: second } = await page('POST', '/faults', { reset: true })
  expect((await page('DELETE', `/faults/${second.id}`)).status).toBe(204)
  expect((await page('DELETE', `/faults/${second.id}`)).status).toBe(404)
  expect((await page('POST', '/faults', { status: 200 })).status).toBe(400)
  expect((await page('DELETE', '/faults')).status).toBe(204)
})

test('the page rotates the key of the channel and has tokens of users run out', async () => {
  const { service, bot } = together
  await begin()
  const before = service.identity.currentKey('channel')
  expect((await page('POST', '/identity', { action: 'rotateChannelKey' })).status).toBe(200)
  expect(service.identity.currentKey('channel')).not.toBe(before)
  service.userTokens.signIn({ appId: bot.appId, userId: 'dl_ada' })
  expect((await page('POST', '/identity', { action: 'expireUserTokens' })).status).toBe(200)
  expect(service.userTokens.expire({ appId: bot.appId, userId: 'dl_ada' })).toBe(0)
  expect((await page('POST', '/identity', { action: 'explode' })).status).toBe(400)
})

test('a conversation is a file, and the file a conversation that can be read and is closed', async () => {
  const conversationId = await begin()
  const { bot } = together
  const trace = { type: 'trace', name: 'BotState', valueType: 'x', value: { a: 1 } }
  await bot.call('POST', `/${conversationId}/activities`, trace)
  const file = await fetch(`${together.service.url}/chat/conversations/${conversationId}/transcript`)
  expect(file.headers.get('content-disposition')).toContain(`attachment; filename="${conversationId}.transcript"`)
  expect(file.headers.get('x-content-type-options')).toBe('nosniff')
  const activities: Json = await file.json()
  expect(activities.map(({ type, text }: Json) => text ?? type)).toEqual(['Welcome!', 'hello', 'Echo: hello', 'trace'])
  bot.received.length = 0

  const uploaded = await page('POST', '/transcripts', { transcript: activities })
  expect(uploaded.status).toBe(201)
  const copy = uploaded.body.conversationId
  const { body: session } = await page('POST', '/session', { conversationId: copy })
  const client = new DirectLineClient(together.service.url, session.token)
  expect((await client.call('POST', '/conversations')).status).toBe(200)
  const read: Json[] = (await client.call('GET', `/conversations/${copy}/activities`)).body.activities
  expect(read.map(({ type, text }) => text ?? type)).toEqual(['Welcome!', 'hello', 'Echo: hello', 'trace'])
  expect(read.map(({ from }) => from.role)).toEqual(['bot', 'user', 'bot', 'bot'])
  expect(read.map(({ timestamp }) => timestamp)).toEqual(activities.map(({ timestamp }: Json) => timestamp))
  expect(read[2]?.replyToId).toBe(read[1]?.id)
  expect((await client.say(copy, 'more')).status).toBe(403)
  expect((await bot.call('POST', `/${copy}/activities`, { type: 'message', text: 'more' })).status).toBe(403)
  expect(bot.received).toEqual([])
})

test('who is who in a transcript is told by roles, or by who spoke first', async () => {
  const withRoles = [
    { type: 'message', text: 'hi', from: { id: 'bot', role: 'bot' }, recipient: { id: 'ann', role: 'user' } },
    { type: 'message', text: 'hello', from: { id: 'ann' }, recipient: { id: 'bot', role: 'bot' } },
  ]
  const without = [
    { type: 'message', text: 'hello', from: { id: 'ann' }, id: '1' },
    { type: 'message', text: 'hi', from: { id: 'bot' }, replyToId: '1' },
  ]
  for (const [activities, roles] of [
    [withRoles, ['bot', 'user']],
    [without, ['user', 'bot']],
  ] as const) {
    const { body } = await page('POST', '/transcripts', activities)
    const file = await fetch(`${together.service.url}/chat/conversations/${body.conversationId}/transcript`)
    expect(((await file.json()) as Json[]).map(({ from }) => from.role)).toEqual(roles)
  }
})

test.each<[Json, string]>([
  [{}, 'must hold a list'],
  [{ transcript: 7 }, 'must hold a list'],
  [[], 'empty'],
  [[{ type: 'message' }, { text: 'no type' }], 'Activity 1 '],
  [[{ type: 'message', text: 7 }], 'Activity 0 '],
  [Array.from({ length: 10_001 }, () => ({ type: 'message' })), 'more than 10000'],
])('a file that is no transcript is refused, and the answer says why', async (file, reason) => {
  const { status, body } = await page('POST', '/transcripts', file)
  expect([status, body.error.message]).toEqual([400, expect.stringContaining(reason)])
})

test.each([
  ['POST', '/conversations/a/activities'],
  ['GET', '/conversations/a/transcript'],
  ['POST', '/transcripts'],
  ['GET', '/faults'],
  ['POST', '/faults'],
  ['DELETE', '/faults'],
  ['POST', '/identity'],
])('%s /chat%s is for the page alone', async (method, path) => {
  for (const headers of [{ Origin: 'http://localhost:3000' }, { 'Sec-Fetch-Site': 'same-site' }]) {
    expect((await page(method, path, method === 'POST' ? {} : undefined, headers)).status).toBe(403)
  }
})
