import jwt from 'jsonwebtoken'
import { DirectLineClient } from '../../test/direct-line-client.ts'
import { eventually } from 'test-support/eventually'
import { echo } from '../../test/stand-in-bot.ts'
import type { Json } from '../../test/stand-in-bot.ts'
import { addBot, startTogether, useTogether } from '../../test/start-together.ts'

const together = useTogether(echo)

const withToken = (token: string): DirectLineClient => new DirectLineClient(together.service.url, token)

async function generate(body?: unknown): Promise<{ conversationId: string; token: string; client: DirectLineClient }> {
  const answer = await together.directLine.call('POST', '/tokens/generate', body)
  if (answer.status !== 200) throw new Error(`The service answered ${answer.status}.`)
  return { ...answer.body, client: withToken(answer.body.token) }
}

const typesOf = (activities: Json[]): string[] => activities.map(({ type }) => type)

describe('tokens', () => {
  test('generating one reserves a conversation and does not contact the bot', async () => {
    const { bot, directLine } = together
    const { status, body } = await directLine.call('POST', '/tokens/generate')
    expect(status).toBe(200)
    expect(body).toEqual({
      conversationId: expect.stringMatching(/^[\dA-Za-z]{22}$/),
      token: expect.any(String),
      expires_in: 3600,
    })
    expect(jwt.decode(body.token, { complete: true })).toMatchObject({
      header: { alg: 'RS256' },
      payload: { bot: bot.appId, conv: body.conversationId, aud: 'https://directline.botframework.com/' },
    })
    expect((await directLine.call('GET', `/conversations/${body.conversationId}/activities`)).status).toBe(404)
    expect(bot.received).toEqual([])
  })

  test('starting with one answers 201, and 200 with a new token when it was started before', async () => {
    const { conversationId, client } = await generate()
    const first = await client.call('POST', '/conversations')
    const second = await client.call('POST', '/conversations')
    expect([first.status, second.status]).toEqual([201, 200])
    expect(second.body.conversationId).toBe(conversationId)
    const host = together.service.url.replace('http', 'ws')
    const streamUrl = new URL(second.body.streamUrl)
    expect(`${streamUrl.origin}${streamUrl.pathname}`).toBe(
      `${host}/v3/directline/conversations/${conversationId}/stream`,
    )
    expect(streamUrl.searchParams.get('watermark')).toBe('-')
  })

  test('the stream address has the host the client used', async () => {
    const { port } = new URL(together.service.url)
    const client = new DirectLineClient(`http://localhost:${port}`, together.service.directLineSecret)
    expect((await client.start()).streamUrl).toMatch(`ws://localhost:${port}/`)
  })

  test('a refreshed one is for the same conversation and user, and the old one stays good', async () => {
    const { client } = await generate({ User: { Id: 'dl_ada', Name: 'Ada' } })
    const { status, body } = await client.call('POST', '/tokens/refresh')
    expect(status).toBe(200)
    expect(jwt.decode(body.token)).toMatchObject({ user: 'dl_ada', name: 'Ada', conv: body.conversationId })
    expect((await client.call('POST', '/conversations')).status).toBe(201)
    expect((await withToken(body.token).call('POST', '/conversations')).status).toBe(200)
  })

  test.each([
    ['generate', { user: { id: 'ada' } }],
    ['generate', { user: { id: `dl_${'x'.repeat(300)}` } }],
    ['generate', { user: { id: 7 } }],
    ['generate', { trustedOrigins: ['not an origin'] }],
    ['generate', []],
  ])('%s with %j is refused', async (path, body) => {
    expect((await together.directLine.call('POST', `/tokens/${path}`, body)).status).toBe(400)
  })

  test('a token cannot generate others, and the secret cannot be refreshed', async () => {
    const { client } = await generate()
    expect((await client.call('POST', '/tokens/generate')).status).toBe(403)
    expect((await together.directLine.call('POST', '/tokens/refresh')).status).toBe(403)
  })

  test('one of another conversation is of no use', async () => {
    const { conversationId } = await together.directLine.start()
    const { client } = await generate()
    await client.start()
    for (const [method, path] of [
      ['GET', '/activities'],
      ['POST', '/activities'],
      ['GET', ''],
    ] as const) {
      const answer = await client.call(
        method,
        `/conversations/${conversationId}${path}`,
        method === 'POST' ? {} : undefined,
      )
      expect([method, path, answer.status]).toEqual([method, path, 403])
    }
  })

  test.each([
    ['nothing', '', 401, 'BadArgument'],
    ['junk', 'junk', 403, 'TokenInvalid'],
    ['nearly the secret', 'secret!', 403, 'TokenInvalid'],
  ])('%s instead of one is refused', async (_, credential, status, code) => {
    const answer = await withToken(credential).call('POST', '/conversations')
    expect([answer.status, answer.body.error.code]).toEqual([status, code])
  })

  test("a bot's access token, a stream's token and a token changed after signing are no Direct Line tokens", async () => {
    const { service, bot, directLine } = together
    const { streamUrl, client } = await directLine.start()
    const streamToken = new URL(streamUrl).searchParams.get('t') ?? ''
    const [header, , signature] = client.credential.split('.')
    const forged = Buffer.from(
      JSON.stringify({ ...(jwt.decode(client.credential) as object), user: 'dl_eve' }),
    ).toString('base64url')
    for (const token of [
      service.identity.mintAccessToken(bot.appId),
      streamToken,
      [header, forged, signature].join('.'),
    ]) {
      expect(await withToken(token).call('POST', '/conversations')).toMatchObject({
        status: 403,
        body: { error: { code: 'TokenInvalid' } },
      })
    }
  })

  test('an expired one is refused with a code that says so', async () => {
    const { clock, directLine } = await startTogether()
    const { client } = await directLine.start()
    clock.advance(3_601_000)
    const answer = await client.call('POST', '/tokens/refresh')
    expect([answer.status, answer.body.error.code]).toEqual([403, 'TokenExpired'])
  })

  test('the conversation is with the bot that was asked for', async () => {
    const other = await addBot(together.service, echo, 'the-other-bot')
    const { client } = await generate({ bot: { id: 'the-other-bot' } })
    const { conversationId } = await client.start()
    await client.say(conversationId, 'hello')
    expect(other.received.map(({ text }) => text)).toContain('hello')
    expect(together.bot.received).toEqual([])
    expect((await together.directLine.call('POST', '/tokens/generate', { bot: { id: 'nobody' } })).status).toBe(400)
  })
})

describe('conversations', () => {
  test('the bot is introduced at the start, and the user with the first activity, before it', async () => {
    const { bot, directLine } = together
    const { conversationId, client } = await directLine.start()
    await eventually(() => expect(bot.received).toHaveLength(1))
    await client.say(conversationId, 'hello')
    expect(typesOf(bot.received)).toEqual(['conversationUpdate', 'conversationUpdate', 'message'])
    const [first, second] = bot.received
    expect(first).toMatchObject({ from: { id: conversationId }, membersAdded: [{ id: first.recipient.id }] })
    expect(second).toMatchObject({ from: { id: 'dl_ada' }, membersAdded: [{ id: 'dl_ada' }] })
    await client.say(conversationId, 'again')
    expect(bot.received).toHaveLength(4)
  })

  test.each([
    ['the token', async () => (await generate({ user: { id: 'dl_ada' } })).client.start()],
    ['the start', async () => together.directLine.start({ user: { id: 'ada', name: 'Ada' } })],
  ])('a user known from %s is introduced at the start', async (_, start) => {
    const { bot } = together
    const { conversationId, client } = await start()
    await eventually(async () => expect(await client.texts(conversationId)).toEqual(['Welcome!']))
    expect(typesOf(bot.received)).toEqual(['conversationUpdate', 'conversationUpdate'])
  })

  test('the bot can greet in the language the client started in', async () => {
    const { bot, directLine } = together
    await directLine.start({ locale: 'it-IT', user: { id: 'dl_ada' } })
    await eventually(() => expect(bot.received.map(({ locale }) => locale)).toEqual(['it-IT', 'it-IT']))
  })

  test('what introduces people to the bot is never shown to clients', async () => {
    const { conversationId, client } = await together.directLine.start()
    await client.say(conversationId, 'hello')
    const { activities } = await client.poll(conversationId)
    expect(typesOf(activities)).toEqual(['message', 'message', 'message'])
    expect(activities.map(({ text }) => text)).toEqual(['Welcome!', 'hello', 'Echo: hello'])
  })

  test('one that is not known is answered 404', async () => {
    expect((await together.directLine.call('GET', '/conversations/0000000000000000000000')).status).toBe(404)
  })

  test('one that was ended by the user can be read but not written any more, by either side', async () => {
    const { bot, directLine } = together
    const { conversationId, client } = await directLine.start()
    await client.say(conversationId, 'hello')
    await client.say(conversationId, '', { type: 'endOfConversation' })
    expect(await client.say(conversationId, 'more')).toMatchObject({
      status: 403,
      body: { error: { code: 'ConversationEnded' } },
    })
    expect((await bot.call('POST', `/${conversationId}/activities`, { type: 'message', text: 'more' })).status).toBe(
      403,
    )
    expect(typesOf((await client.poll(conversationId)).activities).at(-1)).toBe('endOfConversation')
  })

  test('one that was ended by the bot takes no more', async () => {
    const { bot, directLine } = together
    const { conversationId, client } = await directLine.start()
    await bot.call('POST', `/${conversationId}/activities`, {
      type: 'endOfConversation',
      code: 'completedSuccessfully',
    })
    expect((await client.say(conversationId, 'more')).status).toBe(403)
  })
})

describe('activities', () => {
  test("the client's own activity comes back with its id and everything the client put in", async () => {
    const { bot, directLine } = together
    const { conversationId, client } = await directLine.start()
    const extras = {
      channelData: { clientActivityID: 'abc', postBack: true },
      locale: 'de-DE',
      localTimestamp: '2026-01-02T03:04:05.6789012+01:00',
      localTimezone: 'Europe/Berlin',
      entities: [{ type: 'ClientCapabilities', requiresBotState: true }],
      value: { a: 1 },
      unknownField: [1, 2],
    }
    const { status, body } = await client.say(conversationId, 'hello', extras)
    expect(status).toBe(200)
    const { activities } = await client.poll(conversationId)
    const echoed = activities.find(({ id }) => id === body.id)
    expect(echoed).toMatchObject(extras)
    expect(bot.received.at(-1)).toEqual(echoed)
    expect(body.id).toMatch(new RegExp(`^${conversationId}\\|\\d{7}$`))
  })

  test('the bot gets what the channel knows, not what the client claims', async () => {
    const { service, bot, directLine } = together
    const { conversationId, client } = await directLine.start({ user: { id: 'dl_ada' } })
    const lies = {
      id: 'mine',
      channelId: 'msteams',
      serviceUrl: 'https://evil.example',
      callerId: 'urn:forged',
      conversation: { id: 'other' },
      recipient: { id: 'other' },
      timestamp: '2001-01-01T00:00:00Z',
      deliveryMode: 'expectReplies',
      from: { id: 'dl_eve', role: 'bot', name: 'Ada' },
    }
    await client.say(conversationId, 'hello', lies)
    const received = bot.received.at(-1)
    expect(received).toMatchObject({
      id: expect.stringContaining(conversationId),
      channelId: 'directline',
      serviceUrl: service.serviceUrl,
      conversation: { id: conversationId },
      recipient: { id: expect.stringMatching(/^echo@/) },
      from: { id: 'dl_ada', role: 'user' },
    })
    expect(received.callerId).toBeUndefined()
    expect(received.deliveryMode).toBeUndefined()
    expect(received.timestamp).not.toBe(lies.timestamp)
  })

  test('activity ids are in the order of the conversation', async () => {
    const { conversationId, client } = await together.directLine.start()
    await client.say(conversationId, 'one')
    await client.say(conversationId, 'two')
    const ids = (await client.poll(conversationId)).activities.map(({ id }) => id)
    expect(ids).toEqual([...ids].toSorted((a, b) => (a < b ? -1 : 1)))
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('a poll brings what came after its watermark, and nothing twice', async () => {
    const { bot, directLine } = together
    const { conversationId, client } = await directLine.start()
    await client.say(conversationId, 'one')
    const first = await client.poll(conversationId, '-')
    expect(await client.poll(conversationId, first.watermark)).toEqual({ activities: [], watermark: first.watermark })
    await bot.call('POST', `/${conversationId}/activities`, { type: 'message', text: 'proactive' })
    const second = await client.poll(conversationId, first.watermark)
    expect(second.activities).toMatchObject([{ text: 'proactive' }])
  })

  test.each(['abc', '-1', '1e3', '99999', "1' OR 1=1"])('the watermark %s is refused', async (watermark) => {
    const { conversationId, client } = await together.directLine.start()
    const path = `/conversations/${conversationId}`
    const query = `?watermark=${encodeURIComponent(watermark)}`
    expect((await client.call('GET', `${path}/activities${query}`)).status).toBe(400)
    expect((await client.call('GET', `${path}${query}`)).status).toBe(400)
  })

  test('typing is not kept for polls', async () => {
    const { bot, directLine } = together
    const { conversationId, client } = await directLine.start({ user: { id: 'dl_ada' } })
    await eventually(async () => expect(await client.texts(conversationId)).toHaveLength(1))
    await bot.call('POST', `/${conversationId}/activities`, { type: 'typing' })
    expect(typesOf((await client.poll(conversationId)).activities)).toEqual(['message'])
  })

  test.each<[unknown, number, string]>([
    [{ type: 'message', text: 'no sender' }, 400, 'MissingProperty'],
    [{ text: 'no type', from: { id: 'a' } }, 400, 'MissingProperty'],
    ['{', 400, 'BadSyntax'],
    ['[]', 400, 'BadSyntax'],
    ['{"type":"message","__proto__":{"admin":true},"from":{"id":"a"}}', 400, 'BadArgument'],
    [{ type: 'conversationUpdate', from: { id: 'a' }, membersAdded: [{ id: 'b' }] }, 400, 'BadArgument'],
    [{ type: 'invokeResponse', from: { id: 'a' } }, 400, 'BadArgument'],
    [{ type: 'message', text: 'x'.repeat(262_144), from: { id: 'a' } }, 413, 'MessageSizeTooBig'],
  ])('the activity %.60j is refused', async (activity, status, code) => {
    const { conversationId, client } = await together.directLine.start()
    const answer = await client.call('POST', `/conversations/${conversationId}/activities`, activity)
    expect([answer.status, answer.body.error.code]).toEqual([status, code])
  })

  test('a body of many megabytes is answered 413 instead of being read', async () => {
    const { conversationId, client } = await together.directLine.start()
    const answer = await client.call(
      'POST',
      `/conversations/${conversationId}/activities`,
      `"${'x'.repeat(8_000_000)}"`,
    )
    expect(answer.status).toBe(413)
  })

  test('what is not declared as JSON is refused, so that a page cannot send it without asking', async () => {
    const { conversationId, client } = await together.directLine.start()
    const headers = { 'Content-Type': 'text/plain' }
    const answer = await client.call(
      'POST',
      `/conversations/${conversationId}/activities`,
      { type: 'message' },
      headers,
    )
    expect(answer.status).toBe(415)
  })
})

test('the session id is the same for one browser', async () => {
  const { client } = await together.directLine.start()
  const first = await client.call('GET', '/session/getsessionid')
  const cookie = first.headers.get('set-cookie') ?? ''
  expect(cookie).toMatch(/^webchat_session_v2=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  const again = await client.call('GET', '/session/getsessionid', undefined, { Cookie: cookie.split(';')[0] ?? '' })
  expect(again.body).toEqual(first.body)
  const other = await client.call('GET', '/session/getsessionid')
  expect(other.body.sessionId).not.toBe(first.body.sessionId)
})
